import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { keptSets, setKey, setName } from './dimensions.ts';
import { countArrays, counts } from './measures.ts';

/**
 * Makes a province's totals anew from its record, in sets: for a record that came whole and not step by step.
 * What was there of them, folded or not, is replaced. Only the migrator may.
 */
export async function refillTotals(tx: Tx, provinceId: number): Promise<void> {
  await sql`delete from measure_deltas where province_id = ${provinceId}`.execute(tx);
  await sql`delete from daily_totals where province_id = ${provinceId}`.execute(tx);
  await sql`drop table if exists pg_temp.told`.execute(tx);
  await sql`create temp table told on commit drop as ${toldIn(provinceId)}`.execute(tx);
  for (const set of keptSets) {
    await sql`
      insert into daily_totals (province_id, measure, dimension, happened_on, key, recorded_on, value)
      select ${provinceId}::integer, measure, ${setName(set)}::text, happened_on, key, recorded_on,
        sum(value)::bigint
      from (select measure, happened_on, recorded_on, ${setKey(set)} as key, value from told) as keyed
      group by measure, happened_on, key, recorded_on`.execute(tx);
  }
}

/** What the steps of a province add to the measures, as its deltas would say it, summed where they are alike. */
function toldIn(provinceId: number) {
  const columns = countArrays(counts);
  const list = (values: readonly (string | null)[]) =>
    sql`array[${sql.join(values.map((value) => (value === null ? sql`null` : sql.lit(value))))}]::text[]`;
  return sql`
    select c.measure, h.happened_on, (h.recorded_at at time zone 'Asia/Tehran')::date as recorded_on,
      h.county_id, h.agency_id, h.bank_id, h.kind, h.occupation_id, h.sex, h.area,
      sum(h.sign * case c.add when 'one' then 1 when 'rial' then coalesce(h.rial, 0)
        else coalesce(h.people, 0) end)::bigint as value
    from history h
    join unnest(${list(columns.measures)}, ${list(columns.verbs)}, ${list(columns.froms)},
      ${list(columns.adds)}) as c(measure, verb, froms, add)
      on c.verb = h.verb and (c.froms is null
        or coalesce(h.from_state, '') = any(string_to_array(c.froms, '|')))
    where h.province_id = ${sql.lit(provinceId)}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;
}
