import { sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { NeedState, Offer, PurchaseState } from './rules.ts';

/** A purchase as its rules need it; quantities in thousandths of the unit. */
export type PurchaseRow = {
  readonly id: string;
  readonly materialId: string;
  readonly unit: string;
  readonly countyId: number | null;
  readonly state: PurchaseState;
  readonly closesOn: string;
  readonly enough: bigint | null;
  readonly pooled: bigint;
  readonly retailUnitRial: bigint | null;
  readonly ordered: bigint;
  readonly delivered: bigint;
  readonly deliveredOn: string | null;
};

/** The purchase, locked: whoever joins, closes or chooses waits in one line. @throws Problem `platform.not_found` */
export async function getPurchaseForUpdate(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<PurchaseRow> {
  const row = await tx
    .selectFrom('purchases as p')
    .innerJoin('raw_materials as m', (join) =>
      join.onRef('m.id', '=', 'p.material_id').on('m.province_id', '=', provinceId),
    )
    .selectAll('p')
    .select('m.unit')
    .where('p.province_id', '=', provinceId)
    .where('p.id', '=', id)
    .forUpdate('p')
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return {
    ...{ id: row.id, materialId: row.material_id, unit: row.unit, countyId: row.county_id },
    ...{ state: row.state as PurchaseState, closesOn: String(row.closes_on) },
    ...{ enough: row.enough === null ? null : BigInt(row.enough), pooled: BigInt(row.pooled) },
    ...{ retailUnitRial: row.retail_unit_rial, ordered: BigInt(row.ordered) },
    delivered: BigInt(row.delivered),
    deliveredOn: row.delivered_on === null ? null : String(row.delivered_on),
  };
}

/** Writes what a step left of a purchase, by column. */
export async function savePurchase(
  tx: Tx,
  { provinceId }: Pick<Act, 'provinceId'>,
  id: string,
  set: Readonly<Record<string, string | number | bigint | null>>,
): Promise<void> {
  await tx
    .updateTable('purchases')
    .set(set)
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/** A maker's need; quantities in thousandths of the unit. */
export type NeedRow = {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly countyId: number;
  readonly materialId: string;
  readonly quantity: bigint;
  readonly state: NeedState;
  readonly purchaseId: string | null;
  readonly point: number | null;
  readonly share: bigint;
  readonly priceRial: bigint;
  readonly freightRial: bigint;
  readonly savedRial: bigint;
  readonly collected: bigint;
  readonly leftBehind: bigint;
  readonly takenOver: bigint;
  readonly takenOverRial: bigint;
  readonly creditedRial: bigint;
  readonly paidRial: bigint;
};

/** Needs by their ids or of a purchase in some states, locked in the order of their ids. */
export async function needsForUpdate(
  tx: Tx,
  provinceId: number,
  which: { readonly ids: readonly string[] } | { readonly purchaseId: string },
): Promise<NeedRow[]> {
  const rows = await tx
    .selectFrom('needs')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(
      'ids' in which
        ? sql<boolean>`id = any(${which.ids}::uuid[])`
        : sql<boolean>`purchase_id = ${which.purchaseId}::uuid`,
    )
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, caseId: row.case_id, personId: row.person_id, countyId: row.county_id },
    ...{ materialId: row.material_id, quantity: BigInt(row.quantity) },
    ...{ state: row.state as NeedState, purchaseId: row.purchase_id, point: row.point },
    ...{ share: BigInt(row.share), priceRial: row.price_rial, freightRial: row.freight_rial },
    ...{ savedRial: row.saved_rial, collected: BigInt(row.collected) },
    ...{ leftBehind: BigInt(row.left_behind), takenOver: BigInt(row.taken_over) },
    ...{ takenOverRial: row.taken_over_rial, creditedRial: row.credited_rial },
    paidRial: row.paid_rial,
  }));
}

/** Writes needs as steps left them. */
export async function saveNeeds(tx: Tx, act: Act, needs: readonly NeedRow[]): Promise<void> {
  const of = <T>(pick: (one: NeedRow) => T) => needs.map(pick);
  const text = (pick: (one: NeedRow) => bigint) => needs.map((one) => String(pick(one)));
  await sql`
    update needs n set state = i.state, state_since = ${act.today}::date,
      purchase_id = i.purchase_id, point = i.point, share = i.share, price_rial = i.price_rial,
      freight_rial = i.freight_rial, saved_rial = i.saved_rial, collected = i.collected,
      left_behind = i.left_behind, taken_over = i.taken_over, taken_over_rial = i.taken_over_rial,
      credited_rial = i.credited_rial, paid_rial = i.paid_rial
    from unnest(${of((n) => n.id)}::uuid[], ${of((n) => n.state)}::text[],
      ${of((n) => n.purchaseId)}::uuid[], ${of((n) => n.point)}::integer[],
      ${text((n) => n.share)}::integer[], ${text((n) => n.priceRial)}::bigint[],
      ${text((n) => n.freightRial)}::bigint[], ${text((n) => n.savedRial)}::bigint[],
      ${text((n) => n.collected)}::integer[], ${text((n) => n.leftBehind)}::integer[],
      ${text((n) => n.takenOver)}::integer[], ${text((n) => n.takenOverRial)}::bigint[],
      ${text((n) => n.creditedRial)}::bigint[], ${text((n) => n.paidRial)}::bigint[])
      as i(id, state, purchase_id, point, share, price_rial, freight_rial, saved_rial, collected,
        left_behind, taken_over, taken_over_rial, credited_rial, paid_rial)
    where n.province_id = ${act.provinceId}::integer and n.id = i.id`.execute(tx);
}

/** An offer with whose it is. */
export type OfferRow = Offer & {
  readonly purchaseId: string;
  readonly supplierId: string;
  /** The supplier's own account, where it has one. */
  readonly accountId: string | null;
  readonly state: string;
  readonly validUntilOn: string;
};

/** An offer, not locked: its purchase is what acts lock. @throws Problem `platform.not_found` (404) */
export async function getOffer(tx: Tx, provinceId: number, id: string): Promise<OfferRow> {
  const row = await tx
    .selectFrom('offers as o')
    .innerJoin('suppliers as s', (join) =>
      join.onRef('s.id', '=', 'o.supplier_id').on('s.province_id', '=', provinceId),
    )
    .selectAll('o')
    .select('s.account_id as owner')
    .where('o.province_id', '=', provinceId)
    .where('o.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return {
    ...{ id: row.id, purchaseId: row.purchase_id, supplierId: row.supplier_id },
    ...{ accountId: row.owner, state: row.state, validUntilOn: String(row.valid_until_on) },
    breaks: row.break_quantities.map((from, at) => ({
      from: BigInt(from),
      unitRial: BigInt(row.break_rials[at] ?? 0),
    })),
    freightRial: row.freight_rial,
    most: row.most === null ? null : BigInt(row.most),
  };
}

/** Changes what stands at a point of a purchase; its CHECKs hold what is handed out to what came. */
export async function movePoint(
  tx: Tx,
  provinceId: number,
  at: { readonly purchaseId: string; readonly point: number },
  column: 'delivered' | 'collected' | 'returned',
  quantity: bigint,
): Promise<void> {
  const { rows } = await sql`
    update purchase_points set ${sql.ref(column)} = ${sql.ref(column)} + ${String(quantity)}::integer
    where province_id = ${provinceId} and purchase_id = ${at.purchaseId}::uuid
      and number = ${at.point} returning number`.execute(tx);
  if (rows.length === 0) throw new Problem('market.no_such_point', { point: at.point });
}
