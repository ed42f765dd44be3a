import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { LoanYears } from '../../../test/loan-years.ts';
import { referenceOf } from '../../accounts/index.ts';
import { provinceContext } from '../../platform/policy.ts';
import { closeDay } from './close.ts';
import { foldCloses } from './fold-closes.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('folding keeps month ends and the banks’ sums, and a folded day can be closed again', async () => {
  const years = await LoanYears.open(database, 8, 3);
  await years.live(12, 4);
  const now = new Date('2023-12-01T20:00:00Z');
  for (const day of ['2022-05-10', '2022-05-20']) await closeDay(database, 4, day, now);
  const count = (table: 'loan_closes' | 'bank_closes' | 'close_runs', day: string) =>
    database.transaction(provinceContext(4), async (tx) => {
      const rows = tx.selectFrom(table).select('closed_on').where('closed_on', '=', day);
      return (await rows.execute()).length;
    });
  const [loans, banks] = [
    await count('loan_closes', '2022-05-10'),
    await count('bank_closes', '2022-05-10'),
  ];
  expect(loans).toBeGreaterThan(0);
  const folded = await foldCloses(database, await referenceOf(database), 4, '2023-12-01');
  expect(folded).toContain('2022-05-10');
  expect(folded).not.toContain('2022-05-20');
  expect(await count('loan_closes', '2022-05-10')).toBe(0);
  expect(await count('close_runs', '2022-05-10')).toBe(0);
  expect(await count('bank_closes', '2022-05-10')).toBe(banks);
  expect(await count('loan_closes', '2022-05-20')).toBeGreaterThan(0);
  expect(await years.differences()).toEqual([]);
  expect(await foldCloses(database, await referenceOf(database), 4, '2023-12-01')).toEqual([]);
  await closeDay(database, 4, '2022-05-10', now);
  expect(await count('loan_closes', '2022-05-10')).toBe(loans);
  expect(await years.differences()).toEqual([]);
}, 60_000);
