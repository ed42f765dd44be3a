import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import {
  type ColumnDimension,
  columnDimensions,
  dimensionColumn,
  keptSetFor,
  type Scope,
  setName,
} from './dimensions.ts';
import { countArrays, counts, measures } from './measures.ts';

/** Days (ISO, both included) of which the figures are asked. */
export type Period = { readonly from: string; readonly to: string };

export type Question = {
  readonly provinceId: number;
  readonly period: Period;
  readonly scope: Scope;
  /** Cut by a column's values, by day (months and seasons are sums of days), or not at all. */
  readonly by?: ColumnDimension | 'day';
  /** Only what had been recorded by then. */
  readonly asOf?: Date;
  /** Figures of the permits issued in the period, whenever the rest happened. */
  readonly cohort?: boolean;
};

/** A sum: of one measure, for one key of the cut ('' when there is no cut). */
export type Cell = { readonly measure: string; readonly key: string; readonly value: bigint };

/**
 * The figures. The answer comes from daily totals and unfolded deltas where those are kept for the
 * cut, and from the record itself otherwise; both are sums over the same steps.
 */
export async function readCells(tx: Tx, question: Question): Promise<Cell[]> {
  if (question.cohort) return cohortCells(tx, question);
  const column = question.by === 'day' ? undefined : question.by;
  const set = keptSetFor(question.scope, column);
  if (set && question.asOf === undefined) return keptCells(tx, question, set);
  return recordCells(tx, question);
}

function keptCells(tx: Tx, question: Question, set: readonly ColumnDimension[]): Promise<Cell[]> {
  const { provinceId, period, by } = question;
  const part = (dimension: ColumnDimension) => partOf(set, dimension);
  const wanted = scopeParts(set, question.scope);
  const cut = (column: (dimension: ColumnDimension) => RawBuilder<unknown>) =>
    by === undefined ? sql`''` : by === 'day' ? sql`happened_on::text` : column(by);
  return cells(
    sql<Cell>`
    select measure, cut as key, sum(value)::bigint as value from (
      select measure, ${cut(part)} as cut, value from daily_totals
      where province_id = ${provinceId} and dimension = ${setName(set)}
        and measure = any(${measures.map(({ name }) => name)}::text[])
        and happened_on between ${period.from}::date and ${period.to}::date
        ${all(wanted)}
      union all
      select measure, ${cut((dimension) => dimensionColumn[dimension])}, value from measure_deltas
      where province_id = ${provinceId}
        and happened_on between ${period.from}::date and ${period.to}::date
        ${all(inScope(question.scope))}
    ) as parts group by measure, cut`,
    tx,
  );
}

/** One measure cut by a column's values and by day at once. */
export type GridQuestion = Omit<Question, 'by' | 'asOf' | 'cohort'> & {
  readonly measure: string;
  readonly by: ColumnDimension;
};

/** A sum of {@link readGridCells}: of one value of the column on one day (ISO). */
export type GridCell = { readonly key: string; readonly day: string; readonly value: bigint };

/** The figures of a grid: from kept totals and unfolded deltas where those are kept, else from the record. */
export async function readGridCells(tx: Tx, question: GridQuestion): Promise<GridCell[]> {
  const { provinceId, period, scope, by, measure } = question;
  const within = sql`province_id = ${provinceId}
    and happened_on between ${period.from}::date and ${period.to}::date`;
  const set = keptSetFor(scope, by);
  const from = set
    ? sql`select ${partOf(set, by)} as key, happened_on, value from daily_totals
        where ${within} and measure = ${measure} and dimension = ${setName(set)}
          ${all(scopeParts(set, scope))}
      union all
        select ${dimensionColumn[by]}, happened_on, value from measure_deltas
        where ${within} and measure = ${measure} ${all(inScope(scope))}`
    : sql`select ${dimensionColumn[by]} as key, h.happened_on, ${amount} as value
        from history h join ${countRows} on ${counted}
        where h.${within} and c.measure = ${measure} ${all(inScope(scope))}`;
  const { rows } = await sql<GridCell>`
    select key, happened_on::text as day, sum(value)::bigint as value
    from (${from}) as parts group by key, happened_on`.execute(tx);
  return rows;
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

/** The definition of every figure: a sum over the record. `check` holds the totals against it. */
export function recordCells(tx: Tx, question: Question): Promise<Cell[]> {
  const { provinceId, period, by, asOf } = question;
  return cells(
    sql<Cell>`
    select c.measure, ${recordKey(by)} as key, sum(${amount})::bigint as value
    from history h join ${countRows} on ${counted}
    where h.province_id = ${provinceId} and h.verb = any(${verbs}::text[])
      and h.happened_on between ${period.from}::date and ${period.to}::date
      ${asOf ? sql`and h.recorded_at <= ${asOf}::timestamptz` : sql``}
      ${all(inScope(question.scope))}
    group by 1, 2`,
    tx,
  );
}

/**
 * What became of the permits issued in the period: counts are of cases, each at most once, so that
 * the funnel can't widen however often a plan was returned and referred again. Cut by time, a case
 * stands where its permit was issued, whenever the rest happened.
 */
function cohortCells(tx: Tx, question: Question): Promise<Cell[]> {
  const { provinceId, period, by, asOf } = question;
  const issued = counts
    .filter(({ measure }) => measure === 'permits_issued')
    .map(({ verb }) => verb);
  const oncePerCase = measures.filter(({ unit }) => unit === 'count').map(({ name }) => name);
  return cells(
    sql<Cell>`
    select measure, key, sum(case when measure = any(${oncePerCase}::text[])
      then least(value, 1) else value end)::bigint as value
    from (
      select c.measure, h.case_id, ${by === 'day' ? sql`i.issued_on::text` : recordKey(by)} as key,
        sum(${amount}) as value
      from history h join ${countRows} on ${counted}
      join (
        select case_id, max(happened_on) as issued_on from history
        where province_id = ${provinceId} and verb = any(${issued}::text[])
          and happened_on between ${period.from}::date and ${period.to}::date
          ${asOf ? sql`and recorded_at <= ${asOf}::timestamptz` : sql``}
          ${all(inScope(question.scope))}
        group by case_id having sum(sign) > 0
      ) i on i.case_id = h.case_id
      where h.province_id = ${provinceId}
        ${asOf ? sql`and h.recorded_at <= ${asOf}::timestamptz` : sql``}
      group by 1, 2, 3
    ) as per_case where value <> 0 group by measure, key`,
    tx,
  );
}

const columns = countArrays(counts);
const verbs = [...new Set(columns.verbs)];
const countRows = sql`unnest(${columns.measures}::text[], ${columns.verbs}::text[],
  ${columns.froms}::text[], ${columns.adds}::text[]) as c(measure, verb, froms, add)`;
const counted = sql`c.verb = h.verb
  and (c.froms is null or coalesce(h.from_state, '') = any(string_to_array(c.froms, '|')))`;
const amount = sql`h.sign * case c.add when 'one' then 1 when 'rial' then coalesce(h.rial, 0)
  else coalesce(h.people, 0) end`;

function recordKey(by: Question['by']) {
  if (by === undefined) return sql`''::text`;
  return by === 'day' ? sql`h.happened_on::text` : dimensionColumn[by];
}

/** The scope as predicates over the columns of the record or of the deltas. */
function inScope(scope: Scope): RawBuilder<unknown>[] {
  return columnDimensions.flatMap((dimension) => {
    const value = scope[dimension];
    return value === undefined ? [] : [sql`${dimensionColumn[dimension]} = ${value}`];
  });
}

function all(predicates: readonly RawBuilder<unknown>[]) {
  return predicates.length === 0 ? sql`` : sql`and ${sql.join(predicates, sql` and `)}`;
}

async function cells(query: RawBuilder<Cell>, tx: Tx): Promise<Cell[]> {
  return (await query.execute(tx)).rows;
}
