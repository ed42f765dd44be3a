import { sql } from 'kysely';
import type { Check } from '../../platform/checks.ts';
import { differencesShown } from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';

/**
 * What is used under each ceiling is what the record's standing steps say that the live plans under it
 * hold: what the referral asked for, from the contract on what was approved, nothing once it went back.
 */
export const usedCheck: Check = {
  name: 'financing.ceilings',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: bigint; recomputed: bigint }>`
      with standing as (
        select h.*, h.facts ->> 'plan' as plan from history h
        where h.province_id = ${provinceId} and h.verb like 'financing.%' and h.sign = 1
          and h.facts ? 'plan' and not exists (select 1 from history r
            where r.province_id = ${provinceId} and r.reverses = h.id)
      ), held as (
        select s.agency_id, s.county_id, s.bank_id, s.facts ->> 'allocation' as allocation,
          coalesce((select c.rial from standing c
            where c.plan = s.plan and c.verb = 'financing.contract'), s.rial) as rial
        from standing s
        where s.verb = 'financing.refer' and s.facts ? 'allocation' and not exists (
          select 1 from standing e where e.plan = s.plan
            and e.to_state in ('returned', 'refused', 'withdrawn'))
      )
      select c.id, c.used_rial as kept, coalesce(sum(h.rial), 0)::bigint as recomputed
      from ceilings c
      left join held h on h.allocation = c.allocation_id::text
        and (c.agency_id is null or c.agency_id = h.agency_id)
        and (c.county_id is null or c.county_id = h.county_id)
        and (c.bank_id is null or c.bank_id = h.bank_id)
      where c.province_id = ${provinceId}
      group by c.id, c.used_rial`.execute(tx);
    const differences = rows
      .filter(({ kept, recomputed }) => kept !== recomputed)
      .map((row) => ({
        what: row.id,
        kept: String(row.kept),
        recomputed: String(row.recomputed),
      }));
    return { checked: rows.length, differences: differences.slice(0, differencesShown) };
  },
};
