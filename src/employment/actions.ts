import { sql } from 'kysely';
import {
  checkPerson,
  cleanPerson,
  findByNationalId,
  type KnownPerson,
  knowPeople,
  type PersonInput,
  type Reference,
  showTo,
} from '../accounts/index.ts';
import { getPlansForUpdate, type PlanRow } from '../financing/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, findCases, getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { beside } from '../platform/standing.ts';
import { employmentCounts } from './counts.ts';
import { findKnownJobs, type KnownJob } from './queries.ts';
import {
  type CountedDays,
  checkJob,
  countedDays,
  jobSteps,
  promiseMissing,
  type Relation,
  type Tally,
  type UncountedFor,
  uncountedFor,
} from './rules.ts';
import { countRuleOn } from './settings.ts';
import { changeTallies, countPeople, findCounted, findTallies } from './tallies.ts';

/** A job that exists: one person at work in one plan. */
export type RegisterInput = {
  /** The case of the plan, not the worker's own. */
  readonly caseId: string;
  readonly person: PersonInput;
  readonly relation: Relation;
  readonly startedOn: string;
  /** The day it counts on. */
  readonly happenedOn: string;
  /** The person is at work elsewhere already, and this is true as well: it is recorded, uncounted. */
  readonly asSecond?: boolean;
  /**
   * Why more people are at work than were promised (null: a register says so); the promise is raised by
   * them. Absent = nobody said.
   */
  readonly raise?: string | null;
};

/** Who is known, and who is or was at work, by national ID, growing with each registration. */
export type JobsHeld = {
  readonly reference: Reference;
  readonly people: Map<string, KnownPerson>;
  readonly jobs: Map<string, KnownJob>;
  /** The days in which people of the whole country are counted already. */
  readonly counted: Map<string, CountedDays[]>;
  /** By plan. */
  readonly tallies: Map<string, Tally>;
};

/** A registration that may be written: the worker clean, with the plan and its case. */
export type JudgedJob = {
  readonly id: string;
  readonly input: RegisterInput;
  readonly plan: PlanRow;
  readonly it: CaseRow;
  /** The days in which the person counts for this job, or why they do not. */
  readonly counts: CountedDays | UncountedFor;
  /** The step by which the plan's promise was raised for this person. */
  readonly raise: string | null;
};

type Registering = JudgedJob & { readonly personId: string };

/**
 * Registers jobs. A national ID counts once in a period in the whole country; who is at work elsewhere is
 * recorded a second time only where that was asked for. Needs a transaction that sees the whole province.
 * All or none.
 * @returns the jobs' ids
 * @throws Problem `financing.no_plan`, `employment.already_at_work`, `employment.*` from the rules
 */
export async function registerJobs(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly RegisterInput[],
): Promise<string[]> {
  const ids = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const book = await findCases(tx, act.provinceId, { ids });
  const nationalIds = inputs.map(({ person }) => cleanPerson(person).nationalId);
  const planIds = [...plans.values()].map(({ id }) => id);
  const held = await holdJobs(tx, act.provinceId, reference, { nationalIds, planIds });
  const judged = inputs.map((input) => {
    const plan = plans.get(input.caseId) as PlanRow;
    const it = cases.get(input.caseId) as CaseRow;
    const holder = book.byId(input.caseId)?.person.nationalId ?? '';
    return judgeJob(act, held, { plan, it, holder }, input);
  });
  await writeJobs(tx, act, judged);
  return judged.map(({ id }) => id);
}

/** What {@link judgeJob} has to know of these people and plans. */
export async function holdJobs(
  tx: Tx,
  provinceId: number,
  reference: Reference,
  { nationalIds, planIds }: { nationalIds: readonly string[]; planIds: readonly string[] },
): Promise<JobsHeld> {
  return {
    reference,
    people: await findByNationalId(tx, provinceId, nationalIds),
    jobs: await findKnownJobs(tx, provinceId, nationalIds),
    counted: await findCounted(tx, nationalIds),
    tallies: await findTallies(tx, provinceId, planIds),
  };
}

/**
 * Judges one registration, and lets those judged after it see it: the one validator of a single act
 * and of a register's rows.
 * @throws Problem as {@link registerJobs}
 */
export function judgeJob(
  act: Act,
  held: JobsHeld,
  to: { plan: PlanRow; it: CaseRow; holder: string },
  given: RegisterInput,
): JudgedJob {
  const input = { ...given, person: cleanPerson(given.person) };
  const { nationalId } = input.person;
  checkPerson(held.people.get(nationalId), input.person);
  checkJob({ ...input, isHolder: nationalId === to.holder }, to.plan, act.today);
  const { caseId, relation, startedOn } = input;
  const job = held.jobs.get(nationalId);
  const running = job?.ended ? undefined : job;
  if (running && (running.caseId === caseId || !input.asSecond)) {
    throw new Problem('employment.already_at_work', { since: running.startedOn });
  }
  const counts = countsAs(act, held, to.it, input);
  const raise = typeof counts === 'string' ? null : promised(act, held, to.plan, input);
  if (!running)
    held.jobs.set(nationalId, { nationalId, caseId, relation, startedOn, ended: false });
  return { id: uuid7(act.now.getTime()), input, plan: to.plan, it: to.it, counts, raise };
}

/** The days in which the person counts for this job from now on, or why they do not. */
function countsAs(
  { provinceId }: Act,
  { reference, counted }: JobsHeld,
  { dims }: CaseRow,
  { person: { nationalId }, relation, happenedOn }: RegisterInput,
): CountedDays | UncountedFor {
  const { relations, months } = countRuleOn(reference, provinceId, happenedOn);
  const days = countedDays(happenedOn, months);
  const already = counted.get(nationalId) ?? [];
  const why = uncountedFor({ kind: dims.kind, relation }, days, { relations, counted: already });
  if (why === null) counted.set(nationalId, [...already, days]);
  return why ?? days;
}

/** Takes one of the people that the plan promised, or raises the promise: then the id of that step. */
function promised(act: Act, { tallies }: JobsHeld, plan: PlanRow, input: RegisterInput) {
  const tally = tallies.get(plan.id) ?? { expected: 0, registered: 0 };
  const missing = promiseMissing(tally, input.raise);
  const { expected, registered } = tally;
  tallies.set(plan.id, { expected: expected + missing, registered: registered + 1 });
  return missing > 0 ? uuid7(act.now.getTime()) : null;
}

/** Writes registrations that were judged: people, jobs, steps, who may see the people. */
export async function writeJobs(tx: Tx, act: Act, judged: readonly JudgedJob[]): Promise<void> {
  const doing: Registering[] = [];
  for (const [agencyId, group] of Map.groupBy(judged, ({ it }) => it.dims.agencyId)) {
    const persons = group.map(({ input }) => input.person);
    const people = await knowPeople(tx, act, agencyId, persons);
    doing.push(...group.map((one, at) => ({ ...one, personId: people[at]?.id ?? '' })));
  }
  await insertJobs(tx, act, doing);
  const raises = doing.filter(({ raise }) => raise !== null).map(raiseStep);
  await recordSteps(tx, act, employmentCounts, [...raises, ...doing.map(jobStep)]);
  await countJobs(tx, act, doing);
  for (const [bankId, group] of Map.groupBy(doing, ({ plan }) => plan.bankId)) {
    const ids = group.map(({ personId }) => personId);
    await showTo(tx, act.provinceId, bankId, ids);
  }
}

/** The people who count, each once, and how far their plans have come with them. */
async function countJobs(tx: Tx, act: Act, doing: readonly Registering[]): Promise<void> {
  const counted = doing.flatMap(({ counts, id: jobId, input }) =>
    typeof counts === 'string' ? [] : { ...counts, jobId, nationalId: input.person.nationalId },
  );
  await countPeople(tx, act.provinceId, counted);
  const changes = doing
    .filter(({ counts }) => typeof counts !== 'string')
    .map(({ plan, raise }) => {
      const { id: planId, caseId } = plan;
      return { planId, caseId, registered: 1, expected: raise === null ? 0 : 1 };
    });
  await changeTallies(tx, act.provinceId, changes);
}

async function insertJobs(tx: Tx, act: Act, doing: readonly Registering[]): Promise<void> {
  const of = <T>(pick: (one: Registering) => T) => doing.map(pick);
  const why = ({ counts }: Registering) => (typeof counts === 'string' ? counts : null);
  const state = (one: Registering) => (why(one) === null ? 'registered' : 'uncounted');
  await sql`
    insert into jobs (province_id, id, plan_id, case_id, holder_id, person_id, relation, agency_id, bank_id,
      started_on, registered_on, state, uncounted_for, registered_by)
    select ${act.provinceId}::integer, i.*, ${act.actorId}::uuid
    from unnest(${of((d) => d.id)}::uuid[], ${of((d) => d.plan.id)}::uuid[],
      ${of((d) => d.it.id)}::uuid[], ${of((d) => d.plan.personId)}::uuid[],
      ${of((d) => d.personId)}::uuid[],
      ${of((d) => d.input.relation)}::text[], ${of((d) => d.plan.agencyId)}::text[],
      ${of((d) => d.plan.bankId)}::text[], ${of((d) => d.input.startedOn)}::date[],
      ${of((d) => d.input.happenedOn)}::date[], ${of(state)}::text[], ${of(why)}::text[]) as i`.execute(
    tx,
  );
}

function jobStep({ id, input, personId, plan, it, counts, raise }: Registering): Step {
  const verb = typeof counts === 'string' ? 'employment.registerUncounted' : 'employment.register';
  return {
    caseId: it.id,
    verb,
    from: null,
    to: nextState(jobSteps, verb, null),
    happenedOn: input.happenedOn,
    personId,
    // The sex of the person at work, not of the plan's holder.
    dims: { ...it.dims, bankId: plan.bankId, sex: input.person.sex },
    people: 1,
    facts: {
      ...{ job: id, plan: plan.id, relation: input.relation, started_on: input.startedOn },
      ...(typeof counts === 'string' ? { uncounted_for: counts } : { counts_until: counts.until }),
      ...(raise === null ? {} : { raise }),
    },
  };
}

/** The plan promises one person more; it stands beside the chain, as the promise is no state of the case. */
function raiseStep({ raise, input, plan, it }: Registering): Step {
  return {
    ...(raise === null ? {} : { id: raise }),
    ...{ caseId: it.id, verb: 'employment.raisePromise', from: 'promised', to: 'promised' },
    happenedOn: input.happenedOn,
    personId: it.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    reason: input.raise ? normaliseText(input.raise) : null,
    people: 1,
    facts: { ...beside, plan: plan.id },
  };
}
