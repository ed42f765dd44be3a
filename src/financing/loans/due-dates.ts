import { addJalaliMonths, daysBetween, type IsoDate } from '../../kit/jalali.ts';

/** A day has the same due dates for every loan, and reckoning a calendar costs more than all else. */
const knownDates = new Map<string, readonly string[]>();
const DATES_KEPT = 20_000;

/** Due days of `count` monthly instalments after `grace` months: the same day of Jalali months. */
export function dueDates(from: string, grace: number, count: number): readonly string[] {
  const key = `${from} ${grace} ${count}`;
  const known = knownDates.get(key);
  if (known) return known;
  const dates = Array.from({ length: count }, (_, at) =>
    addJalaliMonths(from as IsoDate, grace + at + 1),
  );
  if (knownDates.size >= DATES_KEPT) knownDates.clear();
  knownDates.set(key, dates);
  return dates;
}

/** Whole Jalali months from a day to a later one. */
export function wholeMonths(from: string, to: string): number {
  let months = Math.floor(daysBetween(from as IsoDate, to as IsoDate) / 31);
  while (addJalaliMonths(from as IsoDate, months + 1) <= to) months += 1;
  return months;
}
