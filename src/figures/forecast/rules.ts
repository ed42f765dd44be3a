import { addDays, addJalaliYears, daysBetween, type IsoDate } from '../../kit/jalali.ts';

/** What was paid each day, rial; days without anything are absent. */
export type Daily = ReadonlyMap<string, number>;

/** Ways to guess the days to come; each says what it takes for granted. */
export const methods = ['steady', 'recent', 'season'] as const;
export type Method = (typeof methods)[number];

/** Days of the recent past that stand for the present pace. */
const recentDays = 90;
/** How far ahead the past is put to the test. */
export const testDays = 30;

/** The sum of some days (ISO, both included). */
export function sumOf(daily: Daily, from: string, to: string): number {
  let sum = 0;
  for (const [day, value] of daily) if (day >= from && day <= to) sum += value;
  return sum;
}

/** What one of some days brought on average; a year has not always the same days. */
function meanOf(daily: Daily, from: string, to: string): number {
  return sumOf(daily, from, to) / (daysBetween(from as IsoDate, to as IsoDate) + 1);
}

const plus = (day: string, days: number) => addDays(day as IsoDate, days);
const lastYear = (day: string) => addJalaliYears(day as IsoDate, -1);

/**
 * What the days after `at` until `until` will bring, as it would have been said at the end of `at`, knowing
 * nothing later. `steady`: every day like the mean of the days since `from`. `recent`: like the last ninety.
 * `season`: like the same days last year, as much more or less as the last ninety days were than theirs.
 * @returns null where the past says nothing by this method
 */
export function expectedAfter(
  method: Method,
  daily: Daily,
  { from, at, until }: { from: string; at: string; until: string },
): number | null {
  const days = daysBetween(at as IsoDate, until as IsoDate);
  if (days <= 0) return 0;
  if (method === 'steady') {
    const gone = daysBetween(from as IsoDate, at as IsoDate) + 1;
    return gone < testDays ? null : (sumOf(daily, from, at) / gone) * days;
  }
  const recent = sumOf(daily, plus(at, 1 - recentDays), at);
  if (method === 'recent') return (recent / recentDays) * days;
  const before = meanOf(daily, lastYear(plus(at, 1 - recentDays)), lastYear(at));
  if (before === 0) return null;
  const then = meanOf(daily, lastYear(plus(at, 1)), lastYear(until));
  return (then * days * (recent / recentDays)) / before;
}

/** How a method did in the past: the mean of how far it was off over thirty days, rial. */
export type Tested = { readonly method: Method; readonly tests: number; readonly error: number };

/**
 * Puts a method to the test at the end of each of some past days: what it would have said of the thirty days
 * after, against what they brought.
 */
export function testMethod(
  method: Method,
  daily: Daily,
  { from, days, today }: { from: string; days: readonly string[]; today: string },
): Tested {
  const errors = days.flatMap((at) => {
    const until = plus(at, testDays);
    const said = until > today ? null : expectedAfter(method, daily, { from, at, until });
    return said === null ? [] : [Math.abs(said - sumOf(daily, plus(at, 1), until))];
  });
  const error = errors.reduce((sum, one) => sum + one, 0) / Math.max(1, errors.length);
  return { method, tests: errors.length, error };
}

/** The method that was off least; one that was tested less than three times is not trusted. */
export function bestOf(tested: readonly Tested[]): Tested | undefined {
  const enough = tested.filter(({ tests }) => tests >= 3);
  return [...enough].sort((a, b) => a.error - b.error)[0] ?? tested.find(({ tests }) => tests > 0);
}

/** How far off the guess for some days may be: the error of thirty days, growing as errors of many do. */
export function errorOver(error: number, days: number): number {
  return error * Math.sqrt(Math.max(0, days) / testDays);
}

/** A share of money with its own pace. */
export type SharePace = {
  readonly ceiling: number;
  readonly paid: number;
  /** What a day brought lately, rial. */
  readonly perDay: number;
};

/** What a share will have paid after some days at its pace, and what it will not have used; never past its ceiling. */
export function endOf({ ceiling, paid, perDay }: SharePace, days: number) {
  const projected = Math.min(Math.max(ceiling, paid), paid + perDay * Math.max(0, days));
  return { projected, unspent: Math.max(0, ceiling - projected) };
}

/** What moving money from one share to another would change by the last day. */
export function whatIf(
  from: SharePace,
  to: SharePace,
  amount: number,
  days: number,
): { readonly before: number; readonly after: number } {
  const unspent = (share: SharePace) => endOf(share, days).unspent;
  const moved = Math.min(amount, Math.max(0, from.ceiling - from.paid));
  return {
    before: unspent(from) + unspent(to),
    after:
      unspent({ ...from, ceiling: from.ceiling - moved }) +
      unspent({ ...to, ceiling: to.ceiling + moved }),
  };
}

/** A queue that is served in the order in which it came. */
export type Queue = {
  readonly waiting: number;
  /** How many come and how many are decided in a day. */
  readonly comes: number;
  readonly goes: number;
};

/**
 * How many will wait longer than a limit after some days: all who wait then but those who came within the
 * limit, the first come served first.
 */
export function overLimitAfter({ waiting, comes, goes }: Queue, days: number, limit: number) {
  const then = Math.max(0, waiting + (comes - goes) * days);
  return Math.max(0, Math.round(then - comes * limit));
}
