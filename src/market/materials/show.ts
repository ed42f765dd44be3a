import { type RawBuilder, sql } from 'kysely';
import { countyLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { contactFor } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { listedOffers } from './show-offers.ts';

/** Purchases of a province with their material and how many makers and offers each has. */
export async function purchaseLines(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  which: RawBuilder<boolean>,
) {
  const { rows } = await sql<PurchaseLineRow>`
    select p.*, m.name, m.unit,
      (select count(*)::integer from needs n where n.province_id = ${provinceId}
        and n.purchase_id = p.id) as makers,
      (select count(*)::integer from offers o where o.province_id = ${provinceId}
        and o.purchase_id = p.id and o.state <> 'withdrawn') as offers
    from purchases p
    join raw_materials m on m.province_id = ${provinceId} and m.id = p.material_id
    where p.province_id = ${provinceId} and ${which}
    order by p.opened_on desc, p.id desc limit 200`.execute(tx);
  return rows.map((row) => ({
    ...{ code: encodeCode(provinceId, row.id), material: materialOf(provinceId, row) },
    county: row.county_id === null ? null : countyLabel(reference, row.county_id),
    ...{ state: row.state, since: row.state_since, closesOn: row.closes_on, enough: row.enough },
    ...{ pooled: row.pooled, makers: row.makers, offers: row.offers },
    retailUnitRial: rialOrNull(row.retail_unit_rial),
    ...{ retailSource: row.retail_source, ordered: row.ordered, delivered: row.delivered },
    ...{ priceRial: rialOrNull(row.price_rial), freightRial: rialOrNull(row.freight_rial) },
  }));
}

type PurchaseLineRow = {
  id: string;
  material_id: string;
  name: string;
  unit: string;
  county_id: number | null;
  state: string;
  state_since: string;
  closes_on: string;
  enough: number | null;
  pooled: number;
  makers: number;
  offers: number;
  retail_unit_rial: bigint | null;
  retail_source: string | null;
  ordered: number;
  delivered: number;
  price_rial: bigint | null;
  freight_rial: bigint | null;
};

const rialOrNull = (amount: bigint | null) => (amount === null ? null : String(amount));

/** A material as it goes over the wire. */
export function materialOf(
  provinceId: number,
  row: { readonly material_id: string; readonly name: string; readonly unit: string },
) {
  return { code: encodeCode(provinceId, row.material_id), name: row.name, unit: row.unit };
}

type ShareRow = {
  id: string;
  state: string;
  quantity: number;
  needed_by_on: unknown;
  point: number | null;
  share: number;
  price_rial: bigint;
  freight_rial: bigint;
  saved_rial: bigint;
  collected: number;
  left_behind: number;
  taken_over: number;
  taken_over_rial: bigint;
  credited_rial: bigint;
  paid_rial: bigint;
};

/** A need and its share as they go over the wire. */
export function shareOf(provinceId: number, row: ShareRow) {
  const whole = row.price_rial + row.freight_rial + row.taken_over_rial - row.credited_rial;
  return {
    ...{ code: encodeCode(provinceId, row.id), state: row.state, quantity: row.quantity },
    ...{ neededBy: String(row.needed_by_on), point: row.point, share: row.share },
    ...{ priceRial: String(row.price_rial), freightRial: String(row.freight_rial) },
    ...{ savedRial: String(row.saved_rial), collected: row.collected },
    ...{ leftBehind: row.left_behind, takenOver: row.taken_over },
    ...{ owedRial: String(whole - row.paid_rial), paidRial: String(row.paid_rial) },
  };
}

/** The delivery points of purchases, in their order. */
export async function pointsOf(
  tx: Tx,
  reference: Reference,
  provinceId: number,
  purchaseIds: readonly string[],
) {
  const rows = await tx
    .selectFrom('purchase_points')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`purchase_id = any(${purchaseIds}::uuid[])`)
    .orderBy('number')
    .execute();
  return Map.groupBy(
    rows.map((row) => ({
      ...{ purchaseId: row.purchase_id, number: row.number, place: row.place },
      ...{ county: countyLabel(reference, row.county_id), ordered: row.ordered },
      ...{ delivered: row.delivered, collected: row.collected, returned: row.returned },
    })),
    ({ purchaseId }) => purchaseId,
  );
}

/** Everything about a purchase, for the office. @throws Problem `platform.not_found` (404) */
export async function showPurchase(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
) {
  const [line] = await purchaseLines(tx, reference, provinceId, sql<boolean>`p.id = ${id}::uuid`);
  if (!line) throw new Problem('platform.not_found');
  const [points, needs, offerList, deliveries, steps] = await Promise.all([
    pointsOf(tx, reference, provinceId, [id]),
    needsOf(tx, reference, principal, { provinceId, id }),
    listedOffers(tx, provinceId, sql<boolean>`o.purchase_id = ${id}::uuid`),
    deliveriesOf(tx, provinceId, id),
    stepsOf(tx, provinceId, id),
  ]);
  const reason = steps.find(({ verb }) => verb === 'market.chooseOffer')?.reason ?? null;
  return {
    ...{ ...line, reason, points: points.get(id) ?? [], needs, deliveries, steps },
    offerList: offerList.map(({ line: offer }) => offer),
  };
}

async function needsOf(
  tx: Tx,
  reference: Reference,
  principal: Principal,
  { provinceId, id: purchaseId }: { readonly provinceId: number; readonly id: string },
) {
  const rows = await tx
    .selectFrom('needs as n')
    .innerJoin('people as e', (join) =>
      join.onRef('e.id', '=', 'n.person_id').on('e.province_id', '=', provinceId),
    )
    .selectAll('n')
    .select(['e.first_name', 'e.last_name', 'e.mobile'])
    .where('n.province_id', '=', provinceId)
    .where('n.purchase_id', '=', purchaseId)
    .orderBy('n.id')
    .execute();
  return rows.map((row) => ({
    ...shareOf(provinceId, row),
    ...{ name: `${row.first_name} ${row.last_name}`, mobile: contactFor(principal, row.mobile) },
    county: countyLabel(reference, row.county_id),
  }));
}

async function deliveriesOf(tx: Tx, provinceId: number, purchaseId: string) {
  const rows = await tx
    .selectFrom('purchase_deliveries')
    .select(['number', 'point', 'quantity', 'delivered_on', 'note'])
    .where('province_id', '=', provinceId)
    .where('purchase_id', '=', purchaseId)
    .orderBy('number')
    .execute();
  return rows.map(({ delivered_on, ...row }) => ({ ...row, deliveredOn: String(delivered_on) }));
}

async function stepsOf(tx: Tx, provinceId: number, purchaseId: string) {
  const rows = await tx
    .selectFrom('purchase_steps')
    .select(['verb', 'happened_on', 'reason', 'facts'])
    .where('province_id', '=', provinceId)
    .where('purchase_id', '=', purchaseId)
    .orderBy('seq')
    .execute();
  return rows.map(({ verb, happened_on, reason, facts }) => {
    const { by } = facts as { by?: string };
    return { verb, happenedOn: String(happened_on), reason, by: by ?? null };
  });
}
