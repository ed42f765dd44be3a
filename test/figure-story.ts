import fc from 'fast-check';
import { insertAccount, type Reference, referenceOf } from '../src/accounts/index.ts';
import {
  confirmAlive,
  drawRechecks,
  endJobs,
  recheckJobs,
  registerJobs,
  takeBackJob,
  verifyJobs,
} from '../src/employment/index.ts';
import {
  recallLoan,
  recordPayments,
  referPlans,
  repayLoans,
  settleLoans,
  takeBackPlanStep,
  takePlanStep,
} from '../src/financing/index.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import { addDays, type IsoDate, isoDate } from '../src/kit/jalali.ts';
import { isProblem } from '../src/kit/problem.ts';
import { uuid7 } from '../src/kit/uuid7.ts';
import { enterPermits, submitCases, takeBackPermitStep, takeStep } from '../src/permits/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { provinceContext } from '../src/platform/policy.ts';
import type { TestDatabase } from './database.ts';

const province = 4;

let database: TestDatabase;
let reference: Reference;
/** Cases of the story so far, and the day it has come to. */
const cases: string[] = [];
let day: IsoDate = isoDate('2021-03-21');
let serial = 0;
/** Who looks at drawn jobs again. */
let second: string;

/** Begins the random story of figures in an empty province; the answer is its reference data. */
export async function beginStory(on: TestDatabase): Promise<Reference> {
  database = on;
  reference = await referenceOf(database);
  const account = { provinceId: province, username: 'second', passwordHash: null, personId: null };
  const names = { nameFa: 'آزمون', nameEn: 'Test', role: 'officer' as const, demonstration: true };
  second = await database.transaction(provinceContext(province), (tx) =>
    insertAccount(tx, { ...account, ...names, organisationId: null }, new Date()),
  );
  return reference;
}

/** An act of nobody's, on the story's day. */
export function act(): Act {
  // Later in the day than any act before, so that "as of" has an order.
  serial += 1;
  const now = new Date(Date.parse(`${day}T06:00:00Z`) + serial);
  return {
    provinceId: province,
    actorId: null,
    organisationId: null,
    now,
    today: day,
    opId: uuid7(now.getTime()),
  };
}

function person() {
  serial += 1;
  return {
    nationalId: generateNationalId('275', serial),
    idKind: 'national' as const,
    firstName: 'آزمون',
    lastName: `شماره ${serial}`,
    sex: serial % 3 === 0 ? ('male' as const) : ('female' as const),
  };
}

type Move = { readonly kind: number; readonly pick: number; readonly wait: number };

/** One act of somebody, legal or not; an illegal one is refused and changes nothing. */
export async function carryOut({ kind, pick, wait }: Move): Promise<void> {
  day = addDays(day, wait);
  const caseId = cases[pick % Math.max(cases.length, 1)] ?? uuid7(0);
  try {
    await database.transaction(provinceContext(province), (tx) => doing(tx, kind, pick, caseId));
  } catch (error) {
    // Refused by the rules, or by a named constraint of the database.
    const refused = isProblem(error) || (error as { constraint?: string }).constraint !== undefined;
    if (!refused) throw error;
  }
}

/** The acts by number: a handful of each slice, and their corrections. */
async function doing(tx: Tx, kind: number, pick: number, caseId: string): Promise<void> {
  const step = { caseId, happenedOn: day, reason: 'آزمون', conditionNumber: 1 };
  const back = [{ caseId, reason: 'اشتباه بود' }];
  const open = application(pick);
  const acts: readonly (() => Promise<unknown>)[] = [
    async () => cases.push(...(await submitCases(tx, act(), reference, [open]))),
    async () => {
      const entered = { ...open, permitNumber: `د-${serial}` };
      cases.push(...(await enterPermits(tx, act(), reference, [entered])));
    },
    () => takeStep(tx, act(), reference, 'permits.sign', [step]),
    () => takeStep(tx, act(), reference, 'permits.grant', [step]),
    () => takeStep(tx, act(), reference, 'permits.refuse', [step]),
    () => takeStep(tx, act(), reference, 'permits.revoke', [step]),
    () => referPlans(tx, act(), reference, [referral(caseId, pick)]),
    () => takePlanStep(tx, act(), reference, 'financing.returnPlan', [step]),
    () => recordPayments(tx, act(), reference, [payment(caseId, pick)]),
    () => registerJobs(tx, act(), reference, [job(caseId)]),
    () => takeBackPermitStep(tx, act(), reference, back),
    () => takeBackPlanStep(tx, act(), reference, back),
    () => takeBackJob(tx, act(), back),
    () => takePlanStep(tx, act(), reference, 'financing.refusePlan', [step]),
    () => repayLoans(tx, act(), [{ ...payment(caseId, pick), amountRial: BigInt(1 + pick) }]),
    () => recallLoan(tx, act(), step),
    () => settle(tx, caseId),
    () => jobDeed(tx, 'verify', pick),
    () => jobDeed(tx, 'alive', pick),
    () => jobDeed(tx, 'end', pick),
    () => jobDeed(tx, 'again', pick),
  ];
  await acts[kind]?.();
}

/** Settles a loan by what it takes on the day, which the refusal of nothing says. */
async function settle(tx: Tx, caseId: string): Promise<void> {
  const input = { caseId, bankReference: `s${serial}`, happenedOn: day };
  await settleLoans(tx, act(), [{ ...input, amountRial: 0n }]).catch((error) => {
    if (!isProblem(error) || error.code !== 'financing.not_settlement') throw error;
    const amountRial = BigInt(String(error.details.recordRial));
    return settleLoans(tx, act(), [{ ...input, amountRial }]);
  });
}

function application(pick: number) {
  return {
    person: person(),
    household: {
      countyId: pick % 2 ? 401 : 407,
      area: pick % 3 ? ('urban' as const) : ('rural' as const),
    },
    kind: pick % 4 ? ('independent' as const) : ('supporter' as const),
    occupationId: ['tailoring', 'carpet-weaving', 'typing'][pick % 3] ?? 'tailoring',
    happenedOn: day,
  };
}

function referral(caseId: string, pick: number) {
  return {
    caseId,
    bankId: pick % 2 ? 'MELLAT' : 'SADERAT',
    creditLineId: 'home-jobs',
    requestedRial: 400_000_000n,
    people: 1,
    covered: 6,
    happenedOn: day,
  };
}

function payment(caseId: string, pick: number) {
  const amountRial = BigInt(100_000_000 + pick);
  return { caseId, amountRial, bankReference: `r${serial}`, happenedOn: day };
}

function job(caseId: string) {
  const relation = 'household' as const;
  // Long ago, so that it can be found alive; more people than were promised raise the promise.
  const days = { startedOn: addDays(day, -400), happenedOn: day };
  return { caseId, person: person(), relation, ...days, raise: null };
}

/** What becomes of the newest job that it can become of. */
async function jobDeed(tx: Tx, deed: 'verify' | 'alive' | 'end' | 'again', pick: number) {
  const states = { verify: 'registered', alive: 'verified', end: 'alive', again: 'verified' };
  const jobs = tx.selectFrom('jobs').select('id').where('state', '=', states[deed]);
  const found = await jobs.orderBy('id', 'desc').executeTakeFirst();
  const jobId = found?.id ?? uuid7(0);
  const seen = { jobId, through: 'phone' as const, detail: 'آزمون' };
  if (deed === 'verify') return verifyJobs(tx, act(), [seen]);
  if (deed === 'alive') return confirmAlive(tx, act(), reference, [seen]);
  if (deed === 'end') return endJobs(tx, act(), [{ jobId, reason: 'آزمون', endedOn: day }]);
  await drawRechecks(tx, act(), reference);
  const drawn = tx.selectFrom('job_rechecks').select('job_id').where('drawn', '=', true);
  const open = await drawn.where('outcome', 'is', null).executeTakeFirstOrThrow();
  const look = { jobId: open.job_id, agrees: pick % 2 > 0, note: 'آزمون' };
  return recheckJobs(tx, { ...act(), actorId: second }, [look]);
}

/** What chance throws. */
export const move = fc.record({
  // Opening, signing, granting, referring and paying more often than the rest, so that cases get far.
  kind: fc.constantFrom(
    0,
    1,
    1,
    2,
    2,
    3,
    3,
    3,
    4,
    5,
    6,
    6,
    6,
    7,
    8,
    8,
    8,
    9,
    9,
    10,
    11,
    12,
    13,
    14,
    14,
    15,
    16,
    ...[9, 17, 17, 18, 19, 20],
  ),
  pick: fc.nat({ max: 400 }),
  wait: fc.constantFrom(0, 0, 0, 1, 2),
});

/** A story that reaches every measure, as `act:case`; chance comes after it and takes some of it back. */
export const opening: Move[] = [
  // Refused; granted and revoked; returned by the bank; refused by it.
  '0:1 4:0 0:1 2:1 3:1 5:1 1:1 6:2 7:2 1:1 6:3 13:3',
  // Paid, repaid and settled, with jobs of every fate.
  '1:1 6:4 8:4 8:4 9:4 9:4 17:4 20:4 17:4 20:5 18:4 19:4 14:4 16:4',
  // Two more that are settled; a supporter's household counts for no job, and its loan is recalled.
  '1:1 6:5 8:5 16:5 1:1 6:6 8:6 16:6 1:4 6:7 8:7 9:7 15:7',
]
  .flatMap((line) => line.split(' '))
  .map((one) => one.split(':').map(Number))
  .map(([kind = 0, pick = 0]) => ({ kind, pick, wait: 0 }));
