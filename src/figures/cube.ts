import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { type ColumnDimension, dimensionColumn, keptSetFor, type Scope } from './dimensions.ts';
import { and, inScope, keptRows, type Period } from './kept.ts';
import { countArrays, counts, measures } from './measures.ts';

export type { Period };

export type Question = {
  readonly provinceId: number;
  readonly period: Period;
  readonly scope: Scope;
  /** Cut by a column's values, by day, by Jalali month (as its first day, ISO), or not at all. */
  readonly by?: ColumnDimension | 'day' | 'month';
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
  const { by, scope } = question;
  const over = by === 'day' || by === 'month' ? by : undefined;
  const column = over === undefined ? (by as ColumnDimension | undefined) : undefined;
  const set = keptSetFor(scope, column);
  if (!set || question.asOf !== undefined) return recordCells(tx, question);
  const rows = keptRows({ ...question, set, by: column, over });
  return cells(
    sql<Cell>`
    select measure, ${over ? sql`time::text` : sql`key`} as key, sum(value)::bigint as value
    from (${rows}) as parts group by measure, ${over ? sql`time` : sql`key`}`,
    tx,
  );
}

/** One measure cut by a column's values and by month at once. */
export type GridQuestion = Omit<Question, 'by' | 'asOf' | 'cohort'> & {
  readonly measure: string;
  readonly by: ColumnDimension;
};

/** A sum of {@link readGridCells}: of one value of the column in the month that begins on a day (ISO). */
export type GridCell = { readonly key: string; readonly month: string; readonly value: bigint };

/** The figures of a grid: from kept totals and unfolded deltas where those are kept, else from the record. */
export async function readGridCells(tx: Tx, question: GridQuestion): Promise<GridCell[]> {
  const { provinceId, period, scope, by, measure } = question;
  const set = keptSetFor(scope, by);
  const from = set
    ? keptRows({ ...question, set, over: 'month' })
    : sql`select ${dimensionColumn[by]} as key, jalali_month_on(h.happened_on) as time, ${amount} as value
        from history h join ${countRows} on ${counted}
        where h.province_id = ${provinceId} and h.verb = any(${verbs}::text[])
          and h.happened_on between ${period.from}::date and ${period.to}::date
          and c.measure = ${measure} ${and(inScope(scope))}`;
  const { rows } = await sql<GridCell>`
    select key, time::text as month, sum(value)::bigint as value
    from (${from}) as parts group by key, time`.execute(tx);
  return rows;
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
      ${and(inScope(question.scope))}
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
  const key = by === 'day' || by === 'month' ? timeKey(by, sql`i.issued_on`) : recordKey(by);
  const issued = counts
    .filter(({ measure }) => measure === 'permits_issued')
    .map(({ verb }) => verb);
  const oncePerCase = measures.filter(({ unit }) => unit === 'count').map(({ name }) => name);
  return cells(
    sql<Cell>`
    select measure, key, sum(case when measure = any(${oncePerCase}::text[])
      then least(value, 1) else value end)::bigint as value
    from (
      select c.measure, h.case_id, ${key} as key,
        sum(${amount}) as value
      from history h join ${countRows} on ${counted}
      join (
        select case_id, max(happened_on) as issued_on from history
        where province_id = ${provinceId} and verb = any(${issued}::text[])
          and happened_on between ${period.from}::date and ${period.to}::date
          ${asOf ? sql`and recorded_at <= ${asOf}::timestamptz` : sql``}
          ${and(inScope(question.scope))}
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
/** Which of the counts a step `h` adds to. */
export const counted = sql`c.verb = h.verb
  and (c.froms is null or coalesce(h.from_state, '') = any(string_to_array(c.froms, '|')))`;
/** What a step `h` adds by a count `c`. */
export const amount = sql`h.sign * case c.add when 'one' then 1 when 'rial' then coalesce(h.rial, 0)
  else coalesce(h.people, 0) end`;

function timeKey(by: 'day' | 'month', day: RawBuilder<unknown>) {
  return by === 'day' ? sql`${day}::text` : sql`jalali_month_on(${day})::text`;
}

function recordKey(by: Question['by']) {
  if (by === undefined) return sql`''::text`;
  return by === 'day' || by === 'month' ? timeKey(by, sql`h.happened_on`) : dimensionColumn[by];
}

async function cells(query: RawBuilder<Cell>, tx: Tx): Promise<Cell[]> {
  return (await query.execute(tx)).rows;
}
