import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { PurchaseState, Quote } from './rules.ts';

/**
 * Writes what was ordered as a whole, beside the sums of the shares as the needs themselves have them: the CHECK
 * `purchases_shares_are_the_whole` lets nothing through that differs by a rial. Points get what their makers have.
 */
export async function writeWhole(
  tx: Tx,
  act: Act,
  purchaseId: string,
  {
    state,
    offerId,
    quote,
  }: { readonly state: PurchaseState; readonly offerId: string; readonly quote: Quote },
): Promise<void> {
  const { provinceId } = act;
  await sql`
    update purchase_points p set ordered = s.share
    from (select point, sum(share)::integer as share from needs
      where province_id = ${provinceId} and purchase_id = ${purchaseId}::uuid group by point) s
    where p.province_id = ${provinceId} and p.purchase_id = ${purchaseId}::uuid
      and p.number = s.point`.execute(tx);
  await sql`
    update purchases p set state = ${state}, state_since = ${act.today}::date,
      offer_id = ${offerId}::uuid, ordered = ${String(quote.quantity)}::integer,
      price_rial = ${String(quote.priceRial)}::bigint,
      freight_rial = ${String(quote.freightRial)}::bigint,
      shared = s.share, shared_price_rial = s.price, shared_freight_rial = s.freight
    from (select sum(share)::integer as share, sum(price_rial)::bigint as price,
        sum(freight_rial)::bigint as freight
      from needs where province_id = ${provinceId} and purchase_id = ${purchaseId}::uuid) s
    where p.province_id = ${provinceId} and p.id = ${purchaseId}::uuid`.execute(tx);
}
