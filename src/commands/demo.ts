import type { Command } from 'commander';
import { publishAccount } from '../../demo/bulletin.ts';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { loadDemo, needsDemo } from '../../demo/load.ts';
import { referenceOf } from '../accounts/index.ts';
import { foldAll } from '../figures/index.ts';
import type { Database } from '../platform/database.ts';
import { type Files, openFiles } from '../platform/files.ts';
import { openSigningKey, type SigningKey } from '../platform/signing-key.ts';
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
    .option('--json', 'print one JSON document')
    .action(async (options: { registers?: string; json?: boolean }) => {
      const output = openOutput(options.json ?? false);
      if (options.registers !== undefined) return writeRegisters(options.registers, output);
      const result = await withDatabase(async (database, config) => {
        if ((await isDemonstration(database)) && !(await needsDemo(database)))
          return { loaded: false };
        if (!(await wantsDemonstration(database))) {
          throw new CommandError(
            'The database is not empty: the demonstration goes into an empty one.',
          );
        }
        return {
          loaded: true,
          ...(await loadDemonstration(database, {
            files: await openFiles(config),
            key: await openSigningKey(config),
          })),
        };
      });
      output.document(result);
      output.line(
        result.loaded ? 'The demonstration is loaded.' : 'The demonstration is there already.',
      );
    });
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
  { files, key }: { files: Files; key: SigningKey },
): Promise<{ cases: number; events: number }> {
  const progress = openProgress('Loading the demonstration');
  const reference = await referenceOf(database);
  const { cases, events } = await loadDemo(database, reference, {
    files,
    onProgress: progress.step,
  });
  await foldAll(database);
  const now = (await clockOf(database)).now();
  await publishAccount(database, reference, key, now);
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
