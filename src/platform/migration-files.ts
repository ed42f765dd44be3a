import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of `migrations/`. */
export interface Migration {
  /** The file's name without `.sql`: `0001_create_platform`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hexadecimal. */
  readonly checksum: string;
  /** False when its first line is `-- no transaction` (CREATE INDEX CONCURRENTLY). */
  readonly transactional: boolean;
  /**
   * The number of the newest migration that code has to know to work on a database where this one has run:
   * its own, unless its head says `-- expand` (any code may) or `-- contract from 0085`.
   */
  readonly runsFrom: string;
}

/** Migrations that cannot be run; the message names the file and what to do. */
export class MigrationError extends Error {
  readonly code = 'migration_failed';
  override readonly name = 'MigrationError';
}

/** Reads the folder's migrations in the order they are run. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const migrations = await Promise.all(files.map((file) => readMigration(folder, file)));
  for (const [index, { name }] of migrations.entries()) {
    const before = migrations[index - 1];
    if (before && before.name.slice(0, 4) === name.slice(0, 4)) {
      throw new MigrationError(`Two migrations have one number: ${before.name} and ${name}.`);
    }
  }
  return migrations;
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file)) {
    throw new MigrationError(`${file}: a migration is named like 0001_create_accounts.sql.`);
  }
  const sql = await readFile(join(folder, file), 'utf8');
  return {
    name: file.slice(0, -'.sql'.length),
    sql,
    checksum: createHash('sha256').update(sql).digest('hex'),
    transactional: !/^-- no transaction\s*$/m.test(sql.split('\n', 1)[0] ?? ''),
    runsFrom: runsFromOf(file, sql),
  };
}

/** What a migration's head, the comments before its first statement, says of older code. */
function runsFromOf(file: string, sql: string): string {
  const own = file.slice(0, 4);
  const head = /^(?:--.*\n|[ \t]*\n)*/.exec(sql)?.[0] ?? '';
  const [, expand, from = own] = /^-- (?:(expand)|contract from (\d{4}))\s*$/m.exec(head) ?? [];
  if (from > own) {
    throw new MigrationError(`${file}: its head names ${from}, which comes after it.`);
  }
  return expand ? '0000' : from;
}
