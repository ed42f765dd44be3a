import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { bazaarChecks } from './bazaars/checks.ts';
import { materialChecks } from './materials/checks.ts';
import { requestChecks } from './requests/checks.ts';

/** What is on hand of a product is the sum of its moves. */
const stock: Check = {
  name: 'market.stock',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: bigint; recomputed: bigint }>`
      select p.id, p.on_hand::bigint as kept, coalesce(m.quantity, 0)::bigint as recomputed
      from products p
      left join (select product_id, sum(quantity) as quantity from stock_moves
        where province_id = ${provinceId} group by product_id) m on m.product_id = p.id
      where p.province_id = ${provinceId} and p.on_hand <> coalesce(m.quantity, 0)
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'products', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** A sale is its standing step of delivery, with the sum that the order had; what came back likewise. */
const sales: Check = {
  name: 'market.sales',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string | null; recomputed: string | null }>`
      select o.id, concat_ws(' ', s.rial, o.returned_rial) as kept,
        concat_ws(' ', h.sold, coalesce(h.returned, 0)) as recomputed
      from orders o
      left join sales s on s.province_id = ${provinceId} and s.order_id = o.id
      left join (
        select facts ->> 'order' as order_id,
          sum(sign * rial) filter (where verb = 'market.deliverOrder') as sold,
          sum(sign * rial) filter (where verb = 'market.acceptReturn') as returned
        from history where province_id = ${provinceId}
          and verb in ('market.deliverOrder', 'market.acceptReturn') group by 1
      ) h on h.order_id = o.id::text
      where o.province_id = ${provinceId}
        and (s.rial is distinct from h.sold or o.returned_rial <> coalesce(h.returned, 0))
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'orders', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/** What a maker is owed is what the ledger says: their sales, less what they have in hand or were paid. */
const dues: Check = {
  name: 'market.dues',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: bigint; recomputed: bigint }>`
      select s.id, s.due_rial as kept, coalesce(t.due, 0)::bigint as recomputed from stalls s
      left join (
        select stall_id, sum(
          case when credit_account in ('maker', 'cash') then amount_rial else 0 end
          - case when debit_account in ('maker', 'cash') then amount_rial else 0 end) as due
        from market_transfers where province_id = ${provinceId} group by stall_id
      ) t on t.stall_id = s.id
      where s.province_id = ${provinceId} and s.due_rial <> coalesce(t.due, 0)
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'stalls', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

/**
 * What is held for an order is what was paid for it, while it was neither delivered nor given back; and
 * what is at the gateway is what it said was paid, less what it gave back.
 */
const held: Check = {
  name: 'market.held',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string; recomputed: string }>`
      select o.id, concat_ws(' ', t.held, t.gateway) as kept, concat_ws(' ', e.held, e.gateway) as recomputed
      from orders o
      cross join lateral (
        select coalesce(sum(case when 'held' = credit_account then amount_rial
            when 'held' = debit_account then -amount_rial end), 0)::bigint as held,
          coalesce(sum(case when 'gateway' = debit_account then amount_rial
            when 'gateway' = credit_account then -amount_rial end), 0)::bigint as gateway
        from market_transfers where province_id = ${provinceId} and order_id = o.id) t
      cross join lateral (
        select (paid - refunded - case when o.state in ('delivered', 'return_asked') then o.goods_rial
            when o.state = 'returned' then o.goods_rial - o.returned_rial else 0 end)::bigint as held,
          (paid - refunded)::bigint as gateway
        from (select coalesce(sum(rial) filter (where state in ('paid', 'refunding', 'refunded')), 0) as paid,
            coalesce(sum(refund_rial) filter (where state = 'refunded'), 0) as refunded
          from order_payments where province_id = ${provinceId} and order_id = o.id) p) e
      where o.province_id = ${provinceId} and o.pays = 'online'
        and (t.held <> e.held or t.gateway <> e.gateway)
      limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'order_payments', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

export const marketChecks: readonly Check[] = [
  stock,
  sales,
  dues,
  held,
  ...materialChecks,
  ...bazaarChecks,
  ...requestChecks,
];
