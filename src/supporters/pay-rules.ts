import { addDays, type IsoDate, isoToJalali, jalaliMonthRange } from '../kit/jalali.ts';
import { roundDiv } from '../kit/rial.ts';
import { grainsOf, type Unit } from './quantity-rules.ts';

/** The Jalali month of a day as one number: 1401/03 is 140103. */
export function monthOf(day: string): number {
  const { year, month } = isoToJalali(day as IsoDate);
  return year * 100 + month;
}

/** The first and the last day of a month, ISO. */
export function monthDays(month: number): { from: IsoDate; to: IsoDate } {
  const { from, to } = jalaliMonthRange(Math.floor(month / 100), month % 100);
  return { from, to };
}

/** The day by which a month's work has to be paid. */
export function dueDay(month: number, payWithinDays: number): IsoDate {
  return addDays(monthDays(month).to, payWithinDays);
}

/** What an amount of a product earns or is worth at a rate: rounded once, to whole rial. */
export function worth(grains: bigint, unit: Unit, rateRial: bigint): bigint {
  return roundDiv(grains * rateRial, grainsOf(unit));
}

/** Kinds of deduction that a contract may name; whatever is not named in it cannot be deducted. */
export const deductionKinds = ['advance', 'tool', 'material', 'insurance'] as const;
export type DeductionKind = (typeof deductionKinds)[number];

/** Whether deductions keep within their share of the month's earnings, exactly. */
export function isWithinLimit(deductedRial: bigint, earnedRial: bigint, limitBp: number): boolean {
  return deductedRial * 10_000n <= earnedRial * BigInt(limitBp);
}

/** A month as its statement adds it up. */
export type MonthSums = {
  readonly earnedRial: bigint;
  readonly deductedRial: bigint;
  readonly paidRial: bigint;
  readonly dueOn: string;
};

/** Where a month's pay stands on a day. */
export type PayState = 'open' | 'due' | 'paid' | 'late' | 'nothing';

/** Whether a month is still open, waits to be paid, is paid, or is late. */
export function payStateOf(month: number, sums: MonthSums, today: string): PayState {
  const owed = sums.earnedRial - sums.deductedRial - sums.paidRial;
  if (sums.earnedRial === 0n) return 'nothing';
  if (owed === 0n && monthDays(month).to < today) return 'paid';
  if (sums.dueOn < today) return 'late';
  return monthDays(month).to < today ? 'due' : 'open';
}

/** What a delivery is judged by: the rate it was paid at, and the one in the contract of that day. */
export type PaidDelivery = { readonly rateRial: bigint; readonly agreedRial: bigint };

/** What the convention on home work asks of a statement, each met or not. */
export type Protection = {
  readonly id: 'rate' | 'pieces' | 'listed' | 'limited';
  readonly met: boolean;
};

/**
 * The protections of ILO convention C177 that a statement can show: no piece under the agreed rate, pay
 * counted by pieces and by no hours, deductions only of agreed kinds, and within their limit.
 */
export function protectionsOf(
  deliveries: readonly PaidDelivery[],
  deductions: readonly { readonly kind: string; readonly agreed: readonly string[] }[],
  sums: MonthSums & { readonly limitBp: number; readonly deliveredRial: bigint },
): Protection[] {
  return [
    { id: 'rate', met: deliveries.every((one) => one.rateRial >= one.agreedRial) },
    { id: 'pieces', met: sums.earnedRial === sums.deliveredRial },
    { id: 'listed', met: deductions.every(({ kind, agreed }) => agreed.includes(kind)) },
    { id: 'limited', met: isWithinLimit(sums.deductedRial, sums.earnedRial, sums.limitBp) },
  ];
}
