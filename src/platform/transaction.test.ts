import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { type Context, sendWithCommit, type Tx } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pools.migrator.query(`create table notes (n integer primary key);
    grant select, insert on notes to karkhaneh_province`);
});
afterAll(() => database.close());

const note = (tx: Tx, n: number) => sql`insert into notes values (${n})`.execute(tx);

async function notes(): Promise<number[]> {
  const { rows } = await database.pools.migrator.query('select n from notes order by ctid');
  return rows.map(({ n }) => n);
}

test('statements asked for together run in the order of asking', async () => {
  await database.migratorTransaction((tx) =>
    Promise.all([note(tx, 1), sql`select pg_sleep(0.05)`.execute(tx), note(tx, 2), note(tx, 3)]),
  );
  expect(await notes()).toEqual([1, 2, 3]);
});

test('what was asked for behind a failure never runs, not even after the rollback', async () => {
  const before = await notes();
  const together = database.migratorTransaction((tx) =>
    Promise.all([sql`select 1 / 0`.execute(tx), note(tx, 4), note(tx, 5)]),
  );
  await expect(together).rejects.toThrow('division by zero');
  expect(await notes()).toEqual(before);
});

const province: Context = { province: 4, organisation: '', person: '' };

test('of acts’ statements, which go out at once, the one that failed by itself is the cause', async () => {
  const before = await notes();
  const acting = database.transaction(province, (tx) =>
    Promise.all([note(tx, 6), sql`select 1 / 0`.execute(tx), note(tx, 7)]),
  );
  await expect(acting).rejects.toThrow('division by zero');
  expect(await notes()).toEqual(before);
});

test('a statement sent with the commit is part of it, and fails it by its own error', async () => {
  const sending = (...numbers: number[]) =>
    database.transaction({ ...province, prepare: true }, async (tx) => {
      for (const n of numbers) {
        sendWithCommit(tx, { compile: () => sql`insert into notes values (${n})`.compile(tx) });
      }
    });
  await sending(8, 9);
  const before = await notes();
  expect(before).toEqual(expect.arrayContaining([8, 9]));
  await expect(sending(10, 9)).rejects.toThrow(/notes_pkey/);
  expect(await notes()).toEqual(before);
});

test('where BEGIN fails the work that went along with it writes nothing, and BEGIN is the cause', async () => {
  const before = await notes();
  const refused = database.transaction({ ...province, timeoutMs: 9_999_999_999 }, (tx) =>
    note(tx, 11),
  );
  await expect(refused).rejects.toThrow(/statement_timeout/);
  expect(await notes()).toEqual(before);
});
