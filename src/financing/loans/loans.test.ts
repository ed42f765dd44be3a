import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { LoanYears } from '../../../test/loan-years.ts';
import { provinceContext } from '../../platform/policy.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('random years of loans: the ledger is zero, and the checks find nothing', async () => {
  const years = await LoanYears.open(database, 60, 7);
  await years.live(60, 20);
  expect(await years.differences()).toEqual([]);
  for (const kind of ['pay', 'repay', 'settle', 'reschedule', 'recall', 'death', 'takeBack']) {
    expect(years.done.get(kind) ?? 0, kind).toBeGreaterThan(3);
  }
  expect(years.done.get('killed') ?? 0).toBeGreaterThan(0);
});

test('the application cannot edit the ledger', async () => {
  const edit = (text: string) =>
    database.transaction(provinceContext(4), (tx) => sql.raw(text).execute(tx));
  await expect(edit('update ledger_transfers set amount_rial = 1')).rejects.toThrow(/permission/);
  await expect(edit('delete from ledger_transfers')).rejects.toThrow(/permission/);
});
