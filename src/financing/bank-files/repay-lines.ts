import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type RepayInput, repayLoans } from '../loans/actions.ts';
import { findRepayments, repaymentKey } from '../loans/queries.ts';
import { carryTogether } from './carry-together.ts';
import type { FileKey, LineOutcome, OpenLine } from './lines.ts';

type Counter = { readonly tx: Tx; readonly act: Act };

/**
 * Books sure lines of repayments. One that the record has already under the bank's own reference (told through
 * the API, then by the statement) is only noted; what a rule refuses waits alone.
 */
export async function repayLines(
  counter: Counter,
  file: FileKey,
  held: readonly { readonly line: OpenLine }[],
): Promise<LineOutcome[]> {
  if (held.length === 0) return [];
  const due = held.map(({ line }) => line);
  const keyOf = ({ bankReference }: OpenLine) => ({ bankId: file.bankId, bankReference });
  const known = await findRepayments(counter.tx, counter.act.provinceId, due.map(keyOf));
  const outcomes: LineOutcome[] = [];
  const fresh: OpenLine[] = [];
  for (const line of due) {
    const told = known.get(repaymentKey(keyOf(line)));
    if (!told) fresh.push(line);
    else if (told.planId === line.planId && told.rial === line.amountRial)
      outcomes.push({ line: line.line, effect: 'noted', ledgerOn: null });
    else outcomes.push({ line: line.line, why: 'already_confirmed' });
  }
  const { tx, act } = counter;
  const repay = (some: readonly OpenLine[]) => repayLoans(tx, act, some.map(toRepayment(counter)));
  const booked = await carryTogether(fresh, repay, ({ line, bookedOn }) => {
    return { line, effect: 'repaid', ledgerOn: bookedOn };
  });
  return [...outcomes, ...booked];
}

function toRepayment({ act }: Counter) {
  return ({ caseId, amountRial, bankReference, bookedOn }: OpenLine): RepayInput => ({
    ...{ caseId, amountRial: amountRial ?? 0n, bankReference },
    happenedOn: bookedOn ?? act.today,
  });
}
