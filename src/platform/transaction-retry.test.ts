import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onServer, type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Context, Retry, Tx } from './database.ts';

const nobody: Context = { province: null, organisation: '', person: '' };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await database.pools.migrator.query(
    `create table counted (id int primary key, n int not null default 0);
     insert into counted values (1), (2);
     grant select, update on counted to karkhaneh_province`,
  );
});
afterAll(() => database.close());

const add = (tx: Tx, id: number) => sql`update counted set n = n + 1 where id = ${id}`.execute(tx);

async function counted(id: number): Promise<number> {
  const { rows } = await database.pools.migrator.query('select n from counted where id = $1', [id]);
  return rows[0].n;
}

test('a connection that breaks between two statements is a failed statement, not a dead process', async () => {
  let broken = 0;
  await database.transaction(nobody, async (tx) => {
    if (broken === 0) {
      broken += 1;
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await onServer((client) => client.query('select pg_terminate_backend($1)', [rows[0]?.pid]));
      // Long enough for the connection to say so while nobody waits for an answer on it.
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    await add(tx, 2);
  });
  expect([broken, await counted(2)]).toEqual([1, 1]);
  await database.pools.migrator.query('update counted set n = 0');
});

test('two transactions that deadlock are both done in the end', async () => {
  let arrived = 0;
  let open = () => {};
  const both = new Promise<void>((resolve) => {
    open = resolve;
  });
  const meet = async () => {
    arrived += 1;
    if (arrived === 2) open();
    await both;
  };
  const crossing = (first: number, second: number) =>
    database.transaction(nobody, async (tx) => {
      await add(tx, first);
      await meet();
      await add(tx, second);
    });
  await Promise.all([crossing(1, 2), crossing(2, 1)]);
  expect(arrived).toBeGreaterThan(2);
  expect([await counted(1), await counted(2)]).toEqual([2, 2]);
});

/** Cuts the transaction's own connection the first time, as a failover would. */
async function cutOnce(retry: Retry | undefined): Promise<number> {
  let runs = 0;
  await database.transaction(retry ? { ...nobody, retry } : nobody, async (tx) => {
    runs += 1;
    if (runs > 1) return;
    // Back to the role that signed in: a role may end its own connections only.
    await sql`reset role`.execute(tx);
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
  });
  return runs;
}

test('a connection lost before COMMIT was sent is replaced and the work done again', async () => {
  expect(await cutOnce(undefined)).toBe(2);
  expect(await cutOnce('idempotent')).toBe(2);
});

test('work that cannot be repeated is not', async () => {
  await expect(cutOnce('never')).rejects.toThrow(/terminat/);
});

test('a mistake in the work is not repeated', async () => {
  let runs = 0;
  const failing = database.transaction(nobody, async (tx) => {
    runs += 1;
    await sql`select 1/0`.execute(tx);
  });
  await expect(failing).rejects.toThrow(/division by zero/);
  expect(runs).toBe(1);
});

/** A connection that is lost while COMMIT is in flight: the deferred trigger ends its session. */
async function cutInCommit(retry: Retry | undefined): Promise<number> {
  let runs = 0;
  await database.transaction(retry ? { ...nobody, retry } : nobody, async (tx) => {
    runs += 1;
    if (runs === 1) await sql`insert into cut_at_commit values (1)`.execute(tx);
  });
  return runs;
}

test('a COMMIT without an answer is repeated for idempotent work alone', async () => {
  await database.pools.migrator.query(`
    create table cut_at_commit (n int);
    create function cut() returns trigger language plpgsql security definer as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger cut after insert on cut_at_commit
      deferrable initially deferred for each row execute function cut();
    grant insert on cut_at_commit to karkhaneh_province`);
  await expect(cutInCommit(undefined)).rejects.toThrow(/terminat/);
  expect(await cutInCommit('idempotent')).toBe(2);
});

test('a statement over its time is ended, and the connection is good afterwards', async () => {
  const slow = database.transaction({ ...nobody, timeoutMs: 50 }, (tx) =>
    sql`select pg_sleep(5)`.execute(tx),
  );
  await expect(slow).rejects.toThrow(/statement timeout/);
  await database.transaction(nobody, (tx) => sql`select 1`.execute(tx));
});
