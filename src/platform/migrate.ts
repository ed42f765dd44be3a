import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { repositoryFolder } from './config.ts';
import { type Database, openWorkerPool } from './database.ts';
import { errorCode } from './database-errors.ts';
import { quietJobLogger } from './job-logger.ts';
import { type Migration, MigrationError, readMigrations } from './migration-files.ts';
import { compare, prepareRecord, readDone, type Standing } from './migration-record.ts';
import { isCoordinator, isSpread, placeNew, spread } from './spread.ts';
import { statementsOf } from './sql-statements.ts';

/** The repository's own migrations. */
export const migrationsFolder = join(repositoryFolder, 'migrations');

/** Any number that nothing else locks; two migrators on one database take turns. */
const migratorLock = 7_145_230_617;

/**
 * Brings the database to the newest migration: the application's roles, the job queue's tables,
 * then each file once, in order, with its checksum. Returns the names it ran, none when up to date.
 * With `until`, later ones wait: rows of an older version are put in first.
 *
 * On a Citus coordinator the tables are spread behind the first run, when all of them are there, and those of
 * later migrations as they are made. What a newer version has run is let be, where it says that this one may
 * work on it.
 * @throws MigrationError when a file that has run was changed or removed, one fails, or a newer version has run
 * what this one may not work on.
 */
export async function migrate(
  database: Database,
  folder: string = migrationsFolder,
  until?: string,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  await database.migratorTransaction(async () => {}); // waits for a server that is starting
  const client = await database.pools.migrator.connect();
  let finished = false;
  try {
    await client.query('select pg_advisory_lock($1)', [migratorLock]);
    await prepare(client, database);
    const { waiting: all, later } = compare(migrations, await readDone(client));
    const waiting = until === undefined ? all : all.filter(({ name }) => name <= until);
    await runAll(client, waiting, until === undefined && later.length === 0);
    // What migrations put in is not for the next transaction on this connection to tell (decision 85).
    await client.query('select pg_stat_force_next_flush()');
    await client.query('select pg_advisory_unlock($1)', [migratorLock]);
    finished = true;
    return waiting.map(({ name }) => name);
  } finally {
    client.release(!finished); // a broken session is closed, which also frees its lock
  }
}

/** Names of the migrations that `migrate` would run now; empty when the database is up to date. */
export async function pendingMigrations(
  database: Database,
  folder: string = migrationsFolder,
): Promise<string[]> {
  return (await standingOf(database, folder)).waiting.map(({ name }) => name);
}

/** Names of the migrations that a newer version has run on the database, and that this one may work on. */
export async function laterMigrations(
  database: Database,
  folder: string = migrationsFolder,
): Promise<readonly string[]> {
  return (await standingOf(database, folder)).later;
}

async function standingOf(database: Database, folder: string): Promise<Standing> {
  const migrations = await readMigrations(folder);
  const pool = database.pools.migrator;
  const { rows } = await pool.query("select to_regclass('schema_migrations') as found");
  const done = (rows[0] as { found: string | null }).found ? await readDone(pool) : new Map();
  return compare(migrations, done);
}

async function prepare(client: pg.PoolClient, database: Database): Promise<void> {
  await refuseOldServer(client);
  await createRoles(client);
  await prepareQueue(database.url);
  await prepareRecord(client);
}

/** The library's own pool would leave nobody to hear that a connection broke while it was being closed. */
async function prepareQueue(url: string): Promise<void> {
  const pool = openWorkerPool(url, 2, () => {});
  try {
    await runMigrations({ pgPool: pool, logger: quietJobLogger });
  } finally {
    await pool.end();
  }
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query("select current_setting('server_version_num')::int as n");
  const { n } = rows[0] as { n: number };
  if (n < 150_000) {
    throw new MigrationError(`PostgreSQL 15 or newer is needed; this server is ${n / 10_000}.`);
  }
}

/** The roles that a transaction steps down to; their policies are in migrations/0008_guard_rows.sql. */
const transactionRoles = [
  'karkhaneh_province',
  'karkhaneh_organisation',
  'karkhaneh_person',
  'karkhaneh_country',
];

/**
 * The role that signs in and the four that transactions step down to. The first inherits nothing:
 * outside a transaction it has no rights at all. They may sign in, without a password, because on a
 * distributed database the nodes speak to each other as them.
 */
async function createRoles(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(`do $$ declare leaf text; begin
      if not exists (select from pg_roles where rolname = 'karkhaneh_app') then
        create role karkhaneh_app login noinherit;
      end if;
      foreach leaf in array array['${transactionRoles.join("', '")}'] loop
        if not exists (select from pg_roles where rolname = leaf) then
          execute format('create role %I login', leaf);
        end if;
        if not pg_has_role('karkhaneh_app', leaf, 'member') then
          execute format('grant %I to karkhaneh_app', leaf);
        end if;
        begin
          execute format('set local role %I', leaf);
          reset role;
        exception when insufficient_privilege then
          execute format('grant %I to %I', leaf, current_user);
        end;
      end loop;
    end $$`);
  } catch (error) {
    // Another database of the same server may be creating the roles at this moment.
    const raced = ['42710', '23505', 'XX000'].includes(errorCode(error) ?? '');
    if (raced) return createRoles(client);
    if (errorCode(error) !== '42501') throw error;
    const list = transactionRoles.join(', ');
    throw new MigrationError(
      'The user of DATABASE_URL may not create or become the roles of the application. ' +
        'As a superuser, run: CREATE ROLE karkhaneh_app LOGIN NOINHERIT; ' +
        `${transactionRoles.map((role) => `CREATE ROLE ${role} LOGIN;`).join(' ')} ` +
        `GRANT ${list} TO karkhaneh_app; GRANT ${list} TO <that user>;`,
      { cause: error },
    );
  }
}

/** Runs them; with `toEnd` nothing is left to run then, and a coordinator's tables may be spread. */
async function runAll(
  client: pg.PoolClient,
  waiting: readonly Migration[],
  toEnd: boolean,
): Promise<void> {
  const coordinator = await isCoordinator(client);
  const run = coordinator && (await isSpread(client)) ? runSpread : runPlain;
  for (const migration of waiting) await runMigration(client, migration, run);
  if (coordinator && toEnd) await spread(client);
}

type Run = (client: pg.PoolClient, sql: string) => Promise<void>;

const runPlain: Run = async (client, sql) => {
  await client.query(sql);
};

/**
 * One statement at a time, each change of a table by itself, and each new table placed before anything refers
 * to it: so a coordinator takes them.
 */
const runSpread: Run = async (client, sql) => {
  await client.query("set local citus.multi_shard_modify_mode = 'sequential'");
  for (const { text, start } of statementsOf(sql)) {
    try {
      await client.query(text);
    } catch (error) {
      const position = (error as { position?: string }).position;
      if (position) Object.assign(error as object, { position: String(Number(position) + start) });
      throw error;
    }
    await placeNew(client);
  }
};

/** Whoever waits for a lock makes everybody behind it wait: a migration gives up, and tries again later. */
const lockWait = '1s';
const lockTries = 60;

/** Runs a file; one that got no lock within a second lets the others through, and comes again. */
async function runMigration(client: pg.PoolClient, migration: Migration, run: Run): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await runOnce(client, migration, run);
    } catch (error) {
      const waited = errorCode((error as Error).cause) === '55P03';
      if (!waited || !migration.transactional || tries === lockTries) throw error;
      await sleep(1_000);
    }
  }
}

async function runOnce(client: pg.PoolClient, migration: Migration, run: Run): Promise<void> {
  const { name, sql, checksum, transactional, runsFrom } = migration;
  try {
    if (transactional) await client.query(`begin; set local lock_timeout = '${lockWait}'`);
    await run(client, sql);
    await client.query(
      'insert into schema_migrations (name, checksum, runs_from) values ($1, $2, $3)',
      [name, checksum, runsFrom],
    );
    if (transactional) await client.query('commit');
  } catch (error) {
    if (transactional) await client.query('rollback').catch(() => {});
    const { message, position } = error as { message: string; position?: string };
    const line = position ? sql.slice(0, Number(position)).split('\n').length : undefined;
    const place = line ? `${name}.sql, line ${line}` : `${name}.sql`;
    throw new MigrationError(`${place}: ${message}`, { cause: error });
  }
}
