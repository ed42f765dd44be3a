import type { Command } from 'commander';
import { publishAccount } from '../../demo/bulletin.ts';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { isCountryTold, tellCountry } from '../../demo/country/load.ts';
import { loadDemo, needsDemo } from '../../demo/load.ts';
import { PROVINCE_ID } from '../../demo/plan-targets.ts';
import { referenceOf } from '../accounts/index.ts';
import { foldAll } from '../figures/index.ts';
import { closeProvinces } from '../financing/index.ts';
import { addDays, isoToday } from '../kit/jalali.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { openFiles } from '../platform/files.ts';
import { takeStock } from '../platform/marks/index.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { CommandError, openOutput, openProgress } from './output.ts';
import { clockOf, isDemonstration, isEmpty, withDatabase } from './surroundings.ts';

/** `karkhaneh demo`: loads the demonstration province, or writes its registers as spreadsheets. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('Load the demonstration province into an empty database')
    .option(
      '--registers <folder>',
      'write the four registers as offices keep them into a folder instead',
    )
    .option('--country', 'tell it in the other thirty provinces too, with other people')
    .option('--cases <number>', `with --country: how many cases in all (${COUNTRY_CASES})`)
    .option('--json', 'print one JSON document')
    .action(run);
}

type Options = { registers?: string; country?: boolean; cases?: string; json?: boolean };

/** How many cases the invented country has unless one says: as many as stay quick to make. */
const COUNTRY_CASES = 100_000;
/** More than this has been tried on no machine. */
const MOST_CASES = 10_000_000;

async function run(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  if (options.registers !== undefined) return writeRegisters(options.registers, output);
  const cases = readCases(options);
  const result = await withDatabase(async (database, config) => {
    const loaded = await loadOnce(database, config);
    if (!options.country) return loaded;
    return { ...loaded, country: await addCountry(database, config, cases) };
  });
  output.document(result);
  output.line(
    result.loaded ? 'The demonstration is loaded.' : 'The demonstration is there already.',
  );
  if ('country' in result) output.line(countryLine(result.country));
}

function readCases({ country, cases }: Options): number {
  if (cases === undefined) return COUNTRY_CASES;
  if (!country) throw new CommandError('--cases goes with --country', 2);
  const read = Number(cases);
  if (Number.isInteger(read) && read >= 10_000 && read <= MOST_CASES) return read;
  throw new CommandError(`--cases takes a number from 10000 to ${MOST_CASES}, not «${cases}»`, 2);
}

async function loadOnce(database: Database, config: Config) {
  if ((await isDemonstration(database)) && !(await needsDemo(database))) return { loaded: false };
  if (!(await wantsDemonstration(database))) {
    throw new CommandError('The database is not empty: the demonstration goes into an empty one.');
  }
  return { loaded: true, ...(await loadDemonstration(database, config)) };
}

/** Tells the country, and closes the last day of the story in every province, so that its figures are of closed days. */
async function addCountry(database: Database, config: Config, cases: number) {
  if (await isCountryTold(database)) return { told: false as const };
  const reference = await referenceOf(database);
  const sealer = await openSigningKey(config);
  const telling = openProgress('Telling the country');
  const told = await tellCountry(database, reference, { cases, sealer, onProgress: telling.step });
  telling.end();
  // The copies were written as text, which leaves no marks.
  await takeStock(database, sealer, { why: 'told the country', asFound: true });
  const clock = await clockOf(database);
  const day = addDays(isoToday(clock.now().getTime(), clock.zone), -1);
  const closed = await closeProvinces(database, reference, day, clock.now());
  return { told: true as const, ...told, closed_on: day, closed: closed.length };
}

function countryLine(country: Awaited<ReturnType<typeof addCountry>>): string {
  if (!country.told) return 'The country is there already.';
  const { cases, provinces, steps, rows, closed_on: day } = country;
  return `${cases} cases in ${provinces + 1} provinces: ${steps} steps and ${rows} rows were told; closed until ${day}.`;
}

async function writeRegisters(
  folder: string,
  output: ReturnType<typeof openOutput>,
): Promise<void> {
  const { tellStory } = await import('../../demo/story.ts');
  const { writeRegisters: write } = await import('../../demo/registers.ts');
  const files = await write(folder, tellStory());
  output.document({ files });
  for (const file of Object.values(files)) output.line(file);
}

/** Whether the demonstration may go in: nothing is there, or what a loading that broke off has left. */
export async function wantsDemonstration(database: Database): Promise<boolean> {
  if (!(await needsDemo(database))) return false;
  return (await isDemonstration(database)) || (await isEmpty(database));
}

/** Tells the demonstration's story into an empty database, folds its figures and publishes its account. */
export async function loadDemonstration(
  database: Database,
  config: Config,
): Promise<{ cases: number; events: number }> {
  const progress = openProgress('Loading the demonstration');
  const reference = await referenceOf(database);
  const { cases, events } = await loadDemo(database, reference, {
    files: await openFiles(config),
    onProgress: progress.step,
  });
  await foldAll(database);
  const now = (await clockOf(database)).now();
  await publishAccount(database, reference, await openSigningKey(config), now);
  progress.end();
  return { cases, events };
}

/** The people one can sign in as, a line each. */
export async function castLines(database: Database): Promise<string[]> {
  const rows = await database.migratorTransaction((tx) =>
    tx
      .selectFrom('accounts')
      .select(['username', 'role', 'organisation_id', 'name_fa', 'name_en'])
      .where('demonstration', '=', true)
      .where('province_id', '=', PROVINCE_ID)
      .orderBy('id')
      .execute(),
  );
  const staff = rows.filter(({ role }) => role !== 'citizen');
  const citizens = rows.filter(({ role }) => role === 'citizen');
  return [
    `Staff (password ${CAST_PASSWORD}):`,
    ...staff.map(
      (row) => `  ${row.username.padEnd(20)} ${row.role.padEnd(10)} ${row.name_en}, ${row.name_fa}`,
    ),
    'Applicants and buyers (a code comes to /demo/outbox):',
    ...citizens.map((row) => `  ${row.username.padEnd(20)} ${row.name_fa}`),
  ];
}
