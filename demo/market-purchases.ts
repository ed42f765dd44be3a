import { sql } from 'kysely';
import { addDays, isoDate } from '../src/kit/jalali.ts';
import {
  addMaterial,
  chooseOffer,
  closePurchase,
  collect,
  deliver,
  joinPurchase,
  makeOffer,
  openPurchase,
  payShare,
  registerSupplier,
  stateNeeds,
} from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import { atCastDesk } from './carry-out.ts';
import { marketData } from './market-data.ts';
import type { MarketScene } from './market-scene.ts';
import { PROVINCE_ID } from './plan-targets.ts';

const { materials } = marketData;
const SEWING = ['tailoring', 'dressmaking', 'children-clothes-sewing', 'local-dress-sewing'];
const KITCHEN = [
  'jam-making',
  'pickle-making',
  'noghl-making',
  'sweet-making',
  'fruit-leather-making',
];

const office = (scene: MarketScene, act: Act) => atCastDesk(scene, act, 'officer');
const after = (act: Act, days: number) => addDays(isoDate(act.today), days);

/** Permit holders of a few occupations in one county, whose permits are good for a while yet. */
async function makers({ tx }: MarketScene, occupations: readonly string[], most: number) {
  const { rows } = await sql<{ id: string }>`
    select c.id from cases c
    join permits t on t.province_id = ${PROVINCE_ID} and t.case_id = c.id
      and t.taken_back_at is null and t.valid_until > '2022-10-01'
    where c.province_id = ${PROVINCE_ID} and c.state = 'issued' and c.county_id = 401
      and c.kind <> 'supporter' and c.occupation_id = any(${occupations}::text[])
    order by c.id limit ${most}`.execute(tx);
  return rows.map(({ id }) => id);
}

async function materialId({ tx }: MarketScene, name: string): Promise<string> {
  const row = await tx
    .selectFrom('raw_materials')
    .select('id')
    .where('province_id', '=', PROVINCE_ID)
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.id ?? '';
}

async function purchaseIn({ tx }: MarketScene, state: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('purchases')
    .select('id')
    .where('province_id', '=', PROVINCE_ID)
    .where('state', '=', state)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id;
}

async function needsOf({ tx }: MarketScene, purchaseId: string) {
  return tx
    .selectFrom('needs')
    .select(['id', 'price_rial', 'freight_rial'])
    .where('province_id', '=', PROVINCE_ID)
    .where('purchase_id', '=', purchaseId)
    .orderBy('id')
    .execute();
}

type Pool = {
  readonly material: string;
  readonly caseIds: readonly string[];
  readonly retail: bigint;
  readonly closesOn: string;
  /** A maker's quantity by their place, in thousandths. */
  readonly quantity: (nth: number) => bigint;
};

/** Opens a purchase, and makers state what they need and join it. */
async function pool(scene: MarketScene, act: Act, it: Pool): Promise<string> {
  const { tx } = scene;
  const material = await materialId(scene, it.material);
  const points = materials.points.map((place) => ({ countyId: 401, place }));
  const purchaseId = await openPurchase(tx, office(scene, act), {
    ...{ materialId: material, countyId: 401, closesOn: it.closesOn, enough: null, points },
    retail: { unitRial: it.retail, source: materials.retailSource },
  });
  const neededBy = addDays(isoDate(it.closesOn), 30);
  const inputs = it.caseIds.map((caseId, nth) => ({
    ...{ caseId, materialId: material, quantity: it.quantity(nth), neededBy },
  }));
  const needs = await stateNeeds(tx, act, inputs);
  for (const [nth, needId] of needs.entries()) {
    await joinPurchase(tx, act, { needId, purchaseId, point: 1 + (nth % 2) });
  }
  return purchaseId;
}

/** The first supporter that was found fit, is not in default, and whose permit is good for a while yet. */
async function goodSupporter({ tx }: MarketScene): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select s.case_id as id from supporters s
    join cases c on c.province_id = ${PROVINCE_ID} and c.id = s.case_id and c.state = 'issued'
    join permits t on t.province_id = ${PROVINCE_ID} and t.case_id = s.case_id
      and t.taken_back_at is null and t.valid_until > '2022-10-01'
    where s.province_id = ${PROVINCE_ID} and s.state = 'approved' and s.county_id = 401
    order by s.case_id limit 1`.execute(tx);
  return rows[0]?.id;
}

async function suppliersOf({ tx }: MarketScene) {
  const rows = await tx
    .selectFrom('suppliers')
    .select(['id', 'kind'])
    .where('province_id', '=', PROVINCE_ID)
    .orderBy('id')
    .execute();
  return rows;
}

/** Offers of three suppliers, each a little dearer than the one before and cheaper by quantity. */
async function offers(scene: MarketScene, act: Act, purchaseId: string, unitRial: bigint) {
  const made: string[] = [];
  for (const [nth, { id: supplierId }] of (await suppliersOf(scene)).slice(0, 3).entries()) {
    const unit = (unitRial * BigInt(100 + nth * 4)) / 100n;
    const id = await makeOffer(scene.tx, office(scene, act), {
      ...{ purchaseId, supplierId, freightRial: 9_500_000n - BigInt(nth) * 3_000_000n, most: null },
      breaks: [
        { from: 10_000n, unitRial: unit },
        { from: 100_000n, unitRial: (unit * 94n) / 100n },
      ],
      ...{ deliversOn: after(act, 12), validUntil: after(act, 20) },
    });
    made.push(id);
  }
  return made;
}

/** The materials and suppliers of the province, and the first purchase: cloth for those who sew. */
export async function openPool(scene: MarketScene, act: Act): Promise<void> {
  const desk = office(scene, act);
  for (const [name, unit] of materials.list) await addMaterial(scene.tx, desk, { name, unit });
  const supporterCaseId = await goodSupporter(scene);
  for (const [kind, name, countyId] of materials.suppliers) {
    if (kind !== 'supporter') await registerSupplier(scene.tx, desk, { kind, name, countyId });
    else if (supporterCaseId) {
      await registerSupplier(scene.tx, desk, { kind, name, countyId, supporterCaseId });
    }
  }
  const caseIds = await makers(scene, SEWING, 18);
  if (caseIds.length === 0) return;
  await pool(scene, act, {
    ...{ material: materials.list[0]?.[0] ?? '', caseIds, retail: 1_450_000n },
    ...{ closesOn: after(act, 5), quantity: (nth) => 20_000n + BigInt(nth % 5) * 7_500n },
  });
}

/** Joining ends, suppliers offer, one is chosen and every share is known. */
export async function chooseSupplier(scene: MarketScene, act: Act): Promise<void> {
  const purchaseId = await purchaseIn(scene, 'open');
  if (!purchaseId) return;
  const desk = office(scene, act);
  await closePurchase(scene.tx, desk, purchaseId);
  const [offerId] = await offers(scene, act, purchaseId, 1_150_000n);
  if (offerId) await chooseOffer(scene.tx, desk, { offerId, reason: materials.reason });
}

/** The cloth comes to both points; makers pay and collect, all but the last two. */
export async function handOutMaterial(scene: MarketScene, act: Act): Promise<void> {
  const { tx } = scene;
  const purchaseId = await purchaseIn(scene, 'ordered');
  if (!purchaseId) return;
  const desk = office(scene, act);
  const points = await tx
    .selectFrom('purchase_points')
    .select(['number', 'ordered'])
    .where('province_id', '=', PROVINCE_ID)
    .where('purchase_id', '=', purchaseId)
    .orderBy('number')
    .execute();
  for (const { number, ordered } of points) {
    await deliver(tx, desk, purchaseId, { point: number, quantity: BigInt(ordered) });
  }
  const needs = await needsOf(scene, purchaseId);
  for (const need of needs.slice(0, -2)) {
    const amountRial = need.price_rial + need.freight_rial;
    await payShare(tx, desk, need.id, { amountRial });
    await collect(tx, desk, need.id, undefined);
  }
}

/** A purchase that can still be joined: jars for those who cook, with offers that wait. */
export async function leavePoolOpen(scene: MarketScene, act: Act): Promise<void> {
  const caseIds = await makers(scene, KITCHEN, 14);
  if (caseIds.length < 3) return;
  const purchaseId = await pool(scene, act, {
    ...{ material: materials.list[4]?.[0] ?? '', caseIds: caseIds.slice(1), retail: 185_000n },
    ...{ closesOn: '2022-07-06', quantity: (nth) => 60_000n + BigInt(nth % 4) * 30_000n },
  });
  await offers(scene, act, purchaseId, 138_000n);
}
