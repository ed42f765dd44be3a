import { sql } from 'kysely';
import { employmentChecks } from '../employment/index.ts';
import { financingChecks } from '../financing/index.ts';
import { marketChecks } from '../market/index.ts';
import { permitChecks } from '../permits/index.ts';
import { chainCheck } from '../platform/check-chain.ts';
import { type Check, type CheckResult, differencesShown } from '../platform/checks.ts';
import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { supervisionChecks } from '../supervision/index.ts';
import { supporterChecks } from '../supporters/index.ts';
import { keptSets, setKey, setName } from './dimensions.ts';
import { holderCheck } from './holders.ts';
import { countArrays, counts } from './measures.ts';

/** Every kept total, by measure, set, day and key against the record, and by month against the days. */
const totalsCheck: Check = {
  name: 'figures.totals',
  async run(tx: Tx, provinceId: number) {
    let checked = 0;
    const differences: CheckResult['differences'][number][] = [];
    for (const set of keptSets) {
      const { rows: days } = await totalsAgainstRecord(provinceId, set).execute(tx);
      const { rows: months } = await monthsAgainstDays(provinceId, set).execute(tx);
      const rows = [...days, ...months];
      checked += rows.length;
      for (const row of rows.filter(({ kept, recomputed }) => kept !== recomputed)) {
        differences.push({
          what: `${row.measure} ${setName(set)} ${row.happened_on} ${row.key}`,
          kept: String(row.kept),
          recomputed: String(row.recomputed),
        });
      }
    }
    return { checked, differences: differences.slice(0, differencesShown) };
  },
};

type TotalRow = {
  measure: string;
  happened_on: string;
  key: string;
  kept: bigint;
  recomputed: bigint;
};

function totalsAgainstRecord(provinceId: number, set: (typeof keptSets)[number]) {
  const columns = countArrays(counts);
  return sql<TotalRow>`
    select measure, happened_on, key, sum(kept)::bigint as kept, sum(recomputed)::bigint as recomputed
    from (
      select measure, happened_on, key, value as kept, 0 as recomputed from daily_totals
      where province_id = ${provinceId} and dimension = ${setName(set)}
      union all
      select measure, happened_on, ${setKey(set)}, value, 0 from measure_deltas
      where province_id = ${provinceId}
      union all
      select c.measure, h.happened_on, ${setKey(set)}, 0, h.sign * case c.add when 'one' then 1
        when 'rial' then coalesce(h.rial, 0) else coalesce(h.people, 0) end
      from history h
      join unnest(${columns.measures}::text[], ${columns.verbs}::text[], ${columns.froms}::text[],
        ${columns.adds}::text[]) as c(measure, verb, froms, add)
        on c.verb = h.verb and (c.froms is null
          or coalesce(h.from_state, '') = any(string_to_array(c.froms, '|')))
      where h.province_id = ${provinceId}
    ) as both_ways group by measure, happened_on, key`;
}

function monthsAgainstDays(provinceId: number, set: (typeof keptSets)[number]) {
  return sql<TotalRow>`
    select measure, to_char(month_on, 'YYYY-MM-DD"/month"') as happened_on, key,
      sum(kept)::bigint as kept, sum(recomputed)::bigint as recomputed
    from (
      select measure, month_on, key, value as kept, 0 as recomputed from monthly_totals
      where province_id = ${provinceId} and dimension = ${setName(set)}
      union all
      select measure, jalali_month_on(happened_on), key, 0, value from daily_totals
      where province_id = ${provinceId} and dimension = ${setName(set)}
    ) as both_ways group by measure, month_on, key`;
}

/** All checks of the house, in the order of the chain they follow. */
const checks: readonly Check[] = [
  chainCheck,
  ...permitChecks,
  ...supporterChecks,
  ...financingChecks,
  ...employmentChecks,
  ...supervisionChecks,
  ...marketChecks,
  holderCheck,
  totalsCheck,
];

/** What `check` found in one province. */
export type CheckReport = {
  readonly province: number;
  readonly checks: readonly (CheckResult & { readonly name: string })[];
  readonly differences: number;
};

/**
 * Recomputes everything that is kept about a province from its record, in one snapshot.
 * It reads the whole record, so it runs on the pool of long work.
 * @param more checks that only some ask for
 */
export async function checkProvince(
  database: Database,
  provinceId: number,
  more: readonly Check[] = [],
): Promise<CheckReport> {
  const context = { ...provinceContext(provinceId), pool: 'long' } as const;
  const results = await database.transaction({ ...context, retry: 'never' }, async (tx) => {
    await sql`set transaction isolation level repeatable read read only`.execute(tx);
    const out: (CheckResult & { name: string })[] = [];
    for (const check of [...checks, ...more]) {
      out.push({ name: check.name, ...(await check.run(tx, provinceId)) });
    }
    return out;
  });
  const differences = results.reduce((sum, result) => sum + result.differences.length, 0);
  return { province: provinceId, checks: results, differences };
}
