import { daysBetween, type IsoDate, isoToJalali, jalaliYearRange } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';

/** Measures that a year can be planned in. */
export const targetMeasures = [
  'permits_issued',
  'plans_funded',
  'jobs_registered',
  'jobs_verified',
] as const;

/** Whose target it is. */
export const targetLevels = ['country', 'province', 'agency', 'county'] as const;
export type TargetLevel = (typeof targetLevels)[number];

/**
 * A target's days: its year's first until the day it is due, which has to lie within that year.
 * @throws Problem `figures.target_day` (422)
 */
export function checkDue(fiscalYear: number, dueOn: string): void {
  const year = jalaliYearRange(fiscalYear);
  if (dueOn < year.from || dueOn > year.to) throw new Problem('figures.target_day');
}

/** Whose level names whom: an agency's names an agency, a county's a county, the others nobody. @throws Problem `figures.target_level` (422) */
export function checkLevel(
  level: TargetLevel,
  scope: { readonly agency: string | undefined; readonly county: string | undefined },
): void {
  const fits =
    (level === 'agency') === (scope.agency !== undefined) &&
    (level === 'county') === (scope.county !== undefined);
  if (!fits) throw new Problem('figures.target_level');
}

/** How a target stands against the calendar. */
export type Pace = {
  /** Share of its days that are gone; basis points. */
  readonly elapsedBp: number;
  /** What would be done by now if every day brought the same. */
  readonly expected: number;
  /** What will be done on the day it is due, if the days to come bring what the days so far did. */
  readonly projected: number;
  readonly standing: 'reached' | 'ahead' | 'behind' | 'missed' | 'begins';
};

/**
 * Target against calendar: nothing cleverer than the days that are gone, so that anybody can reckon it anew.
 * @param today ISO
 */
export function paceOf(target: {
  readonly fiscalYear: number;
  readonly dueOn: string;
  readonly goal: number;
  readonly done: number;
  readonly today: string;
}): Pace {
  const { goal, done, dueOn, today } = target;
  const { from } = jalaliYearRange(target.fiscalYear);
  const days = daysBetween(from, dueOn as IsoDate) + 1;
  const gone = Math.min(Math.max(daysBetween(from, today as IsoDate) + 1, 0), days);
  const expected = Math.round((goal * gone) / days);
  const projected = gone === 0 ? 0 : Math.round((done * days) / gone);
  const elapsedBp = Math.round((gone * 10_000) / days);
  if (done >= goal) return { elapsedBp, expected, projected, standing: 'reached' };
  if (gone === 0) return { elapsedBp, expected, projected, standing: 'begins' };
  if (today > dueOn) return { elapsedBp, expected, projected, standing: 'missed' };
  return { elapsedBp, expected, projected, standing: done >= expected ? 'ahead' : 'behind' };
}

/** The earlier of two days; ISO. */
export function earlier(a: string, b: string): string {
  if (a < b) return a;
  return b;
}

/** The year that a day lies in. */
export const yearOf = (day: string): number => isoToJalali(day as IsoDate).year;
