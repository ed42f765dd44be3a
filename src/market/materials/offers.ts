import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { isOffice } from './policy.ts';
import {
  getOffer,
  getPurchaseForUpdate,
  type NeedRow,
  needsForUpdate,
  type OfferRow,
  type PurchaseRow,
  savePurchase,
} from './queries.ts';
import { type Break, checkBreaks, type Quote, quoteFor, sharesOf, stepOfUnit } from './rules.ts';
import { writeWhole } from './shares.ts';
import { moveNeeds, recordPurchase } from './steps.ts';
import { demandStanding } from './supporter-standing.ts';

/** What a supplier puts forward for a purchase. */
export type OfferInput = {
  readonly purchaseId: string;
  readonly supplierId: string;
  readonly breaks: readonly Break[];
  readonly freightRial: bigint;
  readonly most: bigint | null;
  readonly deliversOn: string;
  readonly validUntil: string;
  readonly note?: string | undefined;
};

/** States of a purchase in which offers for it count. */
const offering: readonly string[] = ['open', 'closed'];

/**
 * Puts an offer forward. A supplier has one standing offer for a purchase; a better one takes the place of
 * one that was withdrawn.
 * @throws Problem `platform.not_found`, `market.purchase_closed`, `market.breaks_wrong`, `market.day_passed`,
 * `market.offered_already`, `market.quantity_wrong`, `market.supporter_not_good`
 */
export async function makeOffer(tx: Tx, act: Act, input: OfferInput): Promise<string> {
  const purchase = await getPurchaseForUpdate(tx, act.provinceId, input.purchaseId);
  if (!offering.includes(purchase.state)) throw new Problem('market.purchase_closed');
  await demandStanding(tx, act, input.supplierId);
  checkBreaks(input.breaks, input.most);
  if (input.most !== null && input.most % stepOfUnit(purchase.unit) !== 0n) {
    throw new Problem('market.quantity_wrong');
  }
  if (input.validUntil < act.today || input.deliversOn < act.today) {
    throw new Problem('market.day_passed');
  }
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('offers')
    .values({
      ...{ province_id: act.provinceId, id, purchase_id: purchase.id },
      ...{ supplier_id: input.supplierId, state: 'standing', freight_rial: input.freightRial },
      break_quantities: input.breaks.map(({ from }) => Number(from)),
      break_rials: input.breaks.map(({ unitRial }) => unitRial),
      most: input.most === null ? null : Number(input.most),
      ...{ delivers_on: input.deliversOn, valid_until_on: input.validUntil },
      note: input.note ? normaliseText(input.note) : null,
      ...{ account_id: act.actorId, recorded_at: act.now },
    })
    .execute();
  return id;
}

/**
 * An offer that is the caller's: the supplier's own, or any for the office.
 * @throws Problem `platform.not_found` (404)
 */
export async function ownOffer(
  tx: Tx,
  provinceId: number,
  principal: Principal,
  id: string,
): Promise<OfferRow> {
  const offer = await getOffer(tx, provinceId, id);
  const isTheirs = isOffice(principal) || offer.accountId === principal.accountId;
  if (!isTheirs) throw new Problem('platform.not_found');
  return offer;
}

/** Takes an offer back that was not chosen. @throws Problem `platform.wrong_state` (409) */
export async function withdrawOffer(tx: Tx, act: Act, offer: OfferRow): Promise<void> {
  await getPurchaseForUpdate(tx, act.provinceId, offer.purchaseId);
  const { state } = await getOffer(tx, act.provinceId, offer.id);
  if (state !== 'standing') {
    throw new Problem('platform.wrong_state', { verb: 'market.withdrawOffer', state });
  }
  await setOffer(tx, act, offer.id, 'withdrawn');
}

function setOffer(tx: Tx, { provinceId }: Act, id: string, state: string) {
  return tx
    .updateTable('offers')
    .set({ state })
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .execute();
}

/**
 * Chooses one of a closed purchase's offers, with the reason, and allots each maker's share of quantity, price
 * and freight. Whoever gets nothing of a small offer is free again.
 * @returns the purchase's id
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.offer_over`, `market.offer_unfit`,
 * `market.supporter_not_good`
 */
export async function chooseOffer(
  tx: Tx,
  act: Act,
  { offerId, reason }: { readonly offerId: string; readonly reason: string },
): Promise<string> {
  const { purchaseId } = await getOffer(tx, act.provinceId, offerId);
  const purchase = await getPurchaseForUpdate(tx, act.provinceId, purchaseId);
  const offer = await getOffer(tx, act.provinceId, offerId);
  if (offer.state !== 'standing' || offer.validUntilOn < act.today) {
    throw new Problem('market.offer_over');
  }
  await demandStanding(tx, act, offer.supplierId);
  const quote = quoteFor(offer, purchase.pooled);
  if (!quote) throw new Problem('market.offer_unfit');
  const { priceRial, freightRial } = quote;
  const said = { price_rial: String(priceRial), freight_rial: String(freightRial) };
  const state = await recordPurchase(tx, act, {
    ...{ purchaseId, from: purchase.state, verb: 'market.chooseOffer' },
    ...{ reason: normaliseText(reason), facts: { offer: offerId, ...said } },
  });
  await setOffer(tx, act, offerId, 'chosen');
  const needs = await needsForUpdate(tx, act.provinceId, { purchaseId });
  await allot(tx, act, { purchase, quote, needs, facts: { offer: offerId } });
  await writeWhole(tx, act, purchaseId, { state, offerId, quote });
  return purchaseId;
}

type Allotment = {
  readonly purchase: PurchaseRow;
  readonly quote: Quote;
  readonly needs: readonly NeedRow[];
  readonly facts: Readonly<Record<string, unknown>>;
};

async function allot(tx: Tx, act: Act, { purchase, quote, needs, facts }: Allotment) {
  const wanted = needs.map(({ quantity }) => quantity);
  const shares = sharesOf(quote, wanted, stepOfUnit(purchase.unit), purchase.retailUnitRial);
  const moves = needs.map((need, at) => {
    const share = shares[at];
    if (!share || share.quantity === 0n) {
      const becomes = { purchaseId: null, point: null };
      return { need, verb: 'market.missOut' as const, becomes, facts };
    }
    const { quantity, priceRial, freightRial, savedRial } = share;
    const becomes = { share: quantity, priceRial, freightRial, savedRial };
    const said = { share: Number(quantity), price_rial: String(priceRial) };
    return {
      ...{ need, verb: 'market.allotShare' as const, becomes, rial: priceRial + freightRial },
      facts: { ...facts, ...said, freight_rial: String(freightRial) },
    };
  });
  await moveNeeds(tx, act, moves);
  const left = needs.filter((_, at) => shares[at]?.quantity === 0n);
  const gone = left.reduce((sum, need) => sum + need.quantity, 0n);
  if (gone > 0n) await savePurchase(tx, act, purchase.id, { pooled: purchase.pooled - gone });
}
