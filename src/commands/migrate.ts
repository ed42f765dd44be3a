import type { Command } from 'commander';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { openSigningKey } from '../platform/signing-key.ts';
import { offersCitus } from '../platform/spread.ts';
import { openOutput } from './output.ts';
import { prepare } from './surroundings.ts';

/** `karkhaneh migrate`: brings the database and its reference data up to date. */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database and its reference data up to date')
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const output = openOutput(options.json ?? false);
      const config = readConfig();
      const sealer = await openSigningKey(config);
      const database = await openDatabase(config, { sealer });
      try {
        const ran = await prepare(database, sealer);
        output.document({ ran });
        for (const name of ran) output.line(name);
        if (ran.length === 0) output.line('The database is up to date.');
        if (await offersCitus(database.pools.migrator)) {
          output.line('Citus is on this server and not in this database: nothing is spread.');
        }
      } finally {
        await database.close();
      }
    });
}
