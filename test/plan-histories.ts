import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { type Reference, referenceOf } from '../src/accounts/index.ts';
import { checkProvince } from '../src/figures/index.ts';
import { orderPayments } from '../src/financing/bank-files/orders.ts';
import { recordPayments } from '../src/financing/index.ts';
import { decodeCode } from '../src/kit/code.ts';
import { isProblem } from '../src/kit/problem.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { planVisits, recordVisits } from '../src/supervision/index.ts';
import { askOverride, decideOverride } from '../src/supervision/overrides.ts';
import { takeBackVisit } from '../src/supervision/take-back.ts';
import { contractedPlans } from './contracted-plans.ts';
import { type TestHouse, testHouse } from './house.ts';
import { demandPeopleOnce, isJobDeed, jobDeeds, workOn } from './job-histories.ts';
import { passingAnswers, visitor } from './passed-visits.ts';

/** What can happen to a plan, in any order that chance throws. */
const deeds = [
  ...(['order', 'order', 'order', 'order', 'pay', 'answer', 'answer'] as const),
  ...(['plan before', 'plan before', 'plan during', 'plan during', 'plan after'] as const),
  ...(['pass', 'pass', 'pass', 'pass', 'correct', 'deviate', 'back'] as const),
  ...(['ask', 'grant', 'refuse'] as const),
  ...jobDeeds,
];
type Deed = (typeof deeds)[number];

/**
 * Lived before anything is thrown: in them a tranche is ordered behind its gate, and people are
 * counted in one plan and turn up in the next, so that no demand at the end rests on chance.
 */
const certain: readonly [Deed[]][] = [
  [['plan before', 'pass', 'order', 'answer', ...Array<Deed>(12).fill('hire')]],
  [['ask', 'grant', 'order', 'answer', ...Array<Deed>(12).fill('hire')]],
];

const day = '2022-06-22';
let house: TestHouse;
let reference: Reference;
let people: readonly [string, string];

const inProvince = <T>(work: (tx: Tx) => Promise<T>) =>
  house.database.transaction(provinceContext(4), work);

function act(actorId: string | null = people?.[0] ?? null): Act {
  const now = house.clock.now();
  return { provinceId: 4, actorId, organisationId: null, now, today: day, opId: randomUUID() };
}

type At = { readonly caseId: string; readonly nth: number };

/** What an act would be asked of: the case's newest visit or request that fits, where there is one. */
async function newest(tx: Tx, { caseId }: At, table: 'visits' | 'gate_overrides', state: string[]) {
  const found = tx.selectFrom(table).select('id').where('case_id', '=', caseId);
  const row = await found.where('state', 'in', state).orderBy('id', 'desc').executeTakeFirst();
  return row?.id ?? randomUUID();
}

async function stageOf(tx: Tx, visitId: string): Promise<keyof typeof passingAnswers> {
  const row = await tx
    .selectFrom('visits')
    .select('stage')
    .where('id', '=', visitId)
    .executeTakeFirst();
  return (row?.stage ?? 'before') as keyof typeof passingAnswers;
}

async function record(tx: Tx, at: At, deed: 'pass' | 'correct' | 'deviate'): Promise<void> {
  const visitId = await newest(tx, at, 'visits', ['assigned']);
  const seen = { visitId, answers: passingAnswers[await stageOf(tx, visitId)], visitedOn: day };
  if (deed === 'pass') return recordVisits(tx, act(), reference, 'supervision.pass', [seen]);
  const note = 'x';
  if (deed === 'correct') {
    const ordered = [{ ...seen, note }];
    return recordVisits(tx, act(), reference, 'supervision.orderCorrection', ordered);
  }
  const found = [{ ...seen, note, deviation: 'closed' as const }];
  return recordVisits(tx, act(), reference, 'supervision.findDeviation', found);
}

async function decide(tx: Tx, at: At, deed: 'grant' | 'refuse'): Promise<void> {
  const id = await newest(tx, at, 'gate_overrides', ['asked']);
  const verb = deed === 'grant' ? 'supervision.grantOverride' : 'supervision.refuseOverride';
  // Sometimes whoever asked tries to decide.
  const who = people[at.nth % 3 === 0 ? 0 : 1];
  await decideOverride(tx, act(who), verb, { id, reason: 'x' });
}

async function pay(tx: Tx, { caseId, nth }: At): Promise<void> {
  const bankReference = `${caseId} ${nth}`;
  const payment = { caseId, amountRial: 100_000_000n, bankReference, happenedOn: day };
  await recordPayments(tx, act(), reference, [payment]);
}

/** The bank's answer to what is pending: paid with its payment, so that the next can be ordered. */
async function answer(tx: Tx, at: At): Promise<void> {
  const { rows } = await sql`update payment_orders set state = 'returned',
      returned_rial = amount_rial
    where case_id = ${at.caseId} and state = 'pending' returning id`.execute(tx);
  if (rows.length > 0) await pay(tx, at);
}

async function carryOut(tx: Tx, at: At, deed: Deed): Promise<void> {
  const { caseId } = at;
  if (isJobDeed(deed)) return workOn(tx, act(people[at.nth % 2]), reference, at, deed);
  switch (deed) {
    case 'order':
      await orderPayments(tx, act(), [{ caseId, amountRial: 100_000_000n }]);
      return;
    case 'pay':
      return pay(tx, at);
    case 'answer':
      return answer(tx, at);
    case 'plan before':
    case 'plan during':
    case 'plan after': {
      const stage = deed.slice('plan '.length) as 'before' | 'during' | 'after';
      const visit = { caseId, stage, assigneeId: people[0], happenedOn: day };
      await planVisits(tx, act(), reference, [visit]);
      return;
    }
    case 'back': {
      const visitId = await newest(tx, at, 'visits', ['assigned', 'passed', 'deviation']);
      return takeBackVisit(tx, act(), { visitId, reason: 'x' });
    }
    case 'ask':
      await askOverride(tx, act(), caseId, 'x');
      return;
    case 'grant':
    case 'refuse':
      return decide(tx, at, deed);
    default:
      return record(tx, at, deed);
  }
}

/** A deed that the rules refuse leaves nothing behind; anything else is a fault of the product. */
async function attempt(at: At, deed: Deed): Promise<void> {
  await inProvince((tx) => carryOut(tx, at, deed)).catch((error) => {
    const known = isProblem(error) || String(error?.code).startsWith('23');
    if (!known) throw error;
  });
}

/** Throws random histories at plans, and then asks whether any tranche was ordered before its gate. */
export async function throwHistories(runs: number): Promise<void> {
  house = await testHouse();
  reference = await referenceOf(house.database);
  people = await inProvince(async (tx) => [
    await visitor(tx, act(null)),
    await visitor(tx, act(null)),
  ]);
  let serial = 2000;
  const histories = fc.array(fc.constantFrom(...deeds), { minLength: 12, maxLength: 40 });
  const live = async (history: readonly Deed[]) => {
    serial += 1;
    const wanted = { bankId: 'MELLAT', rial: 300_000_000n, visited: false };
    const [code = ''] = await contractedPlans(house, { ...wanted, serials: [serial] });
    const caseId = decodeCode(code)?.id ?? '';
    for (const [nth, deed] of history.entries()) await attempt({ caseId, nth }, deed);
  };
  await fc.assert(fc.asyncProperty(histories, live), {
    ...{ numRuns: runs, examples: [...certain], endOnFailure: true },
  });
  await demandGated();
  await demandPeopleOnce(inProvince);
  await house.close();
}

/** Ids are made in their order in time, so an order that is older than its release shows. */
async function demandGated(): Promise<void> {
  const { rows } = await inProvince((tx) =>
    sql<{ ordered: bigint; before: bigint }>`
      select count(*) as ordered, count(*) filter (where h.id is null or h.id > o.id) as before
      from payment_orders o
      left join tranche_passes s on s.id = o.pass_id and s.plan_id = o.plan_id
        and s.number = o.tranche_number
      left join history h on h.id = s.step_id and h.sign = 1
        and h.facts ->> 'tranche' = o.tranche_number::text
        and h.facts ->> 'plan' = o.plan_id::text
        and h.verb in ('supervision.pass', 'supervision.grantOverride')
        and not exists (select 1 from history r where r.reverses = h.id)`.execute(tx),
  );
  expect(rows[0]?.before).toBe(0n);
  expect(rows[0]?.ordered).toBeGreaterThan(0n);
  const { checks } = await checkProvince(house.database, 4);
  // The banks' answers are made by hand here, so the orders' own check finds them.
  const others = checks.filter(({ name }) => name !== 'financing.orders');
  expect(others.flatMap(({ differences }) => differences)).toEqual([]);
}
