import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';
import { bazaarChecks } from './bazaars/checks.ts';
import { materialChecks } from './materials/checks.ts';

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

export const marketChecks: readonly Check[] = [stock, ...materialChecks, ...bazaarChecks];
