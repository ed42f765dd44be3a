import { sql } from 'kysely';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { getPurchaseForUpdate, needsForUpdate, type PurchaseRow, savePurchase } from './queries.ts';
import { isRipe } from './rules.ts';
import { moveNeeds, recordPurchase } from './steps.ts';

/** A purchase as an officer opens it. */
export type PurchaseInput = {
  readonly materialId: string;
  /** Whose makers may join; null = those of the whole province. */
  readonly countyId: number | null;
  /** Its last day. */
  readonly closesOn: string;
  /** The quantity at which it closes before that day. */
  readonly enough: bigint | null;
  /** What a unit costs in a shop, and who asked where. */
  readonly retail: { readonly unitRial: bigint; readonly source: string } | null;
  readonly points: readonly { readonly countyId: number; readonly place: string }[];
};

/** Opens a purchase with its delivery points. @throws Problem `platform.not_found`, `market.day_passed` */
export async function openPurchase(tx: Tx, act: Act, input: PurchaseInput): Promise<string> {
  if (input.closesOn < act.today) throw new Problem('market.day_passed');
  const id = uuid7(act.now.getTime());
  const key = { province_id: act.provinceId };
  const known = await tx
    .selectFrom('raw_materials')
    .select('id')
    .where('province_id', '=', act.provinceId)
    .where('id', '=', input.materialId)
    .executeTakeFirst();
  if (!known) throw new Problem('platform.not_found');
  await tx
    .insertInto('purchases')
    .values({
      ...{ ...key, id, material_id: input.materialId, county_id: input.countyId, state: 'open' },
      ...{ state_since: act.today, opened_on: act.today, closes_on: input.closesOn },
      enough: input.enough === null ? null : Number(input.enough),
      retail_unit_rial: input.retail?.unitRial ?? null,
      retail_source: input.retail === null ? null : normaliseText(input.retail.source),
      recorded_at: act.now,
    })
    .execute();
  const points = input.points.map(({ countyId, place }, at) => ({
    ...{ ...key, purchase_id: id, number: at + 1, county_id: countyId },
    place: normaliseText(place),
  }));
  await tx.insertInto('purchase_points').values(points).execute();
  const facts = { material: input.materialId, closes_on: input.closesOn };
  await recordPurchase(tx, act, {
    ...{ purchaseId: id, from: null, verb: 'market.openPurchase' },
    facts: { ...facts, enough: input.enough === null ? null : Number(input.enough) },
  });
  return id;
}

/**
 * Ends joining. With nobody in it there is nothing to buy: it is cancelled.
 * @throws Problem `platform.wrong_state` (409) when it was closed before
 */
async function close(tx: Tx, act: Act, purchase: PurchaseRow, why: string): Promise<void> {
  const { id: purchaseId, state: from } = purchase;
  const step = { purchaseId, from, facts: { by: why, pooled: Number(purchase.pooled) } };
  const state = await recordPurchase(tx, act, { ...step, verb: 'market.closePurchase' });
  await savePurchase(tx, act, purchaseId, { state, state_since: act.today });
  if (purchase.pooled > 0n) return;
  const nobody = { purchaseId, from: state, verb: 'market.cancelPurchase' } as const;
  const ended = await recordPurchase(tx, act, { ...nobody, facts: { by: 'nobody' } });
  await savePurchase(tx, act, purchaseId, { state: ended, state_since: act.today });
}

/** Closes a locked purchase whose day has passed or whose quantity is together; says whether it did. */
export async function closeIfRipe(tx: Tx, act: Act, purchase: PurchaseRow): Promise<boolean> {
  const why = purchase.state === 'open' && isRipe(purchase, purchase.pooled, act.today);
  if (!why) return false;
  await close(tx, act, purchase, why);
  return true;
}

/** An officer ends joining before its day. @throws Problem `platform.not_found`, `platform.wrong_state` */
export async function closePurchase(tx: Tx, act: Act, id: string): Promise<void> {
  await close(tx, act, await getPurchaseForUpdate(tx, act.provinceId, id), 'office');
}

/** Calls a purchase off before anything was ordered; its needs stand as they were stated. */
export async function cancelPurchase(tx: Tx, act: Act, id: string, reason: string): Promise<void> {
  const purchase = await getPurchaseForUpdate(tx, act.provinceId, id);
  const step = { purchaseId: id, from: purchase.state, verb: 'market.cancelPurchase' } as const;
  const state = await recordPurchase(tx, act, { ...step, reason: normaliseText(reason) });
  await savePurchase(tx, act, id, { state, state_since: act.today, pooled: 0 });
  const needs = await needsForUpdate(tx, act.provinceId, { purchaseId: id });
  const becomes = { purchaseId: null, point: null };
  const moves = needs.map((need) => ({ need, verb: 'market.missOut' as const, becomes, reason }));
  if (moves.length > 0) await moveNeeds(tx, act, moves);
}

/**
 * Closes every purchase of a province whose day has passed; run again it does nothing more.
 * @returns how many it closed
 */
export async function closeRipe(tx: Tx, act: Act): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    select id from purchases where province_id = ${act.provinceId} and state = 'open'
      and closes_on < ${act.today}::date order by id for update skip locked`.execute(tx);
  for (const { id } of rows) {
    await closeIfRipe(tx, act, await getPurchaseForUpdate(tx, act.provinceId, id));
  }
  return rows.length;
}
