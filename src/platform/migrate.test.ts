import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyDatabase, type TestDatabase, testDatabase } from '../../test/database.ts';
import { openDatabase } from './database.ts';
import { laterMigrations, migrate, pendingMigrations } from './migrate.ts';

let database: TestDatabase;
let folder: string;
beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-migrations-'));
  await put('0001_first', 'create table one (n int)');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

function put(name: string, sql: string): Promise<void> {
  return writeFile(join(folder, `${name}.sql`), sql);
}

async function tables(): Promise<string[]> {
  const { rows } = await database.pools.migrator.query(
    "select tablename from pg_tables where schemaname = 'public' order by 1",
  );
  return (rows as { tablename: string }[]).map(({ tablename }) => tablename);
}

test('each file runs once, in order', async () => {
  await put('0002_second', 'alter table one add m int; create table two (n int)');
  expect(await pendingMigrations(database, folder)).toEqual(['0001_first', '0002_second']);
  expect(await migrate(database, folder)).toEqual(['0001_first', '0002_second']);
  expect(await migrate(database, folder)).toEqual([]);
  expect(await pendingMigrations(database, folder)).toEqual([]);
  expect(await tables()).toEqual(['one', 'schema_migrations', 'two']);
});

describe('what differs from the record is refused', () => {
  test('a changed file', async () => {
    await migrate(database, folder);
    await put('0001_first', 'create table one (n bigint)');
    await expect(migrate(database, folder)).rejects.toThrow(/0001_first.sql was changed/);
  });

  test('a removed file', async () => {
    await migrate(database, folder);
    await rename(join(folder, '0001_first.sql'), join(folder, '0002_first.sql'));
    await expect(migrate(database, folder)).rejects.toThrow(/0001_first.sql has run/);
  });

  test('a late file with an early number', async () => {
    await put('0003_third', 'select 1');
    await migrate(database, folder);
    await put('0002_second', 'select 1');
    await expect(migrate(database, folder)).rejects.toThrow(
      /0002_second.sql is new but comes before/,
    );
  });

  test('two files with one number', async () => {
    await put('0001_other', 'select 1');
    await expect(migrate(database, folder)).rejects.toThrow(/one number/);
  });

  test('a name that is not NNNN_name.sql', async () => {
    await put('2_Second', 'select 1');
    await expect(migrate(database, folder)).rejects.toThrow(/2_Second.sql/);
  });
});

describe('what a newer version has run', () => {
  /** Runs the migrations of the newer version, and takes its files away: the folder is the older one's again. */
  async function runNewer(...files: readonly (readonly [name: string, sql: string])[]) {
    for (const [name, sql] of files) await put(name, sql);
    await migrate(database, folder);
    for (const [name] of files) await rm(join(folder, `${name}.sql`));
  }

  test('is borne by the version before where it adds only', async () => {
    await runNewer(
      ['0002_second', '-- expand\n-- More of it.\nalter table one add column m int'],
      ['0003_third', '-- no transaction\n-- expand\ncreate index concurrently one_m on one (m)'],
    );
    expect(await migrate(database, folder)).toEqual([]);
    expect(await pendingMigrations(database, folder)).toEqual([]);
    expect(await laterMigrations(database, folder)).toEqual(['0002_second', '0003_third']);
  });

  test('is refused by a version that does not know what it takes for granted, and borne by one that does', async () => {
    const second = ['0002_second', '-- expand\nalter table one add column m int'] as const;
    const third = ['0003_third', '-- contract from 0002\nalter table one drop column n'] as const;
    await runNewer(second, third);
    await expect(migrate(database, folder)).rejects.toThrow(/0003_third.sql has run .* older/);
    await expect(pendingMigrations(database, folder)).rejects.toThrow(/0003_third.sql has run/);
    await put(...second);
    expect(await migrate(database, folder)).toEqual([]);
    expect(await laterMigrations(database, folder)).toEqual(['0003_third']);
  });

  test('is refused where its head says nothing, or it ran before that was noted', async () => {
    await runNewer(['0002_second', '-- To expand it.\nalter table one add column m int']);
    await expect(migrate(database, folder)).rejects.toThrow(/0002_second.sql has run/);
    await database.pools.migrator.query('alter table schema_migrations drop column runs_from');
    await expect(migrate(database, folder)).rejects.toThrow(/0002_second.sql has run/);
    await put('0002_second', '-- To expand it.\nalter table one add column m int');
    expect(await migrate(database, folder)).toEqual([]);
  });

  test('does not let an older version run what it has not run', async () => {
    await migrate(database, folder);
    await runNewer(['0003_third', '-- expand\ncreate table three (n int)']);
    await put('0002_second', 'create table two (n int)');
    await expect(migrate(database, folder)).rejects.toThrow(/comes before 0003_third/);
  });

  test('a head that names what comes after it is refused', async () => {
    await put('0002_second', '-- contract from 0003\nselect 1');
    await expect(migrate(database, folder)).rejects.toThrow(/0002_second.sql: its head names 0003/);
  });
});

test('a failing file leaves nothing of itself, and says its line', async () => {
  await put('0002_second', 'create table two (n int);\n\nselect nothing_like_it();\n');
  await expect(migrate(database, folder)).rejects.toThrow(
    /0002_second.sql, line 3: .*nothing_like/,
  );
  expect(await tables()).toEqual(['one', 'schema_migrations']);
  await put('0002_second', 'create table two (n int);');
  expect(await migrate(database, folder)).toEqual(['0002_second']);
});

test('a file may do without a transaction', async () => {
  await put('0002_second', '-- no transaction\ncreate index concurrently one_n on one (n)');
  expect(await migrate(database, folder)).toEqual(['0001_first', '0002_second']);
});

test('migrators at the same time take turns', async () => {
  await put('0002_second', 'select pg_sleep(0.2); create table two (n int)');
  const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: database.url })));
  const ran = await Promise.all(others.map((other) => migrate(other, folder)));
  expect(ran.flat().sort()).toEqual(['0001_first', '0002_second']);
  await Promise.all(others.map((other) => other.close()));
});

test("the repository's migrations run, and the app's role cannot reach the queue", async () => {
  await using migrated = await testDatabase();
  expect(await pendingMigrations(migrated)).toEqual([]);
  const reaching = migrated.transaction({ province: 'all', organisation: '', person: '' }, (tx) =>
    tx.withSchema('graphile_worker').selectFrom('jobs').selectAll().execute(),
  );
  await expect(reaching).rejects.toThrow(/permission denied/);
});

test('an owner who may not make roles is told what to run', async () => {
  const admin = database.pools.migrator;
  const name = `plain_${process.pid}`;
  await admin.query(`create role ${name} login password 'plain'`);
  const { rows } = await admin.query('select current_database() as name');
  const url = database.url
    .replace(/\/\/karkhaneh:[^@]*@/, `//${name}:plain@`)
    .replace('/karkhaneh?', `/${rows[0].name}?`);
  const plain = await openDatabase({ url });
  await expect(migrate(plain, folder)).rejects.toThrow(
    /GRANT karkhaneh_province, .* TO <that user>/,
  );
  await plain.close();
  await admin.query(`drop role ${name}`);
});

test('whoever holds a table is not waited for: others get through, and it is tried again', async () => {
  await migrate(database, folder);
  await put('0002_second', 'alter table one add column m int');
  const holder = await database.pools.migrator.connect();
  await holder.query('begin; lock table one in access share mode');
  const migrating = migrate(database, folder);
  const queued = async () => {
    const { rows } = await holder.query(
      'select count(*)::int as n from pg_locks where not granted',
    );
    return (rows[0] as { n: number }).n > 0;
  };
  while (!(await queued()));
  // Behind a migration that waited for its lock to the end, this would never come.
  await database.pools.migrator.query('select from one');
  await holder.query('commit');
  holder.release();
  expect(await migrating).toEqual(['0002_second']);
});
