import { sql } from 'kysely';
import { countyLabel, occupationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { permitsNow } from '../stalls.ts';
import { materialOf, pointsOf, purchaseLines, shareOf } from './show.ts';
import { listedOffers } from './show-offers.ts';
import { findSupplier, listMaterials } from './suppliers.ts';
import { standingOfSupplier } from './supporter-standing.ts';

/** What a maker sees of materials: their permits, what they need, their shares, and what they could join. */
export async function showMyNeeds(
  tx: Tx,
  reference: Reference,
  act: Act,
  { personId }: Pick<Principal, 'personId'>,
) {
  const { provinceId } = act;
  const permits = await goodPermits(tx, reference, act, personId);
  const open = await openPurchases(tx, reference, provinceId);
  const { rows } = await sql<MyNeedRow>`
    select n.*, m.name, m.unit, p.state as purchase_state, p.closes_on, t.place
    from needs n
    join raw_materials m on m.province_id = ${provinceId} and m.id = n.material_id
    left join purchases p on p.province_id = ${provinceId} and p.id = n.purchase_id
    left join purchase_points t on t.province_id = ${provinceId} and t.purchase_id = n.purchase_id
      and t.number = n.point
    where n.province_id = ${provinceId} and n.person_id = ${personId}::uuid
      and n.state <> 'withdrawn' order by n.id desc`.execute(tx);
  const needs = rows.map((row) => {
    const material = materialOf(provinceId, row);
    const { purchase_state: state, closes_on: closesOn, place } = row;
    const county = countyLabel(reference, row.county_id).id;
    const fits = (one: (typeof open)[number]) =>
      one.material.code === material.code && (one.county === null || one.county === county);
    const joinable =
      row.state === 'stated' ? open.filter(fits).map(({ county: _, ...o }) => o) : [];
    const purchase = state === null || closesOn === null ? null : { state, closesOn, place };
    return { ...shareOf(provinceId, row), material, purchase, joinable };
  });
  return { permits, materials: await listMaterials(tx, provinceId), needs };
}

type MyNeedRow = Parameters<typeof shareOf>[1] &
  Parameters<typeof materialOf>[1] & {
    county_id: number;
    purchase_state: string | null;
    closes_on: string | null;
    place: string | null;
  };

/** The permits of a person that are good today. */
export async function goodPermits(tx: Tx, reference: Reference, act: Act, personId: string | null) {
  const rows = await tx
    .selectFrom('cases')
    .select(['id', 'occupation_id', 'county_id'])
    .where('province_id', '=', act.provinceId)
    .where(sql<boolean>`person_id = ${personId}::uuid`)
    .where('permit_id', 'is not', null)
    .orderBy('id')
    .execute();
  const ids = rows.map(({ id }) => id);
  const permits = await permitsNow(tx, act.provinceId, ids, act.today);
  return rows
    .filter(({ id }) => permits.get(id)?.standing === 'valid')
    .map((row) => ({
      code: encodeCode(act.provinceId, row.id),
      occupation: occupationLabel(reference, row.occupation_id),
      county: countyLabel(reference, row.county_id),
    }));
}

async function openPurchases(tx: Tx, reference: Reference, provinceId: number) {
  const which = sql<boolean>`p.state = 'open'`;
  const lines = await purchaseLines(tx, reference, provinceId, which);
  const { rows } = await sql<{ id: string }>`
    select id from purchases where province_id = ${provinceId} and state = 'open'`.execute(tx);
  const byId = await pointsOf(
    tx,
    reference,
    provinceId,
    rows.map(({ id }) => id),
  );
  const byCode = new Map([...byId].map(([id, points]) => [encodeCode(provinceId, id), points]));
  return lines.map((line) => ({
    ...{ code: line.code, material: line.material, closesOn: line.closesOn, makers: line.makers },
    ...{ pooled: line.pooled, enough: line.enough, retailUnitRial: line.retailUnitRial },
    points: byCode.get(line.code) ?? [],
    county: line.county?.id ?? null,
  }));
}

/** What a supplier sees: purchases that take offers, and those it won with what goes where. */
export async function showMySupply(
  tx: Tx,
  reference: Reference,
  act: Act,
  { accountId }: Pick<Principal, 'accountId'>,
) {
  const { provinceId } = act;
  const supplier = await findSupplier(tx, provinceId, { accountId });
  if (!supplier) return { supplier: null, purchases: [] };
  const own = await listedOffers(
    tx,
    provinceId,
    sql<boolean>`o.supplier_id = ${supplier.id}::uuid`,
  );
  const byPurchase = Map.groupBy(own, ({ purchaseId }) => encodeCode(provinceId, purchaseId));
  const ids = [...new Set(own.map(({ purchaseId }) => purchaseId))];
  const lines = await purchaseLines(
    tx,
    reference,
    provinceId,
    sql<boolean>`(p.state in ('open', 'closed') or p.id = any(${ids}::uuid[]))`,
  );
  const points = await pointsOf(tx, reference, provinceId, ids);
  const purchases = lines.map((line) => {
    const offers = byPurchase.get(line.code) ?? [];
    const won = offers.find((one) => one.line.state === 'chosen');
    return {
      ...{ code: line.code, material: line.material, county: line.county, state: line.state },
      ...{ closesOn: line.closesOn, pooled: line.pooled, ordered: won ? line.ordered : 0 },
      points: won ? (points.get(won.purchaseId) ?? []) : [],
      offers: offers.map((one) => one.line),
    };
  });
  const standing = await standingOfSupplier(tx, act, supplier);
  return { supplier: { name: supplier.name, kind: supplier.kind, standing }, purchases };
}
