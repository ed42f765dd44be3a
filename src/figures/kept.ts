import { type RawBuilder, sql } from 'kysely';
import { addDays, type IsoDate, isoToJalali, jalaliMonthLength } from '../kit/jalali.ts';
import {
  type ColumnDimension,
  columnDimensions,
  dimensionColumn,
  type Scope,
  setName,
} from './dimensions.ts';
import { measures } from './measures.ts';

/** Days (ISO, both included) of which the figures are asked. */
export type Period = { readonly from: string; readonly to: string };

/** What is read of a kept set: `key` and `time` say by what it is cut, as SQL over one of its rows. */
type Kept = {
  readonly provinceId: number;
  readonly period: Period;
  readonly scope: Scope;
  readonly set: readonly ColumnDimension[];
  /** One measure; all of the registry when absent. */
  readonly measure?: string;
  readonly by?: ColumnDimension | undefined;
  readonly over?: 'day' | 'month' | undefined;
};

/**
 * What is kept of a period as rows of measure, key, time and value, to be summed: whole months from the monthly
 * totals, the days before and after them from the daily ones, and the deltas that no job has folded yet.
 */
export function keptRows(asked: Kept): RawBuilder<unknown> {
  const { months, days } = partsOf(asked.period, asked.over !== 'day');
  const rows = [
    // The key of the months ends with the measure, that of the days begins with it.
    ...months.map((period) => totals(asked, period, sql`monthly_totals`, sql`month_on`)),
    ...days.map((period) => totals(asked, period, sql`daily_totals`, sql`happened_on`, names)),
    deltas(asked),
  ];
  return sql.join(rows, sql` union all `);
}

/** A period as its whole Jalali months and what days are left at its ends. */
function partsOf({ from, to }: Period, wholeMonths: boolean) {
  const begun = firstOf(from as IsoDate);
  const first = begun === from ? begun : nextOf(from as IsoDate);
  const next = nextOf(to as IsoDate);
  const after = addDays(to as IsoDate, 1) === next ? next : firstOf(to as IsoDate);
  if (!wholeMonths || first >= after) return { months: [], days: [{ from, to }] };
  const ends = [
    { from, to: addDays(first, -1) },
    { from: after, to },
  ];
  return {
    months: [{ from: first, to: addDays(after, -1) }],
    days: ends.filter((end) => end.from <= end.to),
  };
}

/** The first day of a day's month. */
const firstOf = (day: IsoDate): IsoDate => addDays(day, 1 - isoToJalali(day).day);

/** The first day of the month after a day's. */
function nextOf(day: IsoDate): IsoDate {
  const { year, month } = isoToJalali(day);
  return addDays(firstOf(day), jalaliMonthLength(year, month));
}

function totals(
  { provinceId, scope, set, measure, by, over }: Kept,
  period: Period,
  table: RawBuilder<unknown>,
  day: RawBuilder<unknown>,
  registered?: readonly string[],
) {
  const key = by === undefined ? sql`''` : partOf(set, by);
  const wanted = measure === undefined ? registered : [measure];
  return sql`select measure, ${key} as key, ${timeOf(over, day)} as time, value from ${table}
    where province_id = ${provinceId} and dimension = ${setName(set)}
      ${wanted === undefined ? sql`` : sql`and measure = any(${[...wanted]}::text[])`}
      and ${day} between ${period.from}::date and ${period.to}::date
      ${and(scopeParts(set, scope))}`;
}

function deltas({ provinceId, period, scope, measure, by, over }: Kept) {
  const key = by === undefined ? sql`''` : dimensionColumn[by];
  return sql`select measure, ${key} as key, ${timeOf(over, sql`happened_on`)} as time, value
    from measure_deltas where province_id = ${provinceId}
      ${measure === undefined ? sql`` : sql`and measure = ${measure}`}
      and happened_on between ${period.from}::date and ${period.to}::date
      ${and(inScope(scope))}`;
}

const names = measures.map(({ name }) => name);

function timeOf(over: Kept['over'], day: RawBuilder<unknown>) {
  if (over === undefined) return sql`null::date`;
  return over === 'day' ? day : sql`jalali_month_on(${day})`;
}

/** A dimension's part of a kept set's key. */
function partOf(set: readonly ColumnDimension[], dimension: ColumnDimension) {
  return set.length === 1 ? sql`key` : sql`split_part(key, '|', ${set.indexOf(dimension) + 1})`;
}

/** A scope as predicates over a kept set's key. */
function scopeParts(set: readonly ColumnDimension[], scope: Scope): RawBuilder<unknown>[] {
  return Object.entries(scope).map(
    ([dimension, value]) => sql`${partOf(set, dimension as ColumnDimension)} = ${value}`,
  );
}

/** The scope as predicates over the columns of the record or of the deltas. */
export function inScope(scope: Scope): RawBuilder<unknown>[] {
  return columnDimensions.flatMap((dimension) => {
    const value = scope[dimension];
    return value === undefined ? [] : [sql`${dimensionColumn[dimension]} = ${value}`];
  });
}

/** Predicates that go behind others. */
export function and(predicates: readonly RawBuilder<unknown>[]) {
  return predicates.length === 0 ? sql`` : sql`and ${sql.join(predicates, sql` and `)}`;
}
