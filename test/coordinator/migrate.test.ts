import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { loadReference } from '../../src/accounts/load-reference.ts';
import type { Database } from '../../src/platform/database.ts';
import { nationalTables, placingOf, referenceTables } from '../../src/platform/distribution.ts';
import { migrate, migrationsFolder, pendingMigrations } from '../../src/platform/migrate.ts';
import {
  copyDatabase,
  createDatabase,
  emptyDatabase,
  onServer,
  openNamed,
  type TestDatabase,
  testDatabase,
} from '../database.ts';

// A database whose functions stand in for Citus (double.sql): what `migrate` asks of a coordinator, and in which
// order. That a real one takes it is for a real one to show (docs/runbook.md).

const double = readFileSync(join(import.meta.dirname, 'double.sql'), 'utf8');
/** A real coordinator has shown all this by the time that its first database is there. */
const real = inject('testServer').coordinator?.kind === 'citus';
const folders: string[] = [];
const spreadOne = `test_spread_${randomBytes(6).toString('hex')}`;
let plain: TestDatabase;
beforeAll(async () => {
  if (real) return;
  plain = await testDatabase();
  await createDatabase(spreadOne, 'template0');
  const database = await openNamed(spreadOne);
  await asSuperuser(database, double);
  await migrate(database);
  await database.close();
});
afterAll(async () => {
  if (real) return;
  await plain.close();
  await onServer((server) => server.query(`drop database ${spreadOne} with (force)`));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A database that takes itself for a coordinator's, with nothing in it. */
async function doubledDatabase(): Promise<TestDatabase> {
  const database = await emptyDatabase();
  await asSuperuser(database, double);
  return database;
}

async function asSuperuser(database: Database, sql: string): Promise<void> {
  const name = /\/(\w+)\?/.exec(database.url)?.[1];
  const address = inject('testServer').superuserUrl.replace(/\/\w+\?/, `/${name}?`);
  const client = new pg.Client(address);
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function rowsOf<Row>(database: Database, text: string): Promise<Row[]> {
  return (await database.pools.migrator.query(text)).rows as Row[];
}

const callsOf = async (database: Database) =>
  (await rowsOf<{ call: string }>(database, 'select call from double.calls order by n')).map(
    ({ call }) => call,
  );

const tablesIn = async (database: Database) =>
  (
    await rowsOf<{ name: string }>(
      database,
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace
       and relkind in ('r', 'p') and not relispartition order by 1`,
    )
  ).map(({ name }) => name);

const keysIn = (database: Database) =>
  rowsOf(
    database,
    `select conrelid::regclass::text as of, conname, pg_get_constraintdef(oid) from pg_constraint
     where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`,
  );

/** The migrations, and one more that comes after them. */
async function withLater(sql: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'karkhaneh-migrations-'));
  folders.push(folder);
  for (const file of await readdir(migrationsFolder)) {
    await copyFile(join(migrationsFolder, file), join(folder, file));
  }
  await writeFile(join(folder, '9001_come_later.sql'), sql);
  return folder;
}

test('reference tables first, then the provinces beside one another, then the country; keys at last', async () => {
  if (real) return;
  await using database = await doubledDatabase();
  await migrate(database);
  const calls = await callsOf(database);
  const tables = (await tablesIn(plain)).filter((name) => placingOf(name).as !== 'local');
  const of = (kind: RegExp) => calls.filter((call) => kind.test(call));
  const names = (list: readonly string[]) => list.map((call) => call.split(' ')[1]);
  expect(names(of(/^reference/)).sort()).toEqual([...referenceTables].sort());
  // A table with rows of a migration's own is emptied here once they have gone along.
  const placed = calls.filter((call) => !call.startsWith('emptied'));
  expect(names(placed).sort()).toEqual(tables);
  expect(placed.findLastIndex((call) => call.startsWith('reference'))).toBe(
    referenceTables.length - 1,
  );
  expect(placed[referenceTables.length]).toBe(
    'distributed people by province_id with none, 32 shards',
  );
  for (const [table, by] of Object.entries(nationalTables)) {
    expect(calls).toContain(`distributed ${table} by ${by} with none, 32 shards`);
  }
  const others = of(/ by province_id with people, its shards$/);
  expect(others).toHaveLength(
    tables.length - referenceTables.length - Object.keys(nationalTables).length - 1,
  );
  expect(await keysIn(database)).toEqual(await keysIn(plain));
  expect(await pendingMigrations(database)).toEqual([]);
  expect(await migrate(database)).toEqual([]);
  expect(await callsOf(database)).toEqual(calls);
});

test('rows that are there go along, and a run that was cut off is gone on with', async () => {
  if (real) return;
  await using database = await doubledDatabase();
  // As a restore does: the older migrations, their rows, and the rest behind them.
  await migrate(database, migrationsFolder, '0082_version_reference');
  expect(await callsOf(database)).toEqual([]);
  await loadReference(database);
  await asSuperuser(
    database,
    "insert into double.breaks values ('distributed visits by province_id with people, its shards')",
  );
  await expect(migrate(database)).rejects.toThrow('the coordinator went away');
  expect((await keysIn(database)).length).toBeLessThan((await keysIn(plain)).length);
  await asSuperuser(database, 'delete from double.breaks');
  await migrate(database);
  expect(await keysIn(database)).toEqual(await keysIn(plain));
  expect(await callsOf(database)).toContain('emptied counties');
  expect(await tablesIn(database)).toEqual(await tablesIn(plain));
});

test('later migrations place their tables before anything refers to them', async () => {
  if (real) return;
  await using database = await copyDatabase(spreadOne);
  const before = (await callsOf(database)).length;
  const folder = await withLater(`
    -- Semicolons; in remarks, 'quotes'; and bodies end nothing.
    create table teas (province_id integer not null, id uuid not null, case_id uuid, county_id integer,
      name text not null default 'a;b', primary key (province_id, id));
    create table cups (province_id integer not null, id uuid not null, tea_id uuid,
      primary key (province_id, id));
    create index teas_case on teas (province_id, case_id);
    alter table teas
      add constraint teas_case_known foreign key (province_id, case_id) references cases (province_id, id),
      add constraint teas_county_known foreign key (county_id) references counties (id),
      add column note text, alter column note set default 'a, b';
    alter table cups add constraint cups_tea_known
      foreign key (province_id, tea_id) references teas (province_id, id);
    do $$ begin perform 1; perform 2; end $$;
  `);
  expect(await migrate(database, folder)).toEqual(['9001_come_later']);
  expect((await callsOf(database)).slice(before)).toEqual([
    'distributed teas by province_id with people, its shards',
    'distributed cups by province_id with people, its shards',
  ]);
  const keys = (await keysIn(database)) as { conname: string }[];
  expect(keys.map(({ conname }) => conname)).toEqual(
    expect.arrayContaining(['teas_case_known', 'teas_county_known', 'cups_tea_known']),
  );
});

test.for([
  ['a key without the province', 'create table t (province_id integer, id uuid primary key)'],
  [
    'a number that the database makes',
    'create table t (province_id integer primary key, n integer generated always as identity)',
  ],
  [
    'a trigger',
    `create function f() returns trigger language plpgsql as $$ begin return new; end $$;
     create trigger t_f before insert on cases for each row execute function f()`,
  ],
  [
    'a policy that looks into another table',
    'create policy p on cases using (exists (select 1 from plans))',
  ],
  [
    'a foreign key that leaves the province',
    `create unique index permits_turned on permits (id, province_id);
     alter table cases add constraint cases_x
       foreign key (permit_id, province_id) references permits (id, province_id) on delete set null`,
  ],
  [
    'a foreign key to what lies elsewhere',
    `create table t (province_id integer, national_id text, primary key (province_id, national_id));
     alter table t add constraint t_x foreign key (national_id) references open_loans (national_id)`,
  ],
] as const)('a later migration with %s fails whole, and says where', async ([, sql]) => {
  if (real) return;
  await using database = await copyDatabase(spreadOne);
  const tables = await tablesIn(database);
  const folder = await withLater(sql);
  await expect(migrate(database, folder)).rejects.toThrow(/^9001_come_later\.sql/);
  expect(await tablesIn(database)).toEqual(tables);
});
