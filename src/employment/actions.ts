import { sql } from 'kysely';
import { knowPeople, type PersonInput, showTo } from '../accounts/index.ts';
import { getPlansForUpdate, type PlanRow } from '../financing/index.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { employmentCounts } from './counts.ts';
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

type Registering = {
  readonly id: string;
  readonly input: RegisterInput;
  readonly personId: string;
  readonly plan: PlanRow;
  readonly it: CaseRow;
};

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
  const doing: Registering[] = [];
  for (const [agencyId, group] of Map.groupBy(
    inputs,
    ({ caseId }) => cases.get(caseId)?.dims.agencyId,
  )) {
    const { people, differences } = await knowPeople(
      tx,
      act,
      agencyId ?? '',
      group.map((i) => i.person),
    );
    const [difference] = differences;
    if (difference) throw new Problem('accounts.person_differs', { ...difference });
    for (const [at, input] of group.entries()) {
      const plan = plans.get(input.caseId) as PlanRow;
      const it = cases.get(input.caseId) as CaseRow;
      const personId = people[at]?.id ?? '';
      checkJob({ ...input, isHolder: personId === it.personId }, plan, act.today);
      doing.push({ id: uuid7(act.now.getTime()), input, personId, plan, it });
    }
  }
  await insertJobs(tx, act, doing);
  await recordSteps(tx, act, employmentCounts, doing.map(jobStep));
  for (const [bankId, group] of Map.groupBy(doing, ({ plan }) => plan.bankId)) {
    await showTo(
      tx,
      act.provinceId,
      bankId,
      group.map(({ personId }) => personId),
    );
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
