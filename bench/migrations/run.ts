import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { loadReference } from '../../src/accounts/index.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { migrate, migrationsFolder } from '../../src/platform/migrate.ts';
import { readMigrations } from '../../src/platform/migration-files.ts';
import { type Bench, type Claim, machine } from '../measure.ts';
import { type Held, watchLocks } from './watch.ts';

const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
const folder = join(repositoryFolder, '.bench', 'migrations');
const baseline = '0062_read_repayments';
const limitMs = 1_000;
/** Written before the rule that nobody waits for a migration; see test/architecture/migration-locks.test.ts. */
const beforeTheRule = new Set([
  '0063_walk_products',
  '0069_add_own_columns',
  '0070_fill_own_columns',
  '0071_guard_by_own_columns',
]);

/** Runs the newest migrations on a million rows, and watches from outside how long they hold each table. */
export async function run(): Promise<Bench> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const embedded = await openEmbedded(folder);
  const database = await openDatabase(embedded);
  try {
    await migrate(database, migrationsFolder, baseline);
    await fill(embedded.superuserUrl.replace('/postgres?', '/karkhaneh?'));
    const found = await measure(database);
    await loadReference(database);
    return { bench: 'migrations', machine: machine(), claims: claimsOf(found) };
  } finally {
    await database.close();
    await embedded.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(connectionString: string): Promise<void> {
  const sql = await readFile(join(import.meta.dirname, 'fill.sql'), 'utf8');
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(sql.replaceAll('{rows}', String(rows)));
  await client.end();
}

async function measure(database: Database): Promise<Held[]> {
  const { rows: tables } = await database.pools.migrator.query(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')",
  );
  const names = (await readMigrations(migrationsFolder)).map(({ name }) => name);
  const known = (tables as { name: string }[]).map(({ name }) => name);
  const watching = watchLocks(
    database.url,
    known.filter((name) => name !== 'schema_migrations'),
    names,
  );
  await migrate(database);
  const { held, slowestLook } = await watching.stop();
  for (const { migration, table, readersWait, ms } of held.slice(0, 20)) {
    const who = readersWait ? 'readers and writers' : 'writers';
    process.stderr.write(`${migration} held ${table} against ${who} for ${ms.toFixed(0)} ms\n`);
  }
  process.stderr.write(`the slowest look took ${slowestLook.toFixed(0)} ms\n`);
  return held;
}

function claimsOf(held: readonly Held[]): Claim[] {
  return [false, true].map((before) => {
    const longest = held.find(({ migration }) => beforeTheRule.has(migration) === before);
    const value = longest?.ms ?? 0;
    const where = longest ? `${longest.migration} on ${longest.table}` : 'no lock was seen';
    return {
      id: `longest-lock-of-migrations-${before ? 'before' : 'since'}-the-rule-${rows}-rows`,
      value,
      unit: 'ms',
      against: where,
      ratio: null,
      target: `under ${limitMs} ms`,
      holds: value < limitMs,
    };
  });
}
