import type { Command } from 'commander';
import { provinceCode, referenceOf } from '../accounts/index.ts';
import { type CheckReport, checkProvince } from '../figures/index.ts';
import type { Check } from '../platform/checks.ts';
import type { Config } from '../platform/config.ts';
import type { Database } from '../platform/database.ts';
import { rowChecks } from '../platform/marks/index.ts';
import { deepChecks, recordedProvinces } from '../platform/roots/index.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { isCoordinator } from '../platform/spread.ts';
import { CommandError, openOutput } from './output.ts';
import { withDatabase } from './surroundings.ts';

/** `karkhaneh check`: recomputes everything from the record; status 1 when anything differs. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'Recompute figures, states, balances and chains from the record; print differences',
    )
    .option('--province <code>', 'only this province (two digits)')
    .option(
      '--deep',
      'also hold every step against the signed roots and its seal, and every row against its mark; name what is not right',
    )
    .option('--json', 'print one JSON document')
    .action(run);
}

type Options = { province?: string; deep?: boolean; json?: boolean };

async function run(options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const reports = await withDatabase(async (database, config) => {
    const more = options.deep ? await deepOnes(database, config) : [];
    const found: CheckReport[] = [];
    for (const province of await provincesToCheck(database, options.province)) {
      found.push(await checkProvince(database, province, more));
    }
    return found;
  });
  const differences = reports.reduce((sum, report) => sum + report.differences, 0);
  output.document({ differences, provinces: reports });
  for (const { province, checks } of reports) {
    output.line(`Province ${provinceCode(province)}`);
    for (const { name, checked, differences: found } of checks) {
      output.line(
        `  ${name.padEnd(22)} ${String(checked).padStart(10)} checked, ${found.length} differ`,
      );
      for (const one of found) {
        output.line(`    ${one.what}: kept ${one.kept}, recomputed ${one.recomputed}`);
      }
    }
  }
  output.line(`${differences} differences`);
  if (differences > 0) throw new CommandError(`${differences} differences`, 1);
}

/** Where rows lie on many machines they bear no marks, and the record is held against its roots alone. */
async function deepOnes(database: Database, config: Config): Promise<readonly Check[]> {
  const key = await openSigningKey(config);
  const marked = !(await isCoordinator(database.pools.migrator));
  return [...deepChecks(key), ...(marked ? rowChecks(key) : [])];
}

/** The provinces to look at: the one asked for, or every one that has a record. @throws CommandError */
export async function provincesToCheck(
  database: Database,
  asked: string | undefined,
): Promise<number[]> {
  const reference = await referenceOf(database);
  if (asked !== undefined) {
    const code = Number(asked);
    if (!/^\d{2}$/.test(asked) || !reference.provinces.has(code)) {
      throw new CommandError(`--province takes the two digits of a province, not «${asked}»`, 2);
    }
    return [code];
  }
  return recordedProvinces(database);
}
