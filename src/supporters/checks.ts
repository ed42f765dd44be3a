import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';

/** Every balance of material is what its movements come to, and every movement has its step. */
const balances: Check = {
  name: 'supporters.balances',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string | null; recomputed: string | null }>`
      select coalesce(b.cover_id, m.cover_id) as id, b.sums as kept, m.sums as recomputed
      from (select cover_id, material_id, concat_ws(' ', sent_grains, consumed_grains, returned_grains,
          scrap_grains) as sums from material_balances where province_id = ${provinceId}) b
      full join (
        select v.cover_id, v.material_id, concat_ws(' ',
          coalesce(sum(v.sign * v.grains) filter (where v.kind = 'sent'), 0),
          coalesce(sum(v.sign * v.grains) filter (where v.kind = 'consumed'), 0),
          coalesce(sum(v.sign * v.grains) filter (where v.kind = 'returned'), 0),
          coalesce(sum(v.sign * v.grains) filter (where v.kind = 'scrap'), 0)) as sums
        from material_movements v
        join history h on h.province_id = ${provinceId} and h.id = v.step_id and h.sign = v.sign
          and h.happened_on = v.happened_on
        where v.province_id = ${provinceId} group by v.cover_id, v.material_id
      ) m on m.cover_id = b.cover_id and m.material_id = b.material_id
      where b.sums is distinct from m.sums limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'material_balances', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** What a person holds was nothing less than nothing on any day. */
const holdings: Check = {
  name: 'supporters.holdings',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string }>`
      select d.cover_id as id, 'held' as kept, concat_ws(' ', d.happened_on, d.held) as recomputed from (
        select cover_id, material_id, happened_on,
          sum(sum(case when kind = 'sent' then sign * grains else -sign * grains end))
            over (partition by cover_id, material_id order by happened_on) as held
        from material_movements where province_id = ${provinceId}
        group by cover_id, material_id, happened_on
      ) d where d.held < 0 limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'material_movements', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** Every month's sums are what its lines come to, and what was earned is what the goods were worth. */
const months: Check = {
  name: 'supporters.months',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string | null }>`
      select m.cover_id as id,
        concat_ws(' ', m.month, m.earned_rial, m.deducted_rial, m.paid_rial) as kept,
        concat_ws(' ', m.month, coalesce(e.earned, 0), coalesce(e.deducted, 0), coalesce(e.paid, 0))
          as recomputed
      from pay_months m
      left join (
        select p.cover_id, p.month,
          sum(p.sign * coalesce(g.earned_rial, p.amount_rial)) filter (where p.kind = 'earned') as earned,
          sum(p.sign * p.amount_rial) filter (where p.kind = 'deducted') as deducted,
          sum(p.sign * p.amount_rial) filter (where p.kind = 'paid') as paid
        from pay_entries p
        join history h on h.province_id = ${provinceId} and h.id = p.step_id and h.rial = p.amount_rial
        left join goods_received g on g.province_id = ${provinceId} and g.step_id = p.step_id
        where p.province_id = ${provinceId} group by p.cover_id, p.month
      ) e on e.cover_id = m.cover_id and e.month = m.month
      where m.province_id = ${provinceId}
        and (m.earned_rial, m.deducted_rial, m.paid_rial) is distinct from
          (coalesce(e.earned, 0), coalesce(e.deducted, 0), coalesce(e.paid, 0))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'pay_months', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** What the record states of months is what the months say of it. */
const statements: Check = {
  name: 'supporters.statements',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string }>`
      select m.cover_id as id, concat_ws(' ', m.month, m.stated_promised_rial, m.stated_due_rial,
          m.stated_late_rial) as kept,
        concat_ws(' ', m.month, coalesce(h.promised, 0), coalesce(h.owed, 0), coalesce(h.late, 0))
          as recomputed
      from pay_months m
      left join (
        select facts ->> 'cover' as cover, (facts ->> 'month')::integer as month,
          sum(sign * rial) filter (where verb = 'supporters.promise') as promised,
          sum(sign * rial) filter (where verb = 'supporters.owe') as owed,
          sum(sign * rial) filter (where verb = 'supporters.late') as late
        from history where province_id = ${provinceId}
          and verb in ('supporters.promise', 'supporters.owe', 'supporters.late')
        group by 1, 2
      ) h on h.cover = m.cover_id::text and h.month = m.month
      where m.province_id = ${provinceId}
        and (m.stated_promised_rial, m.stated_due_rial, m.stated_late_rial) is distinct from
          (coalesce(h.promised, 0), coalesce(h.owed, 0), coalesce(h.late, 0))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'pay_months', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** A cover's state is where its last standing step led. */
const covers: Check = {
  name: 'supporters.covers',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string | null }>`
      select v.case_id as id, v.state as kept, h.to_state as recomputed
      from covers v
      left join (
        select distinct on (facts ->> 'cover') facts ->> 'cover' as cover, to_state
        from history
        where province_id = ${provinceId} and verb in ('supporters.name', 'supporters.sign',
          'supporters.reopen', 'supporters.resume', 'supporters.move', 'supporters.endCover')
        order by facts ->> 'cover', seq desc
      ) h on h.cover = v.id::text
      where v.province_id = ${provinceId} and v.state is distinct from h.to_state
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'covers', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** Everything that supporters keep beside the record, recomputed from it. */
export const supporterChecks: readonly Check[] = [balances, holdings, months, statements, covers];
