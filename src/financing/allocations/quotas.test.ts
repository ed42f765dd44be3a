import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { type Office, officeAt, permitRow } from '../../../test/register-office.ts';
import { checkProvince } from '../../figures/index.ts';
import type { Tx } from '../../platform/database.ts';
import { provinceContext } from '../../platform/policy.ts';
import { referPlans, takePlanStep } from '../index.ts';

let house: TestHouse;
let office: Office;
let director: Caller;
let caseIds: string[];
let code: string;

const million = 10_000_000n;
const day = '2022-06-22';
const decision = { decidedBy: 'کارگروه استان', reason: 'ابلاغ سال', decidedOn: day };

beforeAll(async () => {
  house = await testHouse();
  await house.database.migratorTransaction(async (tx) => {
    await sql`update settings set value = 'tailoring' where key = 'financing.approved_occupations'`.execute(
      tx,
    );
    await sql`update settings set value = '2000' where key = 'financing.approved_cap_share'`.execute(
      tx,
    );
    await sql`update credit_terms set cap_approved_rial = 800000000
      where credit_line_id = 'home-jobs' and province_id is null`.execute(tx);
  });
  office = await officeAt(house.database);
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  await office.bring(
    'permits',
    Array.from({ length: 40 }, (_, n) => permitRow(n + 1)),
  );
  caseIds = await inProvince(async (tx) => {
    const cases = tx.selectFrom('cases').select('id').where('occupation_id', '=', 'tailoring');
    return (await cases.orderBy('id').execute()).map(({ id }) => id);
  });
  const opened = await director.post('/api/allocations', {
    ...{ creditLine: 'home-jobs', fiscalYear: 1401, law: 'قانون بودجه ۱۴۰۱' },
    ...{ fromOn: '2022-03-21', deadlineOn: '2023-03-20' },
    ...{ provincialRial: String(3000n * million), nationalRial: '0', ...decision },
  });
  code = opened.body.code;
  const shares = [{ agency: 'SMT', ceilingRial: String(2000n * million) }];
  const split = await director.post(`/api/allocations/${code}/shares`, { shares, ...decision });
  expect(split.status).toBe(200);
}, 60_000);
afterAll(() => house.close());

const inProvince = <T>(work: (tx: Tx) => Promise<T>) =>
  house.database.transaction(provinceContext(4), work);
const act = () => {
  const who = { provinceId: 4, actorId: null, organisationId: null, today: day };
  return { ...who, now: house.clock.now(), opId: randomUUID() };
};
const refer = (caseId: string, more: object) =>
  inProvince((tx) =>
    referPlans(tx, act(), office.reference, [
      {
        ...{ caseId, bankId: 'MELLAT', creditLineId: 'home-jobs', people: 1, happenedOn: day },
        ...{ requestedRial: 40n * million, ...more },
      },
    ]),
  );
const refusalsOf = async (referrals: Promise<unknown>[]) =>
  (await Promise.allSettled(referrals)).flatMap((one) =>
    one.status === 'rejected' ? [one.reason] : [],
  );

test('second loans at one instant get a tenth of the agency’s money, and no more', async () => {
  const refused = await refusalsOf(
    caseIds.slice(0, 12).map((id) => refer(id, { secondLoan: true })),
  );
  // Ten per cent of 2,000 million toman are five plans of 40.
  expect(refused).toHaveLength(12 - 5);
  for (const reason of refused) {
    expect(reason).toMatchObject({
      code: 'financing.over_second_loans',
      details: { leftRial: '0' },
    });
  }
  const free = caseIds.slice(0, 12);
  const taken = await inProvince((tx) =>
    tx.selectFrom('plans').select(['case_id', 'quotas']).execute(),
  );
  expect(taken.map(({ quotas }) => quotas)).toEqual(Array(5).fill(['second_loan']));
  // A first loan is not counted, and what a bank returns is free for another second one.
  const [next = '', other = ''] = free.filter((id) => !taken.some((it) => it.case_id === id));
  await refer(next, {});
  await inProvince((tx) =>
    takePlanStep(tx, act(), office.reference, 'financing.returnPlan', [
      { caseId: taken[0]?.case_id ?? '', happenedOn: day, reason: 'مدارک ناقص' },
    ]),
  );
  await refer(other, { secondLoan: true });
}, 60_000);

test('an approved occupation may have its higher cap, from a fifth of the agency’s money', async () => {
  const requestedRial = 80n * million;
  const refused = await refusalsOf(caseIds.slice(12, 20).map((id) => refer(id, { requestedRial })));
  expect(refused).toHaveLength(8 - 5);
  expect(refused[0]).toMatchObject({ code: 'financing.over_approved_cap' });
  const over = refer(caseIds[20] ?? '', { requestedRial: 81n * million });
  await expect(over).rejects.toMatchObject({ code: 'financing.over_cap' });
  await refer(caseIds[20] ?? '', { requestedRial: 50n * million });
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
}, 60_000);

test('a day before the first rule is told as such, in the reader’s language', async () => {
  const reply = await director.post('/api/allocations', {
    ...{ creditLine: 'home-jobs', fiscalYear: 1380, law: 'قانون', provincialRial: '1' },
    ...{ fromOn: '2001-03-21', deadlineOn: '2002-03-20', nationalRial: '0', ...decision },
  });
  expect(reply).toMatchObject({ status: 422, body: { code: 'platform.before_rules' } });
  expect(reply.body.next).toContain('۱۳۸۸/۰۱/۰۱');
});
