import { sql } from 'kysely';
import {
  type Check,
  codedDifferences,
  countRows,
  differencesShown,
} from '../../platform/checks.ts';
import type { Tx } from '../../platform/database.ts';

type Row = { id: string; kept: string; recomputed: string };

/** What a purchase keeps about itself is the sum of its makers' needs and of its points. */
const purchaseSums: Check = {
  name: 'market.purchases',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Row>`
      select p.id,
        concat_ws(' ', p.pooled, p.ordered, coalesce(p.price_rial, 0), coalesce(p.freight_rial, 0),
          p.delivered, coalesce(t.delivered, 0), coalesce(t.handed, 0)) as kept,
        concat_ws(' ', coalesce(n.quantity, 0), coalesce(n.share, 0), coalesce(n.price, 0),
          coalesce(n.freight, 0), coalesce(d.quantity, 0), coalesce(d.quantity, 0),
          coalesce(n.handed, 0)) as recomputed
      from purchases p
      left join (select purchase_id, sum(quantity) as quantity, sum(share) as share,
          sum(price_rial) as price, sum(freight_rial) as freight,
          sum(collected + case when state in ('given', 'returned') then left_behind else 0 end)
            as handed
        from needs where province_id = ${provinceId} and purchase_id is not null
        group by purchase_id) n on n.purchase_id = p.id
      left join (select purchase_id, sum(delivered) as delivered,
          sum(collected + returned) as handed
        from purchase_points where province_id = ${provinceId} group by purchase_id) t
        on t.purchase_id = p.id
      left join (select purchase_id, sum(quantity) as quantity from purchase_deliveries
        where province_id = ${provinceId} group by purchase_id) d on d.purchase_id = p.id
      where p.province_id = ${provinceId}`.execute(tx);
    const wrong = rows.filter(({ kept, recomputed }) => kept !== recomputed);
    const differences = codedDifferences(provinceId, wrong.slice(0, differencesShown));
    return { checked: rows.length, differences };
  },
};

/** A need stands where its newest step left it, with what its steps say was paid. */
const needStates: Check = {
  name: 'market.needs',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Row>`
      select n.id, concat_ws(' ', n.state, n.paid_rial, coalesce(p.paid, 0)) as kept,
        concat_ws(' ', h.state, h.paid, h.paid) as recomputed
      from needs n
      left join (select need_id, sum(amount_rial) as paid from share_payments
        where province_id = ${provinceId} group by need_id) p on p.need_id = n.id
      left join (
        select facts ->> 'need' as need, (array_agg(to_state order by seq desc))[1] as state,
          coalesce(sum(rial) filter (where verb = 'market.payShare'), 0) as paid
        from history where province_id = ${provinceId} and facts ? 'need' and verb like 'market.%'
        group by 1) h on h.need = n.id::text
      where n.province_id = ${provinceId} and (h.state is distinct from n.state
        or h.paid is distinct from n.paid_rial or coalesce(p.paid, 0) <> n.paid_rial)
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'needs', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** A purchase stands where its newest step left it, and its steps are all there. */
const purchaseStates: Check = {
  name: 'market.purchaseSteps',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<Row>`
      select p.id, p.state as kept, coalesce(s.state, '') as recomputed
      from purchases p
      left join (select purchase_id, (array_agg(to_state order by seq desc))[1] as state,
          count(*) as steps, max(seq) as last
        from purchase_steps where province_id = ${provinceId} group by purchase_id) s
        on s.purchase_id = p.id
      where p.province_id = ${provinceId} and (s.state is distinct from p.state
        or s.steps <> s.last) limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'purchases', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

export const materialChecks: readonly Check[] = [purchaseSums, needStates, purchaseStates];
