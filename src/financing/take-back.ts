import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { clearPlans, getCasesForUpdate, linkPlans, type TakeBackInput } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps } from '../platform/history.ts';
import type { StoredRow } from '../platform/history-row.ts';
import { getNewest, newestSteps, reversalOf } from '../platform/standing.ts';
import { linkOf } from './actions.ts';
import { moveHolds } from './allocations/rooms.ts';
import { financingCounts } from './counts.ts';
import { heldBySteps } from './holds.ts';
import { loanVerbs } from './loans/steps.ts';
import { isLoanStep, takeBackLoans } from './loans/take-back.ts';
import {
  closeLoans,
  getPlansForUpdate,
  type MovedPlan,
  type PlanRow,
  saveMovedPlans,
  voidTranches,
} from './queries.ts';
import { type PlanState, planSteps } from './rules.ts';

const verbs = [...Object.keys(planSteps.steps), ...loanVerbs];

/**
 * Takes back the newest step of each case, if it is one of its plan's or loan's: a payment that was
 * not made, a referral to the wrong bank, a repayment of somebody else's. The first payment taken back
 * closes the holder's loan again, and the plan is no longer a funded one. All or none.
 * What a plan held it gives back, or holds again.
 * @throws Problem `platform.not_found`, `platform.later_step` (409), `financing.reason_missing` (422),
 * `financing.over_ceiling` (409) when others took what it would hold again
 */
export async function takeBackPlanStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly TakeBackInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  await getCasesForUpdate(tx, act.provinceId, ids);
  const newest = await newestSteps(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const doing = inputs.map(({ caseId, reason }) => {
    if (!reason.trim()) throw new Problem('financing.reason_missing');
    const { step, before } = getNewest(newest, caseId, verbs);
    return { reason, plan: plans.get(caseId) as PlanRow, step, before };
  });
  const reversals = doing.map(({ step, reason }) => reversalOf(step, normaliseText(reason)));
  const written = await recordSteps(tx, act, financingCounts, reversals);
  const taken = doing.map((one, at) => ({
    ...one,
    planId: String(one.step.facts.plan),
    by: written[at] ?? '',
  }));
  await takeBackLoans(tx, act, taken);
  const ofPlans = doing.filter(({ step }) => !isLoanStep(step));
  await voidPayments(tx, act, ofPlans);
  const moved = ofPlans.map(({ plan, step, before }) => movedBack(plan, step, before));
  await saveMovedPlans(tx, act, moved);
  const plansBefore = ofPlans.map(({ plan }) => plan);
  await moveHolds(tx, act.provinceId, reference, heldBySteps(plansBefore, moved));
  await relink(
    tx,
    act,
    reference,
    ofPlans.map(({ plan }, at) => [plan, moved[at] as MovedPlan]),
  );
}

async function voidPayments(
  tx: Tx,
  act: Act,
  doing: readonly { plan: PlanRow; step: StoredRow }[],
): Promise<void> {
  const payments = doing.filter(({ step }) => step.verb === 'financing.pay');
  await voidTranches(
    tx,
    act,
    payments.map(({ plan }) => ({ planId: plan.id, number: plan.tranches })),
  );
  const firsts = payments.filter(({ step }) => step.from !== 'paying');
  await closeLoans(
    tx,
    act.provinceId,
    firsts.map(({ plan }) => plan.id),
  );
}

function movedBack(plan: PlanRow, step: StoredRow, before: StoredRow | undefined): MovedPlan {
  const paid = step.verb === 'financing.pay' ? (step.rial ?? 0n) : 0n;
  return {
    id: plan.id,
    state: (step.from ?? 'void') as PlanState,
    since: before?.happenedOn ?? step.happenedOn,
    approvedRial: step.verb === 'financing.contract' ? null : plan.approvedRial,
    paidRial: plan.paidRial - paid,
  };
}

/** The case stands where its plan does; without a plan it stands where its permit left it. */
async function relink(
  tx: Tx,
  act: Act,
  reference: Reference,
  moved: readonly [PlanRow, MovedPlan][],
): Promise<void> {
  const gone = moved.filter(([, { state }]) => state === 'void');
  const back = moved.filter(([, { state }]) => state !== 'void');
  await clearPlans(
    tx,
    act.provinceId,
    gone.map(([plan]) => plan.caseId),
  );
  const links = back.map(([plan, { state, since }]) =>
    linkOf(act, reference, plan.caseId, plan.bankId, state, since),
  );
  await linkPlans(tx, act.provinceId, links);
}
