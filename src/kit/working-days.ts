import { addDays, type IsoDate, weekday } from './jalali.ts';

/** Says of a day (ISO) whether nobody works on it. */
export type IsHoliday = (day: string) => boolean;

/** Places of the two days of rest in a week that begins on Saturday. */
export const thursday = 5;
export const friday = 6;

/** The rule of a calendar: the named days, and the given days of every week. */
export function holidayRule(named: ReadonlySet<string>, weekly: readonly number[]): IsHoliday {
  return (day) => weekly.includes(weekday(day as IsoDate)) || named.has(day);
}

/**
 * The n-th working day after a day (ISO); the day itself is not counted, as a term begins on the morrow.
 * n = 0 is the day itself, whatever it is.
 */
export function addWorkingDays(day: string, n: number, isHoliday: IsHoliday): string {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`Not a number of working days: ${n}`);
  let at = day as IsoDate;
  let left = n;
  // Ten years without a working day is a broken calendar, not a long holiday.
  for (let turns = 0; left > 0; turns += 1) {
    if (turns > n + 3660) throw new RangeError('This calendar has no working days.');
    at = addDays(at, 1);
    if (!isHoliday(at)) left -= 1;
  }
  return at;
}

/** A limit in the unit of its setting. */
export type Limit = { readonly value: number; readonly unit: 'days' | 'working_days' };

/** The last day (ISO) of a limit that began on a day (ISO). */
export function endOfLimit(since: string, limit: Limit, isHoliday: IsHoliday): string {
  return limit.unit === 'working_days'
    ? addWorkingDays(since, limit.value, isHoliday)
    : addDays(since as IsoDate, limit.value);
}
