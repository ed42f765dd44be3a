import type { HoldMove } from './allocations/rooms.ts';
import { holdOf } from './allocations/rules.ts';
import type { MovedPlan, NewPlan, PlanRow } from './queries.ts';

/** What a new plan takes. */
export function heldBy(plan: NewPlan): HoldMove {
  const { agencyId, countyId, bankId, allocationId, requestedRial, referredOn: day } = plan;
  return {
    agencyId,
    countyId,
    bankId,
    allocationId,
    beforeRial: 0n,
    afterRial: requestedRial,
    day,
  };
}

/** What steps do to what their plans hold: each plan before its step, and as the step leaves it. */
export function heldBySteps(plans: readonly PlanRow[], moved: readonly MovedPlan[]): HoldMove[] {
  return plans.map((plan, at) => {
    const { agencyId, countyId, bankId, allocationId, requestedRial } = plan;
    const { state, approvedRial, since: day } = moved[at] as MovedPlan;
    const beforeRial = holdOf(plan);
    const afterRial = holdOf({ state, requestedRial, approvedRial });
    return { agencyId, countyId, bankId, allocationId, beforeRial, afterRial, day };
  });
}
