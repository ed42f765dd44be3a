import { sql } from 'kysely';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';

/** Why a stock changed: made by its maker, counted again, promised to a buyer, freed again, sent back. */
export type MoveKind = 'made' | 'counted' | 'promised' | 'freed' | 'returned';

/** A change of one product's stock; below zero takes from it. */
export type Move = {
  readonly productId: string;
  readonly kind: MoveKind;
  readonly quantity: number;
};

/**
 * Moves stocks, each product locked in the order of its id, so that orders of several never wait for one
 * another in a circle. What would fall below zero is refused by the table itself.
 * @throws Problem `market.sold_out` (409), by the constraint `products_not_oversold`
 */
export async function moveStock(
  tx: Tx,
  act: Pick<Act, 'provinceId' | 'now'>,
  moves: readonly Move[],
): Promise<void> {
  const real = moves.filter(({ quantity }) => quantity !== 0);
  if (real.length === 0) return;
  const sums = new Map<string, number>();
  for (const { productId, quantity } of real) {
    sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  }
  const ids = [...sums.keys()];
  await sql`select id from products where province_id = ${act.provinceId}
    and id = any(${ids}::uuid[]) order by id for update`.execute(tx);
  await sql`
    update products p set on_hand = p.on_hand + i.quantity
    from unnest(${ids}::uuid[], ${[...sums.values()]}::integer[]) as i(id, quantity)
    where p.province_id = ${act.provinceId} and p.id = i.id`.execute(tx);
  await sql`
    insert into stock_moves (province_id, id, product_id, person_id, kind, quantity, recorded_at)
    select ${act.provinceId}::integer, i.id, p.id, p.person_id, i.kind, i.quantity,
      ${act.now}::timestamptz
    from unnest(${real.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${real.map((move) => move.productId)}::uuid[], ${real.map((move) => move.kind)}::text[],
      ${real.map((move) => move.quantity)}::integer[]) as i(id, product_id, kind, quantity)
    join products p on p.province_id = ${act.provinceId}::integer and p.id = i.product_id`.execute(
    tx,
  );
}
