import { dueBy, type Reference, showTo } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import {
  type CaseRow,
  getCasesForUpdate,
  linkPlans,
  type PlanLink,
  showPlaces,
} from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { nameUnderPlans } from '../supporters/index.ts';
import { moveHolds, openRooms } from './allocations/rooms.ts';
import { financingCounts } from './counts.ts';
import { heldBy, heldBySteps } from './holds.ts';
import { type JudgedReferral, judgeReferral, type ReferInput } from './judge-referral.ts';
import {
  getPlansForUpdate,
  insertPlans,
  type PlanRow,
  saveMovedPlans,
  termsJson,
} from './queries.ts';
import {
  checkApproval,
  type PlanCaseVerb,
  type PlanState,
  planHolder,
  planLimit,
  planSteps,
} from './rules.ts';

/**
 * Refers plans to agent banks; what the decision used of the credit line is frozen on them, and what
 * they ask for is taken from every ceiling they fall under.
 * @returns the plans' ids in the order of the inputs
 * @throws Problem `financing.*` from the rules, `platform.not_found`
 */
export async function referPlans(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly ReferInput[],
): Promise<string[]> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const lines = inputs.map(({ creditLineId }) => creditLineId);
  const rooms = await openRooms(tx, act.provinceId, reference, { lines });
  const judged = inputs.map((input) =>
    judgeReferral(act, rooms, cases.get(input.caseId) as CaseRow, input),
  );
  await writeReferrals(tx, act, reference, judged);
  return judged.map(({ plan }) => plan.id);
}

/** Writes referrals that were judged: plans, steps, where the cases stand, who may see the people. */
export async function writeReferrals(
  tx: Tx,
  act: Act,
  reference: Reference,
  judged: readonly JudgedReferral[],
): Promise<void> {
  const plans = judged.map(({ plan }) => plan);
  await moveHolds(tx, act.provinceId, reference, plans.map(heldBy));
  await insertPlans(tx, act, plans);
  const supporting = plans.filter(({ kind }) => kind === 'supporter');
  await nameUnderPlans(
    tx,
    act,
    supporting.map(({ id, caseId, referredOn: since }) => ({ id, caseId, since })),
  );
  await recordSteps(tx, act, financingCounts, judged.map(referralStep));
  const links = plans.map(({ caseId, bankId, referredOn }) =>
    linkOf(act, reference, caseId, bankId, 'referred', referredOn),
  );
  await linkPlans(tx, act.provinceId, links);
  for (const [bankId, group] of Map.groupBy(plans, (plan) => plan.bankId)) {
    const people = group.map(({ personId }) => personId);
    await showTo(tx, act.provinceId, bankId, people);
    const cases = group.map(({ caseId }) => caseId);
    await showPlaces(tx, act.provinceId, bankId, cases);
  }
}

function referralStep({ plan, it, eligibility }: JudgedReferral): Step {
  const facts = {
    plan: plan.id,
    cap_rial: plan.capRial.toString(),
    terms: termsJson(plan.terms),
    ...(plan.allocationId === null ? {} : { allocation: plan.allocationId }),
    ...(plan.quotas.length > 0 && { quotas: plan.quotas }),
    ...(eligibility === undefined ? {} : { eligibility }),
    ...(plan.letter === null ? {} : { letter: plan.letter }),
  };
  return {
    caseId: plan.caseId,
    verb: 'financing.refer',
    from: null,
    to: nextState(planSteps, 'financing.refer', null),
    happenedOn: plan.referredOn,
    personId: plan.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    rial: plan.requestedRial,
    people: plan.people,
    facts,
  };
}

/** Where a case stands once its plan is in `state`. */
export function linkOf(
  act: Act,
  reference: Reference,
  caseId: string,
  bankId: string,
  state: PlanState,
  since: string,
): PlanLink {
  const dueOn = dueBy(reference, act.provinceId, planLimit(state), since);
  return { caseId, planState: state, bankId, holder: planHolder(state), since, dueOn };
}

export type PlanStepInput = {
  readonly caseId: string;
  readonly happenedOn: string;
  readonly reason?: string | null;
  /** For `financing.contract`: what the bank approved. */
  readonly approvedRial?: bigint;
  /** What else the step is to say, as the code of a reason. */
  readonly facts?: Readonly<Record<string, string>>;
};

/**
 * Takes one step without money on the newest plan of each case. All or none.
 * @throws Problem `financing.no_plan`, `platform.wrong_state`, `financing.before_last_step`,
 * `financing.over_request`
 */
export async function takePlanStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: PlanCaseVerb,
  inputs: readonly PlanStepInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const doing = inputs.map((input) => {
    const plan = plans.get(input.caseId) as PlanRow;
    checkOrder(plan, input, act.today);
    checkApproval(plan, input.approvedRial);
    return { input, plan, to: nextState(planSteps, verb, plan.state) };
  });
  const steps = doing.map(({ input, plan, to }) =>
    planStep(verb, plan, cases.get(input.caseId) as CaseRow, to, input),
  );
  await recordSteps(tx, act, financingCounts, steps);
  const moved = doing.map(({ input, plan, to }) => ({
    id: plan.id,
    state: to,
    since: input.happenedOn,
    approvedRial: input.approvedRial ?? plan.approvedRial,
    paidRial: plan.paidRial,
  }));
  await saveMovedPlans(tx, act, moved);
  const plansBefore = doing.map(({ plan }) => plan);
  await moveHolds(tx, act.provinceId, reference, heldBySteps(plansBefore, moved));
  const links = doing.map(({ input, plan, to }) =>
    linkOf(act, reference, input.caseId, plan.bankId, to, input.happenedOn),
  );
  await linkPlans(tx, act.provinceId, links);
}

function checkOrder(plan: PlanRow, input: PlanStepInput, today: string): void {
  if (input.happenedOn < plan.stateSince || input.happenedOn > today) {
    throw new Problem('financing.before_last_step', {
      given: input.happenedOn,
      record: plan.stateSince,
    });
  }
}

function planStep(
  verb: PlanCaseVerb,
  plan: PlanRow,
  it: CaseRow,
  to: PlanState,
  input: PlanStepInput,
): Step {
  return {
    caseId: plan.caseId,
    verb,
    from: plan.state,
    to,
    happenedOn: input.happenedOn,
    personId: plan.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    reason: input.reason ? normaliseText(input.reason) : null,
    rial: input.approvedRial ?? null,
    facts: { plan: plan.id, ...input.facts },
  };
}
