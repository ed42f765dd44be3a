import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { type Context, clientOf, type Tx } from './database.ts';

const nobody: Context = { province: null, organisation: '', person: '' };
let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function value(tx: Tx, expression: string): Promise<unknown> {
  const { rows } = await sql<{ value: unknown }>`select ${sql.raw(expression)} as value`.execute(
    tx,
  );
  return rows[0]?.value;
}

describe('the context of a transaction', () => {
  test.each([
    [4, '4'],
    [0, '0'],
    ['all', ''],
    [null, ''],
  ] as const)('province %s is seen by row security as «%s»', async (province, seen) => {
    const found = await database.transaction({ ...nobody, province }, (tx) =>
      value(tx, "current_setting('app.province')"),
    );
    expect(found).toBe(seen);
  });

  test('carries role, organisation, person and time limit', async () => {
    const person = '0190b8a4-0000-7000-8000-000000000001';
    const context = { province: 4, organisation: 'SMT', person, timeoutMs: 1234 };
    const { rows } = await database.transaction(context, (tx) =>
      sql`select current_user::text as role, current_setting('app.organisation') as organisation,
        current_setting('app.person') as person,
        current_setting('statement_timeout') as timeout`.execute(tx),
    );
    expect(rows).toEqual([
      { role: 'karkhaneh_person', organisation: 'SMT', person, timeout: '1234ms' },
    ]);
  });

  test('does not outlive the transaction', async () => {
    await database.transaction({ ...nobody, province: 4 }, async () => {});
    const { rows } = await database.pools.casework.query(
      "select current_setting('app.province', true) as province",
    );
    expect(rows[0].province || '').toBe('');
  });

  test.each(["x'; drop table people; --", 'a b', 'ا', 'x'.repeat(65), '\\'])(
    'refuses «%s» as an organisation',
    async (organisation) => {
      await expect(async () =>
        database.transaction({ ...nobody, organisation }, async () => {}),
      ).rejects.toThrow(RangeError);
    },
  );
});

describe('commit and rollback', () => {
  test('an error rolls everything back', async () => {
    await database.migratorTransaction((tx) => sql`create table kept (n int)`.execute(tx));
    const failing = database.migratorTransaction(async (tx) => {
      await sql`insert into kept values (1)`.execute(tx);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(
      await database.migratorTransaction((tx) => value(tx, '(select count(*) from kept)')),
    ).toBe(0n);
  });

  test('a swallowed SQL error does not pass for a commit', async () => {
    const swallowing = database.transaction(nobody, async (tx) => {
      await sql`select 1/0`.execute(tx).catch(() => {});
    });
    await expect(swallowing).rejects.toThrow(/swallowed/);
  });

  test('the query builder is closed afterwards', async () => {
    let leaked: Tx | undefined;
    await database.transaction(nobody, async (tx) => {
      leaked = tx;
    });
    await expect(value(leaked as Tx, '1')).rejects.toThrow(/ended/);
    expect(() => clientOf(leaked as Tx)).toThrow(/not an open transaction/);
  });

  test('a transaction inside a transaction is refused', async () => {
    const nested = database.transaction(nobody, (tx) =>
      tx.transaction().execute((inner) => value(inner, '1')),
    );
    await expect(nested).rejects.toThrow(/Already in a transaction/);
  });
});

test('values keep their exactness', async () => {
  const { rows } = await database.transaction(nobody, (tx) =>
    sql`select 9007199254740993::int8 as rial, date '2021-03-21' as day, 0.10::numeric as rate,
      array[1, null]::int8[] as many, array['2021-03-21']::date[] as days,
      timestamptz '2021-03-21T00:00:00Z' as at`.execute(tx),
  );
  expect(rows).toEqual([
    {
      rial: 9007199254740993n,
      day: '2021-03-21',
      rate: '0.10',
      many: [1n, null],
      days: ['2021-03-21'],
      at: new Date('2021-03-21T00:00:00Z'),
    },
  ]);
});

test('rows can be streamed', async () => {
  const seen = await database.transaction({ ...nobody, pool: 'reports' }, async (tx) => {
    const numbers: number[] = [];
    const query = tx.selectNoFrom(sql<number>`generate_series(1, 250)`.as('n'));
    for await (const { n } of query.stream(100)) numbers.push(n);
    return numbers;
  });
  expect(seen).toHaveLength(250);
});
