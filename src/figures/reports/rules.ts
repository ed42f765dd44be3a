import {
  addDays,
  addJalaliMonths,
  type DayRange,
  type IsoDate,
  isoToJalali,
  jalaliMonthRange,
  jalaliYearRange,
} from '../../kit/jalali.ts';

/** How often the clock asks a kept report. */
export const everies = ['never', 'day', 'week', 'month'] as const;
export type Every = (typeof everies)[number];

export const formats = ['csv', 'xlsx'] as const;

/** Periods that move with the day on which they are asked. */
export const spans = ['thisYear', 'lastYear', 'thisMonth', 'lastMonth', 'lastWeek', 'all'] as const;
export type Span = (typeof spans)[number];

/** The first day of the programme's law (1389/01/01): everything begins here. */
const beginning = '2010-03-21' as IsoDate;

/** The days of a moving period as seen from a day, ISO; none of them is after it. */
export function daysOf(span: Span, today: IsoDate): DayRange {
  const { year, month } = isoToJalali(today);
  const until = ({ from, to }: DayRange): DayRange => ({ from, to: to < today ? to : today });
  const before = isoToJalali(addDays(jalaliMonthRange(year, month).from, -1));
  switch (span) {
    case 'thisYear':
      return until(jalaliYearRange(year));
    case 'lastYear':
      return jalaliYearRange(year - 1);
    case 'thisMonth':
      return until(jalaliMonthRange(year, month));
    case 'lastMonth':
      return jalaliMonthRange(before.year, before.month);
    case 'lastWeek':
      return { from: addDays(today, -7), to: addDays(today, -1) };
    case 'all':
      return { from: beginning, to: today };
  }
}

/** When a report is asked next after a day; null for one that nobody scheduled. */
export function nextOn(every: Every, day: IsoDate): IsoDate | null {
  switch (every) {
    case 'never':
      return null;
    case 'day':
      return addDays(day, 1);
    case 'week':
      return addDays(day, 7);
    case 'month':
      return addJalaliMonths(day, 1);
  }
}
