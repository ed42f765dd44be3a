import { sql } from 'kysely';
import { isProblem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type RepayInput, repayLoans } from '../loans/actions.ts';
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
  const references = due.map(({ bankReference }) => bankReference);
  const known = await repaymentsBy(counter.tx, file, references);
  const outcomes: LineOutcome[] = [];
  const fresh: OpenLine[] = [];
  for (const line of due) {
    const told = known.get(line.bankReference);
    if (!told) fresh.push(line);
    else if (told.planId === line.planId && told.rial === line.amountRial)
      outcomes.push({ line: line.line, effect: 'noted', ledgerOn: null });
    else outcomes.push({ line: line.line, why: 'already_confirmed' });
  }
  return [...outcomes, ...(await repayTogether(counter, fresh))];
}

/** All at once; where a rule refuses one of them, one by one, so that it alone waits. */
async function repayTogether(counter: Counter, due: readonly OpenLine[]): Promise<LineOutcome[]> {
  if (due.length === 0) return [];
  try {
    await repayLoans(counter.tx, counter.act, due.map(toRepayment(counter)));
  } catch (error) {
    if (!isProblem(error)) throw error;
    const [only] = due;
    if (due.length === 1 && only) return [{ line: only.line, why: error.code }];
    const outcomes: LineOutcome[] = [];
    for (const one of due) outcomes.push(...(await repayTogether(counter, [one])));
    return outcomes;
  }
  return due.map(({ line, bookedOn }) => ({ line, effect: 'repaid', ledgerOn: bookedOn }));
}

function toRepayment({ act }: Counter) {
  return ({ caseId, amountRial, bankReference, bookedOn }: OpenLine): RepayInput => ({
    ...{ caseId, amountRial: amountRial ?? 0n, bankReference },
    happenedOn: bookedOn ?? act.today,
  });
}

/** The standing repayments of a bank under these of its references. */
async function repaymentsBy(
  tx: Tx,
  { provinceId, bankId }: Pick<FileKey, 'provinceId' | 'bankId'>,
  references: readonly string[],
): Promise<Map<string, { readonly planId: string; readonly rial: bigint }>> {
  const { rows } = await sql<{ bank_reference: string; plan_id: string; amount_rial: bigint }>`
    select bank_reference, plan_id, amount_rial from repayments
    where province_id = ${provinceId} and bank_id = ${bankId}
      and bank_reference = any(${references}::text[]) and taken_back_at is null`.execute(tx);
  return new Map(
    rows.map((row) => [row.bank_reference, { planId: row.plan_id, rial: row.amount_rial }]),
  );
}
