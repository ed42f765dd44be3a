import { Problem } from '../kit/problem.ts';
import { defineSteps } from '../kit/steps.ts';
import type { Holder } from '../permits/rules.ts';
import type { FeeShares } from './loans/rules.ts';

export const planStates = [
  'referred',
  'returned',
  'file_opened',
  'contracted',
  'paying',
  'refused',
  'withdrawn',
  'void',
] as const;
export type PlanState = (typeof planStates)[number];

/** States in which a plan asks for nothing any more: its case may be referred again, its money is free. */
export const endedPlanStates: readonly string[] = ['returned', 'refused', 'withdrawn', 'void'];

/**
 * The state table of a plan. The bank's word on a payment is the truth about it, so a payment is
 * legal from any state in which the plan is with the bank: registers often hold nothing in between.
 */
export const planSteps = defineSteps(planStates, {
  'financing.refer': { from: [null], to: 'referred' },
  'financing.returnPlan': { from: ['referred', 'file_opened'], to: 'returned' },
  'financing.openFile': { from: ['referred'], to: 'file_opened' },
  'financing.contract': { from: ['file_opened'], to: 'contracted' },
  'financing.refusePlan': { from: ['referred', 'file_opened'], to: 'refused' },
  'financing.withdrawPlan': { from: ['referred', 'file_opened', 'contracted'], to: 'withdrawn' },
  'financing.pay': { from: ['referred', 'file_opened', 'contracted', 'paying'], to: 'paying' },
});
export type PlanVerb = keyof typeof planSteps.steps;

/** Steps of a plan that carry no money. */
export const planCaseVerbs = [
  'financing.returnPlan',
  'financing.openFile',
  'financing.contract',
  'financing.refusePlan',
  'financing.withdrawPlan',
] as const satisfies readonly PlanVerb[];
export type PlanCaseVerb = (typeof planCaseVerbs)[number];

/** Who has the next move on the case while its plan is in a state. */
export function planHolder(state: PlanState): Holder {
  switch (state) {
    case 'referred':
    case 'file_opened':
    case 'contracted':
      return 'bank';
    case 'returned':
      return 'agency';
    default:
      return 'nobody';
  }
}

/** The dated setting of how long a plan may stay in a state; null where nobody is waited for. */
export function planLimit(state: PlanState): string | null {
  switch (state) {
    case 'referred':
      return 'financing.bank_reply_limit';
    case 'file_opened':
      return 'financing.contract_limit';
    case 'contracted':
      return 'financing.payment_limit';
    case 'returned':
      return 'financing.returned_limit';
    default:
      return null;
  }
}

/** The terms of a credit line on one day, as they are frozen on a plan. */
export type Terms = {
  readonly creditLineId: string;
  readonly capIndividualRial: bigint;
  /** The cap of approved occupations; null where there is no higher one. */
  readonly capApprovedRial?: bigint | null;
  readonly capSupporterRial: bigint | null;
  readonly supporterMinPeople: number | null;
  readonly supporterMaxPeople: number | null;
  readonly feeBp: number;
  /** What others bear of the fee; absent where the borrower bears all of it. */
  readonly feeShares?: FeeShares;
  readonly tenorMonths: number;
  readonly graceMonths: number;
};

/**
 * The most that a plan may ask for: an individual's cap, and for a supporter
 * min(supporter cap, people × individual cap) (Central Bank circular 04/181972, item 3; the same
 * shape in earlier years with other figures). An approved occupation has a cap of its own (item 2).
 * @throws Problem `financing.not_for_supporters`, `financing.people_out_of_bounds` (422)
 */
export function capOf(terms: Terms, kind: string, people: number, approved = false): bigint {
  if (kind !== 'supporter') {
    return (approved ? terms.capApprovedRial : null) ?? terms.capIndividualRial;
  }
  const { capSupporterRial, supporterMinPeople: min, supporterMaxPeople: max } = terms;
  if (capSupporterRial === null) throw new Problem('financing.not_for_supporters');
  if (people < (min ?? 1) || people > (max ?? Number.POSITIVE_INFINITY)) {
    throw new Problem('financing.people_out_of_bounds', { people, min: min ?? 1, max: max ?? 0 });
  }
  const byPeople = BigInt(people) * terms.capIndividualRial;
  return byPeople < capSupporterRial ? byPeople : capSupporterRial;
}

/**
 * Why a plan may not be referred, everything at once; covered people are financed through their supporter.
 * @returns Problem `financing.no_permit`, `financing.covered`, `financing.already_referred`,
 * `financing.over_cap`, `financing.before_permit` (422)
 */
export function referralFaults(
  it: { permitState: string; kind: string; planState: string | null; permitSince: string },
  plan: { requestedRial: bigint; happenedOn: string },
  capRial: bigint,
): Problem[] {
  const faults: Problem[] = [];
  if (it.permitState !== 'issued') {
    faults.push(new Problem('financing.no_permit', { state: it.permitState }));
  }
  if (it.kind === 'covered') faults.push(new Problem('financing.covered'));
  const open = it.planState !== null && !endedPlanStates.includes(it.planState);
  if (open) faults.push(new Problem('financing.already_referred'));
  if (plan.happenedOn < it.permitSince) {
    const days = { given: plan.happenedOn, record: it.permitSince };
    faults.push(new Problem('financing.before_permit', days));
  }
  if (plan.requestedRial > capRial) {
    const amounts = { givenRial: plan.requestedRial.toString(), capRial: capRial.toString() };
    faults.push(new Problem('financing.over_cap', amounts));
  }
  return faults;
}

/** Whether a plan may be referred. @throws the first of {@link referralFaults} */
export function checkReferral(
  it: Parameters<typeof referralFaults>[0],
  plan: Parameters<typeof referralFaults>[1],
  capRial: bigint,
): void {
  const [first] = referralFaults(it, plan, capRial);
  if (first) throw first;
}

/**
 * Whether what a bank approved fits what was asked.
 * @throws Problem `financing.over_request` (422)
 */
export function checkApproval(
  { requestedRial }: { requestedRial: bigint },
  approvedRial: bigint | undefined,
): void {
  if (approvedRial === undefined || approvedRial <= requestedRial) return;
  throw new Problem('financing.over_request', {
    givenRial: approvedRial.toString(),
    recordRial: requestedRial.toString(),
  });
}

/**
 * Whether a payment fits its plan.
 * @throws Problem `financing.over_plan`, `financing.wrong_bank`, `financing.before_last_step` (422)
 */
export function checkPayment(
  plan: { bankId: string; limitRial: bigint; paidRial: bigint; stateSince: string },
  payment: { amountRial: bigint; bankId?: string | undefined; happenedOn: string },
): void {
  if (payment.bankId !== undefined && payment.bankId !== plan.bankId) {
    throw new Problem('financing.wrong_bank', { given: payment.bankId, record: plan.bankId });
  }
  if (payment.happenedOn < plan.stateSince) {
    throw new Problem('financing.before_last_step', {
      given: payment.happenedOn,
      record: plan.stateSince,
    });
  }
  const total = plan.paidRial + payment.amountRial;
  if (total > plan.limitRial) {
    throw new Problem('financing.over_plan', {
      givenRial: total.toString(),
      recordRial: plan.limitRial.toString(),
    });
  }
}
