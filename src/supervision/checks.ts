import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { visitSteps } from './rules.ts';

const verbs = Object.keys(visitSteps.steps);

/** A visit's state is where its last standing step led. */
const visitStates: Check = {
  name: 'supervision.visits',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string | null; recomputed: string | null }>`
      select coalesce(v.case_id, h.case_id) as id, v.state as kept, h.state as recomputed
      from (select id::text, case_id, state from visits where province_id = ${provinceId}) v
      full join (
        select distinct on (facts ->> 'visit') facts ->> 'visit' as visit, case_id,
          case when sign = 1 then to_state else coalesce(from_state, 'void') end as state
        from history where province_id = ${provinceId} and verb = any(${verbs}::text[])
        order by facts ->> 'visit', seq desc
      ) h on h.visit = v.id
      where v.state is distinct from h.state limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'visits', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** Every pass has its standing step, of its own plan and tranche, and no order is older than its pass. */
const gates: Check = {
  name: 'supervision.gates',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string | null }>`
      select p.case_id as id, concat_ws(' ', s.number, s.passed_on) as kept,
        case when h.id is null then null else concat_ws(' ', h.facts ->> 'tranche', h.happened_on) end
          as recomputed
      from tranche_passes s
      join plans p on p.province_id = ${provinceId} and p.id = s.plan_id
      left join history h on h.province_id = ${provinceId} and h.id = s.step_id and h.sign = 1
        and h.facts ->> 'plan' = s.plan_id::text
      where s.province_id = ${provinceId} and s.origin <> 'earlier'
        and (h.id is null or h.facts ->> 'tranche' <> s.number::text or h.happened_on <> s.passed_on
          or exists (select 1 from history r where r.province_id = ${provinceId}
            and r.reverses = h.id)
          or exists (select 1 from payment_orders o where o.province_id = ${provinceId}
            and o.pass_id = s.id and o.sent_on < s.passed_on))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'tranche_passes', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

export const supervisionChecks: readonly Check[] = [visitStates, gates];
