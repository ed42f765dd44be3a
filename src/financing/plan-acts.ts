import { type Reference, returnReasonsOn } from '../accounts/index.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { type PlanStepInput, takePlanStep } from './actions.ts';
import { askBorrowers } from './payment-asks/actions.ts';
import { type PaymentInput, recordPayments } from './payments.ts';
import type { PlanCaseVerb } from './rules.ts';

/** A step without money as a person or a bank's system asks for it, on one case. */
export type BankStep = {
  readonly caseId: string;
  /** Today when absent. */
  readonly happenedOn?: string | undefined;
  readonly approvedRial?: bigint | undefined;
  /** Of a return: one of the reference data `return_reasons`. */
  readonly reasonCode?: string | undefined;
  readonly reason?: string | undefined;
};

/**
 * Takes a bank's step on one plan. A return has a coded reason, a refusal a reason in words.
 * @throws Problem as {@link takePlanStep}, `financing.unknown_reason`, `financing.reason_missing` (422)
 */
export async function takeBankStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: PlanCaseVerb,
  { reasonCode, approvedRial, reason, ...step }: BankStep,
): Promise<void> {
  const happenedOn = step.happenedOn ?? act.today;
  if (verb === 'financing.returnPlan') demandCode(reference, act, reasonCode);
  const inWords = verb === 'financing.refusePlan' || verb === 'financing.withdrawPlan';
  if (inWords && !reason?.trim()) throw new Problem('financing.reason_missing');
  const input: PlanStepInput = {
    caseId: step.caseId,
    happenedOn,
    reason: reason ?? null,
    ...(approvedRial === undefined ? {} : { approvedRial }),
    ...(reasonCode === undefined ? {} : { facts: { reason_code: reasonCode } }),
  };
  await takePlanStep(tx, act, reference, verb, [input]);
}

/** The codes are those of the day of the report: a day that somebody wrote may be before any list. */
function demandCode(reference: Reference, act: Act, given: string | undefined): void {
  const known = returnReasonsOn(reference, act.today).map(({ id }) => id);
  if (given !== undefined && known.includes(given)) return;
  throw new Problem('financing.unknown_reason', { given: given ?? '', known: known.join(', ') });
}

/**
 * Records one payment as its bank reports it, and asks the borrower where the sample says so.
 * @throws Problem as {@link recordPayments}
 */
export async function payAndAsk(
  tx: Tx,
  act: Act,
  reference: Reference,
  publicUrl: string,
  input: PaymentInput,
): Promise<void> {
  await recordPayments(tx, act, reference, [input]);
  await askBorrowers(tx, act, reference, publicUrl, [input.caseId]);
}
