import { encodeCode } from '../kit/code.ts';
import type { Database } from '../platform/database.ts';
import { publicLook } from './look.ts';
import type { Reach } from './rules.ts';

/** An order has twenty lines, and one is the product itself. */
const mostOthers = 19;

/**
 * What else of a product's stall can go into the same order: what is on hand, and is fetched as it is or sent
 * as it is; the newest first.
 */
export async function listOthers(
  database: Database,
  product: { readonly provinceId: number; readonly id: string },
  { stallId, sendsTo }: { readonly stallId: string; readonly sendsTo: Reach },
) {
  const { provinceId, id } = product;
  const rows = await database.transaction(publicLook, (tx) =>
    tx
      .selectFrom('products')
      .select(['id', 'title', 'unit', 'price_rial', 'on_hand', 'sends_to'])
      .where('province_id', '=', provinceId)
      .where('stall_id', '=', stallId)
      .where('state', '=', 'listed')
      .where('id', '<>', id)
      .where('on_hand', '>', 0)
      .where('sends_to', sendsTo === 'pick_up' ? '=' : '<>', 'pick_up')
      .orderBy('listed_at', 'desc')
      .orderBy('id')
      .limit(mostOthers)
      .execute(),
  );
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), title: row.title, unit: row.unit },
    ...{ priceRial: String(row.price_rial), onHand: row.on_hand },
    sendsTo: row.sends_to as Reach,
  }));
}
