import type { Command } from 'commander';
import { referenceOf } from '../accounts/index.ts';
import { erasePerson } from '../figures/index.ts';
import { isoToday } from '../kit/jalali.ts';
import { openFiles } from '../platform/files.ts';
import { provincesToCheck } from './check.ts';
import { openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

type Options = {
  readonly province: string;
  readonly reason: string;
  readonly asked?: boolean;
  readonly json?: boolean;
};

/** `karkhaneh erase`: makes a person nobody, once everything of theirs is over. */
export function addErase(program: Command): void {
  program
    .command('erase <national-id>')
    .description('Make a person nobody: what is known of them goes, what they count for stays')
    .requiredOption('--province <code>', 'whose record it is (two digits)')
    .requiredOption('--reason <text>', 'why, as it is kept')
    .option('--asked', 'the person asked for it: the term is not waited for, unless money was paid')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(nationalId: string, options: Options): Promise<void> {
  const output = openOutput(options.json ?? false);
  const { province, reason, asked = false } = options;
  const erased = await withDatabase(async (database, config) => {
    const [provinceId = 0] = await provincesToCheck(database, province);
    const clock = await clockOf(database);
    const now = clock.now();
    const today = isoToday(now.getTime(), clock.zone);
    const reference = await referenceOf(database);
    const surroundings = { database, files: await openFiles(config) };
    const erasure = { provinceId, nationalId, asked, reason, now, today };
    return erasePerson(surroundings, reference, erasure);
  });
  output.document(erased);
  for (const [table, count] of Object.entries(erased.rows)) {
    if (count > 0) output.line(`${table}: ${count}`);
  }
  output.line(`${erased.files} files`);
  output.note('Backups made before still hold the person; they go when they are thrown away.');
}
