import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { type Office, officeAt, permitRow, personId, row } from '../../../test/register-office.ts';
import { checkProvince } from '../../figures/index.ts';
import type { Tx } from '../../platform/database.ts';
import { provinceContext } from '../../platform/policy.ts';
import { referPlans, takeBackPlanStep, takePlanStep } from '../index.ts';

let house: TestHouse;
let office: Office;
let director: Caller;
let caseIds: string[];

const million = 10_000_000n;
const day = '2022-06-22';

beforeAll(async () => {
  house = await testHouse();
  office = await officeAt(house.database);
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const rows = Array.from({ length: 90 }, (_, n) => permitRow(n + 1));
  await office.bring('permits', rows);
  caseIds = await house.database.transaction(provinceContext(4), async (tx) => {
    const cases = await tx.selectFrom('cases').select('id').orderBy('id').execute();
    return cases.map(({ id }) => id);
  });
}, 120_000);
afterAll(() => house.close());

const decision = {
  decidedBy: 'کارگروه استان',
  reason: 'ابلاغ سال',
  decidedOn: day,
  letter: '12/34',
};

/** Opens an allocation of so many millions of toman in a line of its own. */
async function open(creditLine: string, provincial: bigint, more: object = {}): Promise<string> {
  const reply = await director.post('/api/allocations', {
    ...{ creditLine, fiscalYear: 1401, law: 'قانون بودجه ۱۴۰۱' },
    ...{ fromOn: '2022-03-21', deadlineOn: '2023-03-20' },
    ...{ provincialRial: String(provincial * million), nationalRial: '0', ...decision, ...more },
  });
  expect(reply.body).toMatchObject({ code: expect.any(String) });
  return reply.body.code;
}

const split = (code: string, shares: object[]) =>
  director.post(`/api/allocations/${code}/shares`, { shares, ...decision });

const act = () => {
  const now = house.clock.now();
  return {
    ...{ provinceId: 4, actorId: null, organisationId: null, now, today: day },
    opId: randomUUID(),
  };
};

const inProvince = <T>(work: (tx: Tx) => Promise<T>) =>
  house.database.transaction(provinceContext(4), work);

const refer = (caseId: string, more: object = {}) =>
  inProvince((tx) =>
    referPlans(tx, act(), office.reference, [
      {
        ...{ caseId, bankId: 'MELLAT', creditLineId: 'home-jobs', people: 1, happenedOn: day },
        requestedRial: 40n * million,
        ...more,
      },
    ]),
  );

async function shown(code: string) {
  return (await director.get(`/api/allocations/${code}`)).body;
}

describe('a ceiling', () => {
  test('is not overdrawn by 64 referrals at one instant; the rest are told which and what is left', async () => {
    const code = await open('home-jobs', 2000n);
    await split(code, [{ agency: 'SMT', county: '0401', ceilingRial: String(1010n * million) }]);
    const done = await Promise.allSettled(caseIds.slice(0, 64).map((id) => refer(id)));
    const refused = done.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(64 - 25);
    for (const reason of refused) {
      expect(reason).toMatchObject({ code: 'financing.over_ceiling' });
      expect(reason.details).toMatchObject({ leftRial: String(10n * million) });
      expect(reason.details.ceilingFa).toContain('ارومیه');
    }
    const it = await shown(code);
    expect(it.whole).toMatchObject({ plans: 25, committedRial: String(1000n * million) });
    expect(it.shares[0]).toMatchObject({ freeRial: String(10n * million) });
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  }, 60_000);

  test('gets back what is returned, withdrawn, taken back or approved for less', async () => {
    const [first = '', second = '', third = '', fourth = ''] = await referred();
    const { reference } = office;
    await inProvince((tx) =>
      takePlanStep(tx, act(), reference, 'financing.returnPlan', [
        { caseId: first, happenedOn: day, reason: 'مدارک ناقص' },
      ]),
    );
    await inProvince((tx) =>
      takeBackPlanStep(tx, act(), reference, [{ caseId: second, reason: 'بانک دیگر' }]),
    );
    await inProvince((tx) =>
      takePlanStep(tx, act(), reference, 'financing.withdrawPlan', [
        { caseId: third, happenedOn: day },
      ]),
    );
    const approve = { caseId: fourth, happenedOn: day, approvedRial: 30n * million };
    await inProvince(async (tx) => {
      await takePlanStep(tx, act(), reference, 'financing.openFile', [approve].map(plain));
      await takePlanStep(tx, act(), reference, 'financing.contract', [approve]);
    });
    const { whole } = await shown(await codeOf('home-jobs'));
    expect(whole).toMatchObject({ plans: 22, committedRial: String(870n * million) });
    expect(whole).toMatchObject({ contractedRial: String(30n * million) });
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  }, 60_000);

  test('that others have used up refuses to hold again what was given back', async () => {
    const [first = ''] = await inProvince(async (tx) => {
      const plans = tx.selectFrom('plans').select('case_id').where('state', '=', 'returned');
      return (await plans.execute()).map(({ case_id }) => case_id);
    });
    const free = caseIds.filter((id) => id !== first).slice(64, 68);
    for (const id of free.slice(0, 3)) await refer(id);
    const back = inProvince((tx) =>
      takeBackPlanStep(tx, act(), office.reference, [{ caseId: first, reason: 'نادرست' }]),
    );
    await expect(back).rejects.toMatchObject({ code: 'financing.over_ceiling' });
  });
});

const plain = ({ caseId, happenedOn }: { caseId: string; happenedOn: string }) => ({
  caseId,
  happenedOn,
});

const referred = () =>
  inProvince(async (tx) => {
    const plans = tx.selectFrom('plans').select('case_id').where('state', '=', 'referred');
    return (await plans.orderBy('case_id').execute()).map(({ case_id }) => case_id);
  });

async function codeOf(line: string): Promise<string> {
  const { items } = (await director.get('/api/allocations')).body;
  return items.find((one: { creditLine: { id: string } }) => one.creditLine.id === line).code;
}

describe('a split', () => {
  test('says what is too much, in words, and keeps who, when and why', async () => {
    const code = await open('home-jobs-support-bodies', 100n);
    const over = await split(code, [
      { agency: 'SMT', ceilingRial: String(60n * million) },
      { agency: 'AGRI', ceilingRial: String(41n * million) },
    ]);
    expect(over).toMatchObject({ status: 409, body: { code: 'financing.shares_over' } });
    expect(over.body.next).toContain('۱٬۰۱۰٬۰۰۰٬۰۰۰');
    expect((await split(code, [{ agency: 'SMT', ceilingRial: '600000000' }])).status).toBe(200);
    expect((await split(code, [{ agency: 'SMT', ceilingRial: '700000000' }])).status).toBe(200);
    const { revisions } = await shown(code);
    expect(revisions[0]).toMatchObject({
      agency: { id: 'SMT' },
      ...{ beforeRial: '600000000', ceilingRial: '700000000', letter: '12/34' },
      ...{ decidedBy: 'کارگروه استان', decidedOn: day },
    });
    expect(revisions).toHaveLength(3);
  });

  test('cannot go below what is used, and counts what plans held before it', async () => {
    const code = await codeOf('home-jobs');
    const low = await split(code, [{ bank: 'MELLAT', ceilingRial: String(10n * million) }]);
    expect(low).toMatchObject({ status: 409, body: { code: 'financing.under_used' } });
    const enough = await split(code, [{ bank: 'MELLAT', ceilingRial: String(1900n * million) }]);
    expect(enough.status).toBe(200);
    expect((await checkProvince(house.database, 4)).differences).toBe(0);
  });

  test('is an agency’s and a bank’s to see as far as it is theirs', async () => {
    const code = await codeOf('home-jobs');
    const [smt, agri] = await Promise.all(
      ['SMT', 'AGRI'].map((organisationId) => house.signIn({ role: 'expert', organisationId })),
    );
    const own = (await smt?.get(`/api/allocations/${code}`))?.body;
    expect(own.whole).toMatchObject({ allocatedRial: null });
    expect(own.shares).toHaveLength(1);
    expect(JSON.stringify(own)).not.toContain(String(2000n * million));
    const other = (await agri?.get(`/api/allocations/${code}`))?.body;
    expect(other).toMatchObject({ shares: [], revisions: [], whole: { plans: 0 } });
    const body = { shares: [{ agency: 'SMT', ceilingRial: '1' }], ...decision };
    expect((await smt?.post(`/api/allocations/${code}/shares`, body))?.status).toBe(403);
  });
});

test('cases that could still use it are as many as their list', async () => {
  const { couldUse, by } = await shown(await codeOf('home-jobs'));
  const list = (await director.get('/api/cases?referable=true')).body;
  expect(couldUse).toBe(list.total);
  expect(couldUse).toBeGreaterThan(0);
  const [smt] = by.agency.filter(({ id }: { id: string }) => id === 'SMT');
  const smtList = (await director.get('/api/cases?referable=true&agency=SMT')).body;
  expect(smt.couldUse).toBe(smtList.total);
});

test('a register’s row that finds no room is rejected with the ceiling, the others are taken', async () => {
  const rows = Array.from({ length: 90 }, (_, n) =>
    row('referrals', {
      ...{ 'شماره مجوز': `WA-${n + 1}`, 'کد ملی': personId(n + 1), 'رشته شغلی': 'خیاطی' },
      ...{ 'نام و نام خانوادگی': '', 'بانک عامل': 'ملت', 'تعداد اشتغال پیش‌بینی شده': 1 },
      ...{ 'مبلغ تسهیلات (میلیون تومان)': 10, 'تاریخ معرفی به بانک': '1401/04/01' },
    }),
  );
  const { rows: judged } = await office.bring('referrals', rows);
  const codes = judged.flatMap(({ faults }) => faults.map(({ code }) => code));
  expect(codes).toContain('financing.over_ceiling');
  expect(judged.some(({ verdict }) => verdict === 'accepted')).toBe(true);
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
}, 60_000);
