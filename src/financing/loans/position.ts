import { daysBetween, type IsoDate } from '../../kit/jalali.ts';
import { feeLeft, isDue, type Line, type Loan, owed, principalLeft, sumOf } from './schedule.ts';

/** Where a loan stands on a day; rial. The events after the day are the caller's to leave out. */
export type Position = {
  /** Principal that is not repaid. */
  readonly principal: bigint;
  /** Fee that is charged and not paid, of all lines. */
  readonly fee: bigint;
  /** All that was ever charged to the borrower as fee. */
  readonly feeCharged: bigint;
  /** What other payers bear of the fee, all lines together. */
  readonly others: bigint;
  /** Of that, what belongs to lines due after the day. */
  readonly othersComing: bigint;
  /** What is due by the day and not paid: principal and fee. */
  readonly due: bigint;
  /** Of that, what was due before the day. */
  readonly overdue: bigint;
  /** Days since the oldest unpaid line was due; 0 when none is late. */
  readonly daysPastDue: number;
  /** What settles the loan on the day: all that is due, and the principal of what is not. */
  readonly settlement: bigint;
  /** The next line that is not paid. */
  readonly next: Line | null;
};

/** Where a replayed loan stands on `day`. */
export function positionOn({ lines }: Loan, day: string): Position {
  const open = lines.filter((line) => owed(line) > 0n);
  const due = open.filter(isDue(day));
  const oldest = due[0]?.dueOn;
  const principal = sumOf(open, principalLeft);
  return {
    principal,
    fee: sumOf(open, feeLeft),
    feeCharged: sumOf(lines, ({ fee }) => fee),
    others: sumOf(lines, ({ others }) => others),
    othersComing: sumOf(lines, ({ dueOn, others }) => (dueOn > day ? others : 0n)),
    due: sumOf(due, owed),
    overdue: sumOf(
      due.filter(({ dueOn }) => dueOn < day),
      owed,
    ),
    daysPastDue: oldest === undefined ? 0 : daysBetween(oldest as IsoDate, day as IsoDate),
    settlement: principal + sumOf(due, feeLeft),
    next: open[0] ?? null,
  };
}
