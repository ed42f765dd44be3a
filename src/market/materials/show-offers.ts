import { type RawBuilder, sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import { quoteFor } from './rules.ts';

type OfferLineRow = {
  id: string;
  purchase_id: string;
  state: string;
  name: string;
  kind: string;
  break_quantities: number[];
  break_rials: (bigint | string)[];
  freight_rial: bigint;
  most: number | null;
  delivers_on: string;
  valid_until_on: string;
  note: string | null;
  pooled: number;
};

/** Offers with their suppliers, and what each comes to for what is pooled; by what they come to. */
export async function listedOffers(tx: Tx, provinceId: number, which: RawBuilder<boolean>) {
  const { rows } = await sql<OfferLineRow>`
    select o.*, s.name, s.kind, p.pooled
    from offers o
    join suppliers s on s.province_id = ${provinceId} and s.id = o.supplier_id
    join purchases p on p.province_id = ${provinceId} and p.id = o.purchase_id
    where o.province_id = ${provinceId} and ${which} order by o.id`.execute(tx);
  const lines = rows.map((row) => ({
    purchaseId: row.purchase_id,
    line: offerLine(provinceId, row),
  }));
  const total = (one: (typeof lines)[number]) => BigInt(one.line.quote?.totalRial ?? 2n ** 62n);
  return lines.sort((a, b) => (total(a) < total(b) ? -1 : 1));
}

function offerLine(provinceId: number, row: OfferLineRow) {
  const breaks = row.break_quantities.map((from, at) => ({
    from: BigInt(from),
    unitRial: BigInt(row.break_rials[at] ?? 0),
  }));
  const most = row.most === null ? null : BigInt(row.most);
  const offer = { id: row.id, breaks, freightRial: row.freight_rial, most };
  const quote = quoteFor(offer, BigInt(row.pooled));
  return {
    ...{ code: encodeCode(provinceId, row.id), supplier: { name: row.name, kind: row.kind } },
    ...{ state: row.state, freightRial: String(row.freight_rial), most: row.most },
    breaks: breaks.map(({ from, unitRial }) => ({
      from: Number(from),
      unitRial: String(unitRial),
    })),
    ...{ deliversOn: row.delivers_on, validUntil: row.valid_until_on, note: row.note },
    quote: quote
      ? {
          ...{ quantity: Number(quote.quantity), unitRial: String(quote.unitRial) },
          priceRial: String(quote.priceRial),
          totalRial: String(quote.priceRial + quote.freightRial),
        }
      : null,
  };
}
