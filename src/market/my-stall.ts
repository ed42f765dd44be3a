import { sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Principal } from '../platform/policy.ts';
import type { ProductRow } from './products.ts';
import type { ProductKind, Reach } from './rules.ts';
import { listMine } from './stalls.ts';

/**
 * A stall of the principal's own with all it holds, also what is hidden.
 * @throws Problem `platform.not_found` (404)
 */
export async function showMyStall(
  tx: Tx,
  reference: Reference,
  act: Act,
  principal: Principal,
  stallId: string,
) {
  const code = encodeCode(act.provinceId, stallId);
  const stall = (await listMine(tx, reference, act, principal)).find((one) => one.code === code);
  if (!stall) throw new Problem('platform.not_found');
  const products = await tx
    .selectFrom('products')
    .selectAll()
    .where('province_id', '=', act.provinceId)
    .where('stall_id', '=', stallId)
    .orderBy('listed_at', 'desc')
    .orderBy('id')
    .execute();
  const photos = await photosOf(tx, act.provinceId, stallId);
  return {
    ...stall,
    products: products.map((row) => productLine(act.provinceId, row, photos.get(row.id) ?? [])),
  };
}

type Photo = { readonly sha256: string; readonly state: string };

function productLine(provinceId: number, row: ProductRow, photos: readonly Photo[]) {
  return {
    code: encodeCode(provinceId, row.id),
    ...{ title: row.title, about: row.about, state: row.state, unit: row.unit },
    kind: row.kind as ProductKind,
    priceRial: String(row.price_rial),
    ...{ onHand: row.on_hand, leadDays: row.lead_days, sendsTo: row.sends_to as Reach },
    ...{ food: row.food, ingredients: row.ingredients, allergens: row.allergens },
    ...{ healthNumber: row.health_number, keepsDays: row.keeps_days },
    photos: photos.map(({ sha256, state }) => ({ sha256, state })),
  };
}

async function photosOf(tx: Tx, provinceId: number, stallId: string) {
  const { rows } = await sql<Photo & { product_id: string }>`
    select f.product_id, f.sha256, f.state from product_photos f
    join products p on p.province_id = ${provinceId} and p.id = f.product_id
      and p.stall_id = ${stallId}::uuid
    where f.province_id = ${provinceId} and f.thumb_of is null order by f.place`.execute(tx);
  return Map.groupBy(rows, (row) => row.product_id);
}

/** Names a stall anew, tells of it, opens or closes it. */
export async function changeStall(
  tx: Tx,
  act: Act,
  stallId: string,
  given: { readonly name: string; readonly about?: string; readonly state: 'open' | 'closed' },
): Promise<void> {
  await tx
    .updateTable('stalls')
    .set({
      name: normaliseText(given.name),
      about: normaliseText(given.about ?? ''),
      state: given.state,
    })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', stallId)
    .execute();
}
