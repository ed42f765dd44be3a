import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { generateNationalId } from '../../kit/identifiers.ts';
import { enterPermits } from '../../permits/index.ts';
import { provinceContext } from '../../platform/policy.ts';
import { referPlans } from '../actions.ts';
import { recordPayments } from '../payments.ts';

let house: TestHouse;
let bank: Caller;
let code: string;
let personId: string;
beforeAll(async () => {
  // 1401/04/01.
  house = await testHouse();
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  await lend('2021-04-21');
});
afterAll(() => house.close());

/** A permit, its plan at the bank MELLAT and 120m rial of it paid; first instalment 1400/08/01. */
async function lend(day: string): Promise<void> {
  const reference = await referenceOf(house.database);
  await house.database.transaction(provinceContext(4), async (tx) => {
    const now = house.clock.now();
    const who = { provinceId: 4, actorId: null, organisationId: null, now, today: '2022-06-22' };
    const act = { ...who, opId: randomUUID() };
    const nationalId = generateNationalId('274', 501);
    const name = { firstName: 'آزمون', lastName: 'وام‌گیرنده', sex: 'female' as const };
    const [caseId = ''] = await enterPermits(tx, act, reference, [
      {
        person: { nationalId, idKind: 'national', ...name },
        household: { countyId: 401, area: 'urban' },
        kind: 'independent',
        occupationId: 'tailoring',
        happenedOn: day,
        permitNumber: 'د-۱',
      },
    ]);
    const plan = { bankId: 'MELLAT', creditLineId: 'home-jobs', requestedRial: 120_000_000n };
    await referPlans(tx, act, reference, [{ ...plan, caseId, people: 1, happenedOn: day }]);
    const paid = { amountRial: 120_000_000n, bankReference: 'p-1', happenedOn: day };
    await recordPayments(tx, act, reference, [{ ...paid, caseId }]);
    code = encodeCode(4, caseId);
    const found = tx.selectFrom('cases').select('person_id').where('province_id', '=', 4);
    personId = (await found.where('id', '=', caseId).executeTakeFirstOrThrow()).person_id;
  });
}

const loanSeenBy = async (caller: Caller) => (await caller.get(`/api/cases/${code}/loans`)).body;

test('a bank records a repayment; the applicant sees the next instalment', async () => {
  const before = (await loanSeenBy(bank)).loans[0];
  expect(before.lines).toHaveLength(60);
  expect(before.lines[0]).toMatchObject({ dueOn: '2021-11-22', principalRial: '2000000' });
  expect(before.daysPastDue).toBeGreaterThan(200);
  const overdue = before.overdueRial;
  const body = { amountRial: overdue, bankReference: 'r-1' };
  const key = randomUUID();
  expect((await bank.post(`/api/plans/${code}/repay`, body, key)).status).toBe(200);
  // The line broke and the browser sends again: nothing is paid twice.
  expect((await bank.post(`/api/plans/${code}/repay`, body, key)).status).toBe(200);
  const twice = await bank.post(`/api/plans/${code}/repay`, body);
  expect(twice.body.code).toBe('financing.reference_taken');
  const applicant = await house.signIn({ role: 'citizen', personId });
  const after = (await loanSeenBy(applicant)).loans[0];
  expect(after).toMatchObject({ daysPastDue: 0, overdueRial: '0', next: { dueOn: '2022-06-22' } });
});

test('another bank neither sees the loan nor writes to it', async () => {
  const other = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  expect((await other.get(`/api/cases/${code}/loans`)).status).toBe(404);
  const body = { amountRial: '1', bankReference: 'x' };
  expect((await other.post(`/api/plans/${code}/repay`, body)).status).toBe(404);
});

test('a loan is settled by what settles it, and by nothing else', async () => {
  const wrong = await bank.post(`/api/plans/${code}/settle`, {
    amountRial: '5',
    bankReference: 's-1',
  });
  expect(wrong.body.code).toBe('financing.not_settlement');
  const { settlementRial: amountRial } = (await loanSeenBy(bank)).loans[0];
  const done = await bank.post(`/api/plans/${code}/settle`, { amountRial, bankReference: 's-1' });
  expect(done.status).toBe(200);
  expect((await loanSeenBy(bank)).loans[0]).toMatchObject({ state: 'settled', next: null });
  const open = await house.database.transaction(provinceContext(4), (tx) =>
    tx.selectFrom('open_loans').selectAll().execute(),
  );
  expect(open).toEqual([]);
});

test('a preview is the schedule that a payment books', async () => {
  const { lines } = (
    await house.nobody.post('/api/loan-preview', {
      amountRial: '120000000',
      feeBp: 400,
      tenorMonths: 60,
      graceMonths: 6,
      feeInGrace: true,
      paidOn: '2021-04-21',
    })
  ).body;
  expect(lines).toHaveLength(60);
  expect(lines[0]).toMatchObject({ dueOn: '2021-11-22', principalRial: '2000000' });
});
