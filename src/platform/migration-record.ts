import type pg from 'pg';
import { type Migration, MigrationError } from './migration-files.ts';

/** A migration that has run on a database, as the database remembers it. */
type Done = {
  readonly checksum: string;
  /** See {@link Migration.runsFrom}; null where it ran before that was noted. */
  readonly runsFrom: string | null;
};

/** How a database stands towards the migrations of this code. */
export type Standing = {
  /** Those still to run, in their order. */
  readonly waiting: readonly Migration[];
  /** Names of those of a newer version that have run and that this code may work on. */
  readonly later: readonly string[];
};

/** Makes the table of what has run, and the column that older versions made it without. */
export async function prepareRecord(client: pg.PoolClient): Promise<void> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key,
    checksum text not null,
    applied_at timestamptz not null default now(),
    runs_from text
  )`);
  const { rowCount } = await client.query(
    `select from pg_attribute where attrelid = 'schema_migrations'::regclass
     and attname = 'runs_from' and not attisdropped`,
  );
  // Only where it is missing: its lock would wait for a backup that reads the table.
  if (!rowCount) await client.query('alter table schema_migrations add column runs_from text');
}

/** What has run, by name. The table may be one that an older version made. */
export async function readDone(queryable: pg.Pool | pg.PoolClient): Promise<Map<string, Done>> {
  const { rows } = await queryable.query(
    "select name, checksum, to_jsonb(m) ->> 'runs_from' as runs_from from schema_migrations m",
  );
  const done = rows as { name: string; checksum: string; runs_from: string | null }[];
  return new Map(
    done.map(({ name, checksum, runs_from: runsFrom }) => [name, { checksum, runsFrom }]),
  );
}

/**
 * Holds what has run against the folder. History that differs from it is refused, not repaired; what a newer
 * version has run on top is borne where it says so.
 * @throws MigrationError
 */
export function compare(
  migrations: readonly Migration[],
  done: ReadonlyMap<string, Done>,
): Standing {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  const newest = migrations.at(-1)?.name ?? '';
  const later: string[] = [];
  for (const [name, { checksum, runsFrom }] of done) {
    const file = byName.get(name);
    if (!file) {
      if (!isBorne(name, runsFrom, newest)) throw tooOld(name);
      later.push(name);
    } else if (file.checksum !== checksum) {
      throw new MigrationError(
        `${name}.sql was changed after it ran. Put it back as it was and write a new migration.`,
      );
    }
  }
  const waiting = migrations.filter(({ name }) => !done.has(name));
  return { waiting: inOrder(waiting, done), later: later.sort() };
}

/** Whether code whose newest migration is `newest` may work on a database where `name` has run. */
function isBorne(name: string, runsFrom: string | null, newest: string): boolean {
  return name > newest && runsFrom !== null && runsFrom <= newest.slice(0, 4);
}

function tooOld(name: string): MigrationError {
  return new MigrationError(
    `${name}.sql has run on this database but is not in the folder: this code is older than ` +
      'the database, and may not work on it. Use the newer version, or restore a backup.',
  );
}

/** Forward only: a new file with an old number would run in a different order elsewhere. */
function inOrder(waiting: Migration[], done: ReadonlyMap<string, Done>): Migration[] {
  const newest = [...done.keys()].sort().at(-1) ?? '';
  const late = waiting.find(({ name }) => name < newest);
  if (late) {
    throw new MigrationError(
      `${late.name}.sql is new but comes before ${newest}, which has run. Give it a later number.`,
    );
  }
  return waiting;
}
