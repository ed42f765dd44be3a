/**
 * Writes src/platform/tables.generated.ts, the types of all tables, from a throwaway database that
 * has run the migrations. Types only: the server runs without the file.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryFolder } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { openEmbedded } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';

const target = join(repositoryFolder, 'src/platform/tables.generated.ts');

/** As src/platform/database-types.ts parses them. */
const typeMapping = { int8: 'bigint', date: 'string', numeric: 'string' };

async function generate(url: string): Promise<void> {
  await promisify(execFile)(
    join(repositoryFolder, 'node_modules/.bin/kysely-codegen'),
    [
      '--dialect=postgres',
      `--url=${url}`,
      `--out-file=${target}`,
      '--default-schema=public',
      '--include-pattern=public.*',
      '--exclude-pattern=public.schema_migrations',
      `--type-mapping=${JSON.stringify(typeMapping)}`,
    ],
    {
      cwd: repositoryFolder,
      env: { ...process.env, PATH: `${join(process.execPath, '..')}:${process.env.PATH}` },
    },
  );
}

const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-tables-'));
try {
  const embedded = await openEmbedded(folder, { settings: { fsync: 'off' } });
  const database = await openDatabase(embedded);
  try {
    await migrate(database);
    await generate(embedded.url);
  } finally {
    await database.close();
    await embedded.release();
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
