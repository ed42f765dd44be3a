import {
  addDays,
  addJalaliYears,
  formatJalali,
  type IsoDate,
  isoToJalali,
  jalaliMonthRange,
  jalaliSeasonRange,
  jalaliYearRange,
  parseJalali,
  type Season,
  seasonOf,
} from '../../kit/jalali.ts';
import type { Answer } from '../../web/api.ts';
import { casesPath, type Search, scopeOf } from '../../web/paths.ts';
import type { Account } from '../../web/session.ts';

export type Figures = Answer<'/api/figures'>;
export type Values = Figures['measures'];
export type MeasureName = keyof Values;
export type Period = { readonly from: IsoDate; readonly to: IsoDate };

/** The measures the overview leads with, in the order of the programme's chain. */
export const headline = [
  'permits_issued',
  'plans_referred',
  'plans_funded',
  'jobs_registered',
  'rial_paid',
] as const satisfies readonly MeasureName[];
export type Headline = (typeof headline)[number];

/** The cuts that have a chart. */
export const cuts = ['agency', 'month', 'county', 'bank', 'kind'] as const;
export type Cut = (typeof cuts)[number] | 'season';

/** Cuts by time. */
export const isTime = (cut: Cut): cut is 'month' | 'season' => cut === 'month' || cut === 'season';

/** The days of a month or a season, by its key: `1400-07`, `1400-autumn`. */
function rangeOfKey(key: string): Period {
  const [year = '', part = ''] = key.split('-');
  return /^\d+$/.test(part)
    ? jalaliMonthRange(Number(year), Number(part))
    : jalaliSeasonRange(Number(year), part as Season);
}

/** A day as addresses and the API write it: `1400-01-01`. */
export const jalaliText = (iso: IsoDate): string => formatJalali(iso, 'en', 'short');

/** The period of an address; undefined when it has none or not a real one. */
export function periodOf(search: Search): Period | undefined {
  const from = parseJalali(search.from ?? '');
  const to = parseJalali(search.to ?? '');
  return from && to && from <= to ? { from, to } : undefined;
}

/** The same days a Jalali year earlier. */
export function yearBefore(period: Period): Period {
  return { from: addJalaliYears(period.from, -1), to: addJalaliYears(period.to, -1) };
}

/**
 * Whether a period can fairly be held against the same days a year before: those are other days (so it is no
 * longer than a year), and all of them are in the record.
 */
export function isComparable(period: Period, recorded: Period | undefined): boolean {
  const earlier = yearBefore(period);
  return recorded !== undefined && earlier.to < period.from && earlier.from >= recorded.from;
}

/** Periods that people ask for, by their names in the words, relative to today. */
export function presetsOf(today: IsoDate) {
  const { year, month } = isoToJalali(today);
  const thisSeason = jalaliSeasonRange(year, seasonOf(month));
  const before = isoToJalali(addDays(thisSeason.from, -1));
  return {
    thisYear: jalaliYearRange(year),
    lastYear: jalaliYearRange(year - 1),
    thisSeason,
    lastSeason: jalaliSeasonRange(before.year, seasonOf(before.month)),
    account: {
      from: jalaliYearRange(year - 1).from,
      to: jalaliSeasonRange(year, 'spring').to,
    },
  } as const satisfies Record<string, Period>;
}

const isEmpty = (values: Values): boolean =>
  Object.values(values).every((value) => Number(value) === 0);

/** The first to the last month in which anything happened, from a cut by month; undefined when nothing did. */
export function recordedPeriod(byMonth: Figures['by']): Period | undefined {
  const months = byMonth.filter(({ measures }) => !isEmpty(measures)).map(({ key }) => key);
  const range = (key: string | undefined) => {
    const [year, month] = (key ?? '').split('-').map(Number);
    return year && month ? jalaliMonthRange(year, month) : undefined;
  };
  const [first, last] = [range(months[0]), range(months.at(-1))];
  return first && last ? { from: first.from, to: last.to } : undefined;
}

/** A search with a cut's part added to its scope: a month is a shorter period, anything else a filter. */
export function narrowed(search: Search, cut: Cut, key: string): Search {
  if (!isTime(cut)) return { ...search, [cut]: key };
  const range = rangeOfKey(key);
  const period = periodOf(search);
  const from = period && period.from > range.from ? period.from : range.from;
  const to = period && period.to < range.to ? period.to : range.to;
  return { ...search, from: jalaliText(from), to: jalaliText(to) };
}

/**
 * How far the lists behind numbers reach for somebody: everything, what carries their organisation, or nothing.
 * Figures are public and whole; a list shows people, so it ends where the reader's duty does.
 */
export type Reach =
  | 'everything'
  | 'nothing'
  | { readonly key: 'agency' | 'bank'; readonly id: string };

/** The reach of an account; a visitor has yet to say who they are. */
export function reachOf(account: Account | null | undefined): Reach {
  const id = account?.organisation?.id ?? '';
  switch (account?.role) {
    case 'expert':
      return { key: 'agency', id };
    case 'bank':
      return { key: 'bank', id };
    case 'citizen':
    case 'inspector':
    case 'supporter':
      return 'nothing';
    default:
      return 'everything';
  }
}

/**
 * Where a number leads: the list behind it, of exactly its length. There is one for what happened in a period,
 * as now known, within the reader's reach; any other number is only read.
 */
export function listPath(search: Search, measure: string, reach: Reach): string | undefined {
  if (search.view === 'cohort' || search.as_of || reach === 'nothing') return undefined;
  if (reach !== 'everything' && search[reach.key] !== reach.id) return undefined;
  return casesPath({ measure, ...scopeOf(search) });
}
