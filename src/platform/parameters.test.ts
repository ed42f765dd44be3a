import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Tx } from './database.ts';
import { encodeParameter } from './parameters.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const inTx = <T>(work: (tx: Tx) => Promise<T>) =>
  database.transaction({ province: 4, organisation: '', person: '' }, work);

/** What PostgreSQL makes of an array of a type. */
async function back(values: readonly unknown[], type: string): Promise<unknown[]> {
  const { rows } = await inTx((tx) =>
    sql<{ v: unknown[] }>`select ${values}::${sql.raw(type)}[] as v`.execute(tx),
  );
  return rows[0]?.v ?? [];
}

test('any text comes back as it went', async () => {
  const odd = fc.constantFrom('', 'null', 'NULL', '{}', '"', '\\', ',', ' ', 'a b', '\n', 'سلام');
  // PostgreSQL stores no NUL, and no half of a surrogate pair.
  const text = fc.oneof(
    odd,
    fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(text), { maxLength: 20 }), async (values) => {
      const plain = values.map((value) => value?.toWellFormed() ?? null);
      expect(await back(plain, 'text')).toEqual(plain);
    }),
    { numRuns: 40 },
  );
});

test('numbers, bytes, days and nothing come back as they went', async () => {
  expect(await back([1, -2, null, 0.5], 'float8')).toEqual([1, -2, null, 0.5]);
  expect(await back([1n, -(2n ** 60n)], 'bigint')).toEqual([1n, -(2n ** 60n)]);
  expect(await back([true, null, false], 'boolean')).toEqual([true, null, false]);
  expect(await back([Buffer.from([0, 255, 34, 92]), null], 'bytea')).toEqual([
    ...[Buffer.from([0, 255, 34, 92]), null],
  ]);
  expect(await back(['2021-03-21', null], 'date')).toEqual(['2021-03-21', null]);
  expect(await back([], 'text')).toEqual([]);
});

test('what is not plain is left to the driver', () => {
  const day = new Date(0);
  expect(encodeParameter([day])).toEqual([day]);
  expect(encodeParameter([[1]])).toEqual([[1]]);
  expect(encodeParameter('text')).toBe('text');
});
