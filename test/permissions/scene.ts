import { randomUUID } from 'node:crypto';
import { type Position, positions } from '../../scripts/permission-matrix.ts';
import { referenceOf } from '../../src/accounts/index.ts';
import { referPlans } from '../../src/financing/index.ts';
import { decodeCode } from '../../src/kit/code.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { type Caller, type TestHouse, testHouse } from '../house.ts';

/** One case that is somebody's, and everybody who is somewhere towards it, signed in. */
export type Scene = {
  readonly house: TestHouse;
  readonly code: string;
  readonly personId: string;
  /** What only this case has, in any answer that tells of it. */
  readonly marks: readonly string[];
  readonly callers: ReadonlyMap<Position, Caller>;
};

const day = '2022-06-22';
const lastName = 'یگانه‌نشان';

/** A permit that was cleared, signed and granted, and that is with a bank. */
export async function setScene(): Promise<Scene> {
  const house = await testHouse();
  const [agri, health, director] = await Promise.all([
    house.signIn({ role: 'expert', organisationId: 'AGRI' }),
    house.signIn({ role: 'expert', organisationId: 'HEALTH' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
  ]);
  const nationalId = generateNationalId('274', 77);
  const submitted = await agri.post('/api/permits', {
    person: { nationalId, idKind: 'national', firstName: 'آزمون', lastName, sex: 'female' },
    household: { countyId: '0401', area: 'rural' },
    kind: 'independent',
    occupationId: 'jam-making',
  });
  const code = String(submitted.body.code);
  for (const [caller, act] of [
    [agri, 'ask-clearance'],
    [health, 'clear'],
    [agri, 'sign'],
    [director, 'grant'],
  ] as const) {
    const { status, body } = await caller.post(`/api/permits/${code}/${act}`);
    if (status !== 200) throw new Error(`${act}: ${JSON.stringify(body)}`);
  }
  const personId = await refer(house, code);
  const callers = new Map<Position, Caller>();
  for (const it of positions) callers.set(it, await house.signIn(accountAt(it, personId)));
  return { house, code, personId, marks: [code, nationalId, lastName], callers };
}

function accountAt({ role, province, organisation, own }: Position, personId: string) {
  return {
    role,
    provinceId: province,
    organisationId: organisation,
    personId: own ? personId : null,
  };
}

/** Refers the case's plan to a bank; the answer is whose case it is. */
async function refer(house: TestHouse, code: string): Promise<string> {
  const caseId = decodeCode(code)?.id ?? '';
  const reference = await referenceOf(house.database);
  return house.database.transaction(provinceContext(4), async (tx) => {
    const now = house.clock.now();
    const act = { provinceId: 4, actorId: null, organisationId: null, now, today: day };
    await referPlans(tx, { ...act, opId: randomUUID() }, reference, [
      {
        caseId,
        bankId: 'MELLAT',
        creditLineId: 'home-jobs',
        requestedRial: 400_000_000n,
        people: 1,
        happenedOn: day,
      },
    ]);
    const cases = tx.selectFrom('cases').select('person_id').where('province_id', '=', 4);
    return (await cases.where('id', '=', caseId).executeTakeFirstOrThrow()).person_id;
  });
}

/** Reads that list, search or count cases, wherever a case could show up that is not the asker's. */
export const lists: readonly string[] = [
  '/api/cases?limit=200',
  `/api/cases?q=${encodeURIComponent(lastName)}`,
  '/api/cases?state=issued',
  '/api/queue',
  '/api/drafts',
  '/api/entries?measure=permits_issued&from=1401-01-01&to=1401-12-29',
  '/api/entries?measure=plans_referred&from=1401-01-01&to=1401-12-29',
];

const bodies: Readonly<Record<string, (code: string) => object>> = {
  'permits.changeAddress': () => ({ household: { countyId: '0499', area: 'urban' } }),
  'permits.changeOccupation': () => ({ occupationId: 'jam-making' }),
  'permits.takeBack': () => ({ reason: 'x' }),
  'financing.takeBack': () => ({ reason: 'x' }),
  // Before the referral: refused once everything else was let through.
  'financing.openFile': () => ({ happenedOn: '2000-01-01' }),
  'financing.contract': () => ({ approvedRial: '1', happenedOn: '2000-01-01' }),
  'financing.returnPlan': () => ({ reasonCode: 'other', happenedOn: '2000-01-01' }),
  'financing.refusePlan': () => ({ reason: 'x', happenedOn: '2000-01-01' }),
  'financing.withdrawPlan': () => ({ reason: 'x', happenedOn: '2000-01-01' }),
  'financing.pay': () => ({ amountRial: '1', bankReference: 'x', happenedOn: '2000-01-01' }),
  'financing.repay': () => ({ amountRial: '1', bankReference: 'x' }),
  'financing.settle': () => ({ amountRial: '1', bankReference: 'x' }),
  'financing.reschedule': () => ({ months: 12, graceMonths: 0, reason: 'x' }),
  'financing.recallLoan': () => ({ reason: 'x' }),
  'financing.recordDeath': () => ({ reason: 'x' }),
  'financing.answerAsk': () => ({ askId: randomUUID(), answer: 'came' }),
  'financing.closeEnquiry': () => ({ askId: randomUUID(), reason: 'x' }),
  'employment.takeBack': () => ({ reason: 'x' }),
  // Nothing is paid yet.
  'employment.register': () => ({ relation: 'holder', startedOn: '2000-01-01' }),
  // A stage that has not come: refused once everything else was let through.
  'supervision.plan': () => ({ stage: 'after' }),
  'supervision.askOverride': () => ({ reason: 'x' }),
  'permits.decideDuplicate': (code) => ({ other: code, verdict: 'different', reason: 'x' }),
  'permits.undoDuplicate': () => ({ id: randomUUID(), reason: 'x' }),
};

/** A body that fits the endpoint's shape, and that its rules refuse where they can. */
export function bodyFor(id: string, code: string): object {
  return bodies[id]?.(code) ?? {};
}
