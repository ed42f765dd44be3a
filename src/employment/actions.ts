import { sql } from 'kysely';
import {
  checkPerson,
  cleanPerson,
  findByNationalId,
  type KnownPerson,
  knowPeople,
  type PersonInput,
  showTo,
} from '../accounts/index.ts';
import { getPlansForUpdate, type PlanRow } from '../financing/index.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, findCases, getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { employmentCounts } from './counts.ts';
import { findRunningJobs, type KnownJob } from './queries.ts';
import { checkJob, jobSteps, type Relation } from './rules.ts';

/** A job that exists: one person at work in one plan. */
export type RegisterInput = {
  /** The case of the plan, not the worker's own. */
  readonly caseId: string;
  readonly person: PersonInput;
  readonly relation: Relation;
  readonly startedOn: string;
  /** The day it counts on. */
  readonly happenedOn: string;
};

/** Who is known, and who is at work already, by national ID, growing with each registration. */
export type JobsHeld = {
  readonly people: Map<string, KnownPerson>;
  readonly running: Map<string, KnownJob>;
};

/** A registration that may be written: the worker clean, with the plan and its case. */
export type JudgedJob = {
  readonly id: string;
  readonly input: RegisterInput;
  readonly plan: PlanRow;
  readonly it: CaseRow;
};

type Registering = JudgedJob & { readonly personId: string };

/**
 * Registers jobs. A national ID holds one running job in the province, so nobody counts twice.
 * Needs a transaction that sees the whole province. All or none.
 * @throws Problem `financing.no_plan`, `employment.already_at_work`, `employment.*` from the rules
 */
export async function registerJobs(
  tx: Tx,
  act: Act,
  inputs: readonly RegisterInput[],
): Promise<void> {
  const ids = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const book = await findCases(tx, act.provinceId, { ids });
  const nationalIds = inputs.map(({ person }) => cleanPerson(person).nationalId);
  const held = {
    people: await findByNationalId(tx, act.provinceId, nationalIds),
    running: await findRunningJobs(tx, act.provinceId, nationalIds),
  };
  const judged = inputs.map((input) => {
    const plan = plans.get(input.caseId) as PlanRow;
    const it = cases.get(input.caseId) as CaseRow;
    const holder = book.byId(input.caseId)?.person.nationalId ?? '';
    return judgeJob(act, held, { plan, it, holder }, input);
  });
  await writeJobs(tx, act, judged);
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
  if (held.running.has(nationalId)) throw new Problem('employment.already_at_work');
  const { caseId, relation, startedOn } = input;
  held.running.set(nationalId, { nationalId, caseId, relation, startedOn });
  return { id: uuid7(act.now.getTime()), input, plan: to.plan, it: to.it };
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
  await recordSteps(tx, act, employmentCounts, doing.map(jobStep));
  for (const [bankId, group] of Map.groupBy(doing, ({ plan }) => plan.bankId)) {
    const ids = group.map(({ personId }) => personId);
    await showTo(tx, act.provinceId, bankId, ids);
  }
}

async function insertJobs(tx: Tx, act: Act, doing: readonly Registering[]): Promise<void> {
  const of = <T>(pick: (one: Registering) => T) => doing.map(pick);
  await sql`
    insert into jobs (province_id, id, plan_id, case_id, person_id, relation, agency_id, bank_id,
      started_on)
    select ${act.provinceId}::integer, i.*
    from unnest(${of((d) => d.id)}::uuid[], ${of((d) => d.plan.id)}::uuid[],
      ${of((d) => d.it.id)}::uuid[], ${of((d) => d.personId)}::uuid[],
      ${of((d) => d.input.relation)}::text[], ${of((d) => d.plan.agencyId)}::text[],
      ${of((d) => d.plan.bankId)}::text[], ${of((d) => d.input.startedOn)}::date[]) as i`.execute(
    tx,
  );
}

function jobStep({ id, input, personId, plan, it }: Registering): Step {
  return {
    caseId: it.id,
    verb: 'employment.register',
    from: null,
    to: nextState(jobSteps, 'employment.register', null),
    happenedOn: input.happenedOn,
    personId,
    // The sex of the person at work, not of the plan's holder.
    dims: { ...it.dims, bankId: plan.bankId, sex: input.person.sex },
    people: 1,
    facts: { job: id, plan: plan.id, relation: input.relation, started_on: input.startedOn },
  };
}
