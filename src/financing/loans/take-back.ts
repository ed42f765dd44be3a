import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { StoredRow } from '../../platform/history-row.ts';
import { reverseTransfers } from '../ledger/transfers.ts';
import { openLoans } from '../queries.ts';
import { saveLoans, voidRepayments } from './queries.ts';
import { type LoanState, loanVerbs } from './steps.ts';

/** A step that is taken back, and the step that does so. */
export type TakenStep = {
  readonly step: StoredRow;
  readonly before: StoredRow | undefined;
  readonly by: string;
  readonly planId: string;
};

/** Whether a step is one of a loan's own, after its payments. */
export function isLoanStep({ verb }: Pick<StoredRow, 'verb'>): boolean {
  return (loanVerbs as readonly string[]).includes(verb);
}

/**
 * What goes back beside the record when steps of loans and payments are taken back: the ledger by
 * reversals, repayments, where the loans stand, and the holder's one open loan in the country.
 */
export async function takeBackLoans(tx: Tx, act: Act, taken: readonly TakenStep[]): Promise<void> {
  await reverseTransfers(
    tx,
    act,
    taken.map(({ step, by }) => ({ taken: step.id, by })),
  );
  await voidRepayments(
    tx,
    act,
    taken.filter(({ step }) => isLoanStep(step) && step.rial !== null).map(({ step }) => step.id),
  );
  const moved = taken.flatMap(({ step, before, planId }) => {
    const since = before?.happenedOn ?? step.happenedOn;
    if (isLoanStep(step)) return [{ planId, state: step.from as LoanState, since }];
    const isFirst = step.verb === 'financing.pay' && step.from !== 'paying';
    return isFirst ? [{ planId, state: 'void' as const, since }] : [];
  });
  await saveLoans(tx, act.provinceId, moved);
  const reopened = taken.filter(({ step }) => step.verb === 'financing.settle');
  await openLoans(
    tx,
    act.provinceId,
    reopened.map(({ step, planId }) => ({
      planId,
      personId: step.personId,
      on: step.happenedOn,
    })),
  );
}
