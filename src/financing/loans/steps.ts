import { defineSteps } from '../../kit/steps.ts';

export const loanStates = ['running', 'fallen_due', 'settled', 'void'] as const;
export type LoanState = (typeof loanStates)[number];

/**
 * The state table of a loan. The first payment of a plan opens it; recall and death make the whole
 * debt due at once, and what is then paid is recovered. [GK] recall: usual
 * practice; death: article 231 of the Act on Non-contentious Matters of 1319, by which debts not yet
 * due fall due with the debtor's death.
 */
export const loanSteps = defineSteps(loanStates, {
  'financing.repay': { from: ['running'], to: 'running' },
  'financing.recover': { from: ['fallen_due'], to: 'fallen_due' },
  'financing.reschedule': { from: ['running', 'fallen_due'], to: 'running' },
  'financing.recallLoan': { from: ['running'], to: 'fallen_due' },
  'financing.recordDeath': { from: ['running'], to: 'fallen_due' },
  'financing.settle': { from: ['running', 'fallen_due'], to: 'settled' },
});
export type LoanVerb = keyof typeof loanSteps.steps;

export const loanVerbs = Object.keys(loanSteps.steps) as readonly LoanVerb[];
