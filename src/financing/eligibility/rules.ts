import { addJalaliMonths, type IsoDate } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';

/** What an applicant declared and the officer read: the record knows none of it by itself. */
export type Declared = {
  /** Bodies that gave a like loan, by the codes of the setting `financing.like_loan_bodies`. */
  readonly likeLoanFrom: readonly string[];
  readonly insured: boolean;
  readonly publicEmployee: boolean;
};

/** The exclusions in force on a day, from dated settings of the province or the country. */
export type Exclusions = {
  readonly barredOccupations: readonly string[];
  readonly likeLoanBodies: readonly string[];
  readonly insuredBarred: boolean;
  /** Government employees of any contract type; retirees are not meant (afkarnews 1177322). */
  readonly publicBarred: boolean;
  /** Months from the first payment of an earlier loan to a second one (en.vazeh.com). */
  readonly secondLoanWaitMonths: number;
};

/** What a decision about one referral looks at, besides permit and amount; days are ISO. */
export type EligibilityFacts = {
  readonly occupationId: string;
  readonly bankId: string;
  readonly day: string;
  /** Null where nobody asked the applicant. */
  readonly declared: Declared | null;
  /** A loan of theirs is open somewhere in the country. */
  readonly openLoan: boolean;
  /** The first payment of an earlier loan here. */
  readonly earlier: { readonly paidOn: string; readonly bankId: string } | null;
  /** Until when a deviation bars them; ISO. */
  readonly barredUntil: string | null;
  readonly bankIsAgent: boolean;
};

/** Every exclusion that is not met, in words by its code; none = eligible as far as exclusions go. */
export function unmetExclusions(rules: Exclusions, facts: EligibilityFacts): Problem[] {
  const { occupationId, bankId } = facts;
  return [
    ...(facts.bankIsAgent ? [] : [new Problem('financing.not_agent_bank', { given: bankId })]),
    ...(rules.barredOccupations.includes(occupationId)
      ? [new Problem('financing.barred_occupation')]
      : []),
    ...(facts.openLoan ? [new Problem('financing.loan_elsewhere')] : []),
    ...(facts.barredUntil !== null && facts.day <= facts.barredUntil
      ? [new Problem('financing.barred_person', { until: facts.barredUntil })]
      : []),
    ...secondLoan(rules, facts),
    ...declaredFaults(rules, facts.declared),
  ];
}

/** A second loan waits, and is the same bank's (en.vazeh.com). */
function secondLoan(rules: Exclusions, { earlier, day, bankId }: EligibilityFacts): Problem[] {
  if (!earlier) return [];
  const from = addJalaliMonths(earlier.paidOn as IsoDate, rules.secondLoanWaitMonths);
  return [
    ...(day < from ? [new Problem('financing.second_loan_soon', { from })] : []),
    ...(bankId === earlier.bankId ? [] : [new Problem('financing.second_loan_bank')]),
  ];
}

/** Where a rule needs a declaration and there is none, that is what is unmet. */
function declaredFaults(rules: Exclusions, declared: Declared | null): Problem[] {
  const { likeLoanBodies, insuredBarred, publicBarred } = rules;
  const asks = insuredBarred || publicBarred || likeLoanBodies.length > 0;
  if (!declared) return asks ? [new Problem('financing.declaration_missing')] : [];
  const like = declared.likeLoanFrom.some((body) => likeLoanBodies.includes(body));
  return [
    ...(like ? [new Problem('financing.like_loan')] : []),
    ...(insuredBarred && declared.insured ? [new Problem('financing.insured')] : []),
    ...(publicBarred && declared.publicEmployee ? [new Problem('financing.public_employee')] : []),
  ];
}
