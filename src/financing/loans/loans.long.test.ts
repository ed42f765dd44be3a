import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { LoanYears } from '../../../test/loan-years.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('random years of 5,000 loans: the ledger is zero, and the checks find nothing', async () => {
  const years = await LoanYears.open(database, 5_000, 11);
  await years.live(40, 500);
  expect(await years.differences()).toEqual([]);
  expect(years.done.get('killed') ?? 0).toBeGreaterThan(0);
}, 1_800_000);
