import { access, constants, mkdir, statfs } from 'node:fs/promises';
import type { Command } from 'commander';
import { sql } from 'kysely';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { laterMigrations, pendingMigrations } from '../platform/migrate.ts';
import { CommandError, openOutput } from './output.ts';

type Finding = { readonly name: string; readonly ok: boolean; readonly found: string };

/** `karkhaneh doctor`: looks at what the product needs and says what is missing. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'Look at the machine, the settings and the database; say what is wrong and what to do',
    )
    .option('--json', 'print one JSON document')
    .action(async (options: { json?: boolean }) => {
      const output = openOutput(options.json ?? false);
      const findings = [checkNode(), ...(await checkFolder()), ...(await checkDatabase())];
      const well = findings.every(({ ok }) => ok);
      output.document({ well, findings });
      for (const { name, ok, found } of findings) {
        output.line(`${ok ? 'well ' : 'WRONG'}  ${name.padEnd(12)} ${found}`);
      }
      if (!well) throw new CommandError('Something is wrong; see above.');
    });
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  const found = major >= 24 ? process.version : `${process.version}; run «npm ci» to get Node 24`;
  return { name: 'node', ok: major >= 24, found };
}

async function checkFolder(): Promise<Finding[]> {
  const { databaseUrl, dataFolder, s3 } = readConfig();
  if (databaseUrl !== undefined && s3 !== undefined) return [];
  try {
    await mkdir(dataFolder, { recursive: true });
    await access(dataFolder, constants.W_OK);
    const { bavail, bsize } = await statfs(dataFolder);
    const free = Math.floor((bavail * bsize) / 2 ** 20);
    const found = `${dataFolder}, ${free} MiB free`;
    return [
      { name: 'data folder', ok: free > 500, found: free > 500 ? found : `${found}: too little` },
    ];
  } catch (error) {
    return [{ name: 'data folder', ok: false, found: (error as Error).message }];
  }
}

async function checkDatabase(): Promise<Finding[]> {
  const config = readConfig();
  const kind = config.databaseUrl === undefined ? 'embedded' : 'server';
  try {
    const database = await openDatabase(config);
    try {
      const version = await database.migratorTransaction(async (tx) => {
        const { rows } = await sql<{ v: string }>`select version() as v`.execute(tx);
        return rows[0]?.v ?? '';
      });
      const waiting = await pendingMigrations(database);
      const later = await laterMigrations(database);
      const known = later.length === 0 ? 'up to date' : `${later.length} of a newer version`;
      const migrations =
        waiting.length === 0 ? known : `${waiting.length} waiting; run «karkhaneh migrate»`;
      return [
        { name: 'database', ok: true, found: `${kind}, ${version.split(' on ')[0]}` },
        { name: 'migrations', ok: waiting.length === 0, found: migrations },
      ];
    } finally {
      await database.close();
    }
  } catch (error) {
    return [{ name: 'database', ok: false, found: `${kind}: ${(error as Error).message}` }];
  }
}
