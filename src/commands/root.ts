import type { Command } from 'commander';
import { provinceCode } from '../accounts/index.ts';
import { makeRoot, publishedRoot } from '../platform/roots/index.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { provincesToCheck } from './check.ts';
import { openOutput } from './output.ts';
import { clockOf, withDatabase } from './surroundings.ts';

/** `karkhaneh root`: signs where the whole record stands now, as each day's end does by itself. */
export function addRoot(program: Command): void {
  program
    .command('root')
    .description('Sign where every case’s chain stands now: the root of the whole record')
    .option('--province <code>', 'only this province (two digits)')
    .option('--json', 'print one JSON document')
    .action(run);
}

async function run(options: { province?: string; json?: boolean }): Promise<void> {
  const output = openOutput(options.json ?? false);
  const roots = await withDatabase(async (database, config) => {
    const key = await openSigningKey(config);
    const now = (await clockOf(database)).now();
    const made: Awaited<ReturnType<typeof makeRoot>>[] = [];
    for (const province of await provincesToCheck(database, options.province)) {
      made.push(await makeRoot(database, key, province, { asOf: now, now }));
    }
    return made;
  });
  output.document({ roots: roots.map(publishedRoot) });
  for (const { province_id, number, cases, hash } of roots) {
    const province = provinceCode(province_id);
    output.line(
      `Province ${province}: root ${number} over ${cases} cases, ${hash.toString('hex')}`,
    );
  }
}
