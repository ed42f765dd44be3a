import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Tx } from './database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.migratorTransaction((tx) => sql`create table notes (n integer)`.execute(tx));
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
