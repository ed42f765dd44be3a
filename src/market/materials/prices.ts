import { sql } from 'kysely';
import { type Reference, settingOn } from '../../accounts/index.ts';
import { type IsoDate, monthKey } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { type PriceCell, priceHistory } from './rules.ts';

/**
 * What makers of a county paid for a unit of a material in pooled purchases, by Jalali month; months in which
 * fewer than the setting `market.price_makers_min` bought are left out. Needs a look at the whole province.
 */
export async function pricesOf(
  tx: Tx,
  { provinceId, today }: Act,
  reference: Reference,
  { materialId, countyId }: { readonly materialId: string; readonly countyId: number },
): Promise<PriceCell[]> {
  const least = settingOn(reference, 'market.price_makers_min', provinceId, today);
  const { rows } = await sql<{ on: IsoDate; person_id: string; share: number; amount: bigint }>`
    select s.happened_on as on, n.person_id, n.share, n.price_rial + n.freight_rial as amount
    from needs n
    join purchase_steps s on s.province_id = ${provinceId} and s.purchase_id = n.purchase_id
      and s.verb = 'market.chooseOffer'
    where n.province_id = ${provinceId} and n.material_id = ${materialId}::uuid
      and n.county_id = ${countyId} and n.share > 0`.execute(tx);
  const paid = rows.map((row) => ({
    month: monthKey(row.on),
    personId: row.person_id,
    quantity: BigInt(row.share),
    rial: row.amount,
  }));
  return priceHistory(paid, Number(least));
}
