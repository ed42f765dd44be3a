import type { PlanRow } from '../financing/index.ts';
import type { CaseRow } from '../permits/index.ts';
import type { Step } from '../platform/history.ts';
import { beside } from '../platform/standing.ts';
import type { SupervisedPlan } from './rules.ts';

/** A plan with its case, both locked. */
export type Looked = { readonly plan: PlanRow; readonly it: CaseRow };

/** A plan as supervision's rules ask about it. */
export function supervised(plan: PlanRow): SupervisedPlan {
  const { state, tranches, paidRial, loanEnded } = plan;
  return {
    state,
    tranches,
    paidRial,
    loanEnded,
    limitRial: plan.approvedRial ?? plan.requestedRial,
  };
}

/** A step of supervision in the record of its case: beside the chain of the case's own states. */
export function stepOf(
  { plan, it }: Looked,
  step: Pick<Step, 'id' | 'verb' | 'from' | 'to' | 'happenedOn' | 'reason' | 'facts'>,
): Step {
  return {
    ...step,
    caseId: it.id,
    personId: plan.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    facts: { ...beside, plan: plan.id, ...step.facts },
  };
}
