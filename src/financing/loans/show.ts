import type { Tx } from '../../platform/database.ts';
import { positionOn } from './position.ts';
import { findLoans, type ToldLoan } from './queries.ts';
import { type Line, type Loan, type LoanTerms, owed, replay } from './schedule.ts';

/** The loans of a case with their schedules as of a day; who may see it is the caller's to have asked. */
export async function loansOfCase(
  tx: Tx,
  key: { readonly provinceId: number; readonly id: string },
  today: string,
) {
  const loans = await findLoans(tx, key.provinceId, { caseIds: [key.id] });
  return [...loans.values()].filter(({ state }) => state !== 'void').map((it) => shown(it, today));
}

function shown(it: ToldLoan, today: string) {
  const loan = replay(
    it.terms,
    it.told.map(({ event }) => event),
  );
  const { principal, due, overdue, daysPastDue, settlement, next } = positionOn(loan, today);
  return {
    planId: it.planId,
    state: it.state,
    openedOn: it.openedOn,
    principalRial: principal.toString(),
    dueRial: due.toString(),
    overdueRial: overdue.toString(),
    daysPastDue,
    settlementRial: settlement.toString(),
    next: next && { dueOn: next.dueOn, amountRial: owed(next).toString() },
    lines: linesOf(loan, today),
  };
}

/** What a loan would be: the same schedule that a payment books. */
export function previewOf(terms: LoanTerms, amount: bigint, paidOn: string) {
  const loan = replay(terms, [{ kind: 'tranche', on: paidOn, rial: amount }]);
  return {
    feeRial: positionOn(loan, paidOn).feeCharged.toString(),
    lines: linesOf(loan, paidOn),
  };
}

function linesOf({ lines }: Loan, today: string) {
  const next = lines.find((line) => owed(line) > 0n && line.dueOn >= today);
  // What others bear alone is no line of the borrower's.
  const own = lines.filter((line) => line.principal + line.fee > 0n || line.others === 0n);
  return own.map((line) => ({
    number: line.number,
    dueOn: line.dueOn,
    principalRial: line.principal.toString(),
    feeRial: line.fee.toString(),
    paidRial: (line.principalPaid + line.feePaid).toString(),
    settledOn: line.settledOn,
    state: stateOf(line, next, today),
  }));
}

function stateOf(line: Line, next: Line | undefined, today: string) {
  if (owed(line) === 0n) return 'paid' as const;
  if (line.dueOn < today) return 'late' as const;
  return line === next ? ('next' as const) : ('coming' as const);
}
