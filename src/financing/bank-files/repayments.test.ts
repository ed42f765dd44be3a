import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BankDesk,
  orderIban as iban,
  openBankDesk,
  orderRial as rial,
} from '../../../test/bank-desk.ts';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { decodeCode } from '../../kit/code.ts';
import { financingChecks } from '../checks.ts';

let desk: BankDesk;
let cases: string[];
let references: readonly string[];
const at = (n: number) => references[n] ?? '';

beforeAll(async () => {
  desk = await openBankDesk();
  cases = await contractedPlans(desk.house, { bankId: 'MELLAT', rial, serials: [711, 712, 713] });
  ({ references } = await desk.order(cases));
  await desk.statement(
    [0, 1].map((n) => ({ reference: at(n), rial, iban, bankReference: `P-${n}` })),
  );
});
afterAll(() => desk.close());

const context = { province: 4, organisation: '', person: '' };

/** What the record says was repaid of a case's loan, rial. */
const repaidOf = async (n: number): Promise<bigint> =>
  desk.house.database.transaction(context, async (tx) => {
    const rows = await tx
      .selectFrom('repayments')
      .innerJoin('plans', (join) =>
        join
          .onRef('plans.province_id', '=', 'repayments.province_id')
          .onRef('plans.id', '=', 'repayments.plan_id'),
      )
      .select('repayments.amount_rial')
      .where('plans.case_id', '=', decodeCode(cases[n] ?? '')?.id ?? '')
      .execute();
    return rows.reduce((sum, { amount_rial }) => sum + amount_rial, 0n);
  });
const repayment = (n: number, more: object = {}) => ({
  ...{ reference: `R${at(n)}`, rial: 5_000_000n, credit: true, bankReference: `I-${n}` },
  ...more,
});

test('money in under R and an order’s reference is a repayment of its loan, once', async () => {
  expect(await desk.statement([repayment(0)])).toMatchObject({ matched: 1, waiting: 0 });
  expect(await repaidOf(0)).toBe(5_000_000n);
  // A notification, then the statement: the bank's own reference says that it is the same.
  expect(await desk.statement([repayment(0)])).toMatchObject({ matched: 1, waiting: 0 });
  expect(await repaidOf(0)).toBe(5_000_000n);
  const other = repayment(1, { bankReference: 'I-0' });
  expect(await desk.statement([other])).toMatchObject({ matched: 0, waiting: 1 });
  await desk.clear();
});

test('more than is owed, and a loan that nothing was paid of, wait for a person with why', async () => {
  const sent = [repayment(1, { rial: 900_000_000n }), repayment(2), repayment(1)];
  expect(await desk.statement(sent)).toMatchObject({ matched: 1, waiting: 2 });
  const { items } = await desk.waiting();
  expect(items.map(({ why, kind }: Record<string, string>) => [kind, why])).toEqual([
    ['repaid', 'financing.over_debt'],
    ['repaid', 'financing.no_loan'],
  ]);
  expect(await repaidOf(1)).toBe(5_000_000n);
  await desk.clear();
});

test('one without a reference that names a loan waits, and a person says whose it is', async () => {
  const lost = repayment(0, { reference: 'R04X', bankReference: 'I-9', rial: 1_000_000n });
  expect(await desk.statement([lost])).toMatchObject({ matched: 0, waiting: 1 });
  const [line] = (await desk.waiting()).items;
  expect(line).toMatchObject({ kind: 'repaid', why: 'unknown_reference' });
  const decision = { decision: 'book', order: at(0), reason: 'قسط اوست' };
  const url = `/api/bank-files/${line.code}/lines/${line.line}/decide`;
  expect((await desk.officer.post(url, decision)).status).toBe(200);
  expect(await repaidOf(0)).toBe(6_000_000n);
});

test('one bank reference for two loans books the first, and the second waits', async () => {
  const before = await repaidOf(1);
  const sent = [0, 1].map((n) => repayment(n, { bankReference: 'I ۵۰', rial: 1_000n }));
  expect(await desk.statement(sent)).toMatchObject({ matched: 1, waiting: 1 });
  expect((await desk.waiting()).items).toMatchObject([{ why: 'financing.reference_taken' }]);
  expect(await repaidOf(1)).toBe(before);
  await desk.clear();
});

test('a repayment sent back is unclear, and the checks find nothing', async () => {
  const back = repayment(0, { credit: false, bankReference: 'I-10' });
  expect(await desk.statement([back])).toMatchObject({ matched: 0, waiting: 1 });
  for (const check of financingChecks) {
    const report = await desk.house.database.transaction(context, (tx) => check.run(tx, 4));
    expect(report.differences, check.name).toEqual([]);
  }
});
