import { addDays, isoDate, isoToJalali, jalaliToIso, weekday } from '../src/kit/jalali.ts';
import type { Day } from './case-story.ts';
import { WINDOW } from './plan-targets.ts';
import type { Random } from './random.ts';

const FRIDAY = 6;
const THURSDAY = 5;

/** Public holidays by the solar calendar, month/day; those of the lunar calendar are left out. */
const HOLIDAYS = new Set([
  '1/1',
  '1/2',
  '1/3',
  '1/4',
  '1/12',
  '1/13',
  '3/14',
  '3/15',
  '11/22',
  '12/29',
]);

/** What an office does in a month, against an ordinary one, by Jalali month from Farvardin. */
const PERMIT_SEASON = [0.35, 0.9, 0.95, 0.9, 0.85, 0.95, 1.05, 1.1, 1.1, 1.1, 1.15, 1.0];
/** Banks pay little in Farvardin and most before the credit of the year lapses in Esfand. */
const PAYMENT_SEASON = [0.3, 0.7, 0.9, 0.9, 0.9, 1.0, 1.0, 1.05, 1.1, 1.15, 1.35, 1.7];

/** A working day of the window. */
export interface WorkingDay {
  readonly day: Day;
  /** Weight of this day in the work of the permit offices, growing through the window. */
  readonly permits: number;
  /** Weight of this day in the payments of the banks. */
  readonly payments: number;
}

function listWorkingDays(): WorkingDay[] {
  const days: WorkingDay[] = [];
  const last = isoDate(WINDOW.to);
  for (let iso = isoDate(WINDOW.from); iso <= last; iso = addDays(iso, 1)) {
    const { year, month, day } = isoToJalali(iso);
    const ofWeek = weekday(iso);
    if (ofWeek === FRIDAY || HOLIDAYS.has(`${month}/${day}`)) continue;
    const half = ofWeek === THURSDAY ? 0.35 : 1;
    const growth = year === 1400 ? 1 + month * 0.015 : 1.35;
    days.push({
      day: iso,
      permits: half * growth * (PERMIT_SEASON[month - 1] ?? 1),
      payments: half * growth * (PAYMENT_SEASON[month - 1] ?? 1),
    });
  }
  return days;
}

/** The working days of the window in order; elsewhere in `demo/` a day is its place in this list. */
const WORKING_DAYS: readonly WorkingDay[] = listWorkingDays();

/** The place of the last working day. */
export const LAST = WORKING_DAYS.length - 1;

/** The date at a place in the list; RangeError outside the window. */
export function dayAt(index: number): Day {
  const found = WORKING_DAYS[index];
  if (!found) throw new RangeError(`no working day ${index}`);
  return found.day;
}

/** The place of the first working day on or after a date of the window; RangeError after the last. */
export function placeFrom(day: Day): number {
  const place = WORKING_DAYS.findIndex((one) => one.day >= day);
  if (place < 0) throw new RangeError(`no working day from ${day} on`);
  return place;
}

/** The first working day of the window that is not before a day; undefined when there is none. */
export function workingDayFrom(day: Day): Day | undefined {
  return WORKING_DAYS.find((one) => one.day >= day)?.day;
}

/** A place from `from` to `to`, both included and held inside the window, by the weight of its day. */
export function pickDay(
  random: Random,
  from: number,
  to: number,
  work: 'permits' | 'payments',
): number {
  const first = Math.min(Math.max(from, 0), LAST);
  const places: number[] = [];
  for (let i = first; i <= Math.max(first, Math.min(to, LAST)); i += 1) places.push(i);
  return random.weighted(places, (place) => WORKING_DAYS[place]?.[work] ?? 0);
}

/** A birth date that makes a person `age` years old in 1400, on any day of that year. */
export function birthDate(random: Random, age: number): Day {
  return jalaliToIso(1400 - age, random.int(1, 12), random.int(1, 29));
}
