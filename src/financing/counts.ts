import type { Count, Measure } from '../platform/counts.ts';

/** A plan is funded once, by its first payment, however many tranches follow. */
export const financingCounts: readonly Count[] = [
  { measure: 'plans_referred', verb: 'financing.refer', add: 'one' },
  { measure: 'rial_requested', verb: 'financing.refer', add: 'rial' },
  { measure: 'jobs_expected', verb: 'financing.refer', add: 'people' },
  { measure: 'plans_returned', verb: 'financing.returnPlan', add: 'one' },
  { measure: 'plans_refused', verb: 'financing.refusePlan', add: 'one' },
  {
    measure: 'plans_funded',
    verb: 'financing.pay',
    from: ['referred', 'file_opened', 'contracted'],
    add: 'one',
  },
  { measure: 'tranches_paid', verb: 'financing.pay', add: 'one' },
  { measure: 'rial_paid', verb: 'financing.pay', add: 'rial' },
  { measure: 'rial_repaid', verb: 'financing.repay', add: 'rial' },
  { measure: 'rial_repaid', verb: 'financing.recover', add: 'rial' },
  { measure: 'loans_settled', verb: 'financing.settle', add: 'one' },
  { measure: 'loans_recalled', verb: 'financing.recallLoan', add: 'one' },
];

export const financingMeasures: readonly Measure[] = [
  { name: 'plans_referred', unit: 'count' },
  { name: 'plans_returned', unit: 'count' },
  { name: 'plans_refused', unit: 'count' },
  { name: 'plans_funded', unit: 'count' },
  { name: 'tranches_paid', unit: 'count' },
  { name: 'rial_requested', unit: 'rial' },
  { name: 'rial_paid', unit: 'rial' },
  { name: 'rial_repaid', unit: 'rial' },
  { name: 'loans_settled', unit: 'count' },
  { name: 'loans_recalled', unit: 'count' },
  { name: 'jobs_expected', unit: 'people' },
];
