import { randomUUID } from 'node:crypto';
import { insertAccount, referenceOf } from '../../src/accounts/index.ts';
import { referPlans, takePlanStep } from '../../src/financing/index.ts';
import { encodeCode } from '../../src/kit/code.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { isoToday } from '../../src/kit/jalali.ts';
import { enterPermits } from '../../src/permits/index.ts';
import type { Database } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { openSession } from '../../src/platform/session.ts';
import { keepChecklist, planVisits } from '../../src/supervision/index.ts';
import { said } from '../measure.ts';

const provinceId = 4;
/** Visits of one inspector. */
export const visitsOfEach = 20;

/** Somebody who comes back into signal: the cookie, and the visits that were made. */
export type Inspector = { readonly cookie: string; readonly visits: readonly string[] };

const label = { fa: 'x', en: 'x' };
const checklist = {
  title: label,
  questions: [
    { id: 'seen', kind: 'choice', label, required: true, choices: ['yes', 'no'].map(choice) },
    { id: 'photo', kind: 'photo', label, required: false },
  ],
} as const;

function choice(id: string) {
  return { id, label };
}

/** Writes inspectors with plans to visit, through the product's own actions. Their photos are optional. */
export async function seed(database: Database, inspectors: number): Promise<Inspector[]> {
  const now = new Date();
  const who = { provinceId, actorId: null, organisationId: null, now, today: isoToday(+now) };
  const act = () => ({ ...who, opId: randomUUID() });
  const context = { ...provinceContext(provinceId), timeoutMs: 0 };
  await database.transaction(context, (tx) => keepChecklist(tx, act(), 'before', checklist));
  const found: Inspector[] = [];
  for (let at = 0; at < inspectors; at += 1) {
    found.push(await database.transaction(context, (tx) => one(database, tx, act, at)));
    if (at % 50 === 49) said(`${at + 1} inspectors`);
  }
  return found;
}

type Tx = Parameters<typeof enterPermits>[0];
type MakeAct = () => Parameters<typeof enterPermits>[1];

async function one(database: Database, tx: Tx, act: MakeAct, at: number): Promise<Inspector> {
  const reference = await referenceOf(database);
  const { today } = act();
  const { accountId, token } = await open(tx, act().now, at);
  const permits = Array.from({ length: visitsOfEach }, (_, visit) => {
    return permitOf(1 + at * visitsOfEach + visit, today);
  });
  const ids = await enterPermits(tx, act(), reference, permits);
  const all = ids.map((caseId) => ({ caseId, happenedOn: today }));
  const plan = {
    bankId: 'MELLAT',
    creditLineId: 'home-jobs',
    requestedRial: 300_000_000n,
    people: 1,
  };
  await referPlans(
    tx,
    act(),
    reference,
    all.map((it) => ({ ...it, ...plan })),
  );
  await takePlanStep(tx, act(), reference, 'financing.openFile', all);
  await takePlanStep(tx, act(), reference, 'financing.contract', all);
  const visit = { stage: 'before', channel: 'field', assigneeId: accountId } as const;
  const visits = await planVisits(
    tx,
    act(),
    reference,
    all.map((it) => ({ ...it, ...visit })),
  );
  return {
    cookie: `karkhaneh=${token}`,
    visits: visits.map((id) => encodeCode(provinceId, id)),
  };
}

async function open(tx: Tx, now: Date, at: number) {
  const account = {
    ...{ provinceId, username: `inspector-${at}`, passwordHash: null, personId: null },
    ...{ nameFa: 'x', nameEn: 'x', role: 'inspector' as const, organisationId: 'DIRECTORATE' },
    demonstration: false,
  };
  const accountId = await insertAccount(tx, account, now);
  const token = await openSession(
    tx,
    { provinceId, accountId, factors: ['password'] },
    undefined,
    now,
  );
  return { accountId, token };
}

function permitOf(serial: number, happenedOn: string) {
  return {
    person: {
      ...{ nationalId: generateNationalId('274', serial), idKind: 'national' as const },
      ...{ firstName: 'x', lastName: 'x', sex: 'female' as const },
    },
    household: { countyId: 401, area: 'urban' as const },
    ...{ kind: 'independent' as const, occupationId: 'tailoring', happenedOn },
    permitNumber: `b-${serial}`,
  };
}
