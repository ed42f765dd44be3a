import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { amount, counted } from './cube.ts';
import { keptSets, setKey, setName } from './dimensions.ts';
import { countArrays, counts } from './measures.ts';

/**
 * Makes the totals of provinces anew from their record, in one reading of it: for a record that came whole and
 * not step by step. What was there of them, folded or not, is replaced. Only the migrator may.
 */
export async function refillTotals(tx: Tx, provinceIds: readonly number[]): Promise<void> {
  const these = sql`province_id = any(${[...provinceIds]}::integer[])`;
  await sql`delete from measure_deltas where ${these}`.execute(tx);
  await sql`delete from daily_totals where ${these}`.execute(tx);
  await sql`create temp table told on commit drop as ${toldIn(provinceIds)}`.execute(tx);
  for (const set of keptSets) {
    await sql`
      insert into daily_totals (province_id, measure, dimension, happened_on, key, recorded_on, value)
      select province_id, measure, ${setName(set)}::text, happened_on, key, recorded_on,
        sum(value)::bigint
      from (select province_id, measure, happened_on, recorded_on, ${setKey(set)} as key, value
        from told) as keyed
      group by province_id, measure, happened_on, key, recorded_on`.execute(tx);
  }
  await sql`drop table told`.execute(tx);
  await refillMonths(tx, provinceIds);
}

/** Makes provinces' monthly totals anew from their daily ones. Only the migrator may. */
export async function refillMonths(tx: Tx, provinceIds: readonly number[]): Promise<void> {
  const these = sql`province_id = any(${[...provinceIds]}::integer[])`;
  await sql`delete from monthly_totals where ${these}`.execute(tx);
  await sql`
    insert into monthly_totals (province_id, dimension, month_on, key, measure, value)
    select t.province_id, t.dimension, m.month_on, t.key, t.measure, sum(t.value)
    from daily_totals t
    join (select day, jalali_month_on(day) as month_on
      from (select distinct happened_on as day from daily_totals where ${these}) as d) as m
      on m.day = t.happened_on
    where t.${these} group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`.execute(tx);
}

/** What the steps of provinces add to the measures, as their deltas would say it, summed where they are alike. */
function toldIn(provinceIds: readonly number[]) {
  const columns = countArrays(counts);
  const list = (values: readonly (string | null)[]) =>
    sql`array[${sql.join(values.map((value) => (value === null ? sql`null` : sql.lit(value))))}]::text[]`;
  return sql`
    select h.province_id, c.measure, h.happened_on,
      (h.recorded_at at time zone 'Asia/Tehran')::date as recorded_on,
      h.county_id, h.agency_id, h.bank_id, h.kind, h.occupation_id, h.sex, h.area,
      sum(${amount})::bigint as value
    from history h
    join unnest(${list(columns.measures)}, ${list(columns.verbs)}, ${list(columns.froms)},
      ${list(columns.adds)}) as c(measure, verb, froms, add)
      on ${counted}
    where h.province_id in (${sql.join(provinceIds.map((id) => sql.lit(id)))})
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`;
}
