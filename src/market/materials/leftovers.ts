import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { settleIfDone } from './hand-out.ts';
import { lockShare } from './needs.ts';
import { movePoint, type NeedRow, needsForUpdate } from './queries.ts';
import { partOf } from './rules.ts';
import { moveNeeds } from './steps.ts';

/** What a maker left behind, with its part of price, freight and saving. */
function leftOf(need: NeedRow) {
  const kept = partOf({ ...need, quantity: need.share }, need.collected);
  const amountRial = need.priceRial - kept.priceRial + need.freightRial - kept.freightRial;
  const priceRial = need.priceRial - kept.priceRial;
  return { amountRial, priceRial, savedRial: need.savedRial - kept.savedRial };
}

/**
 * Gives what one maker left behind to another of the same purchase, who takes over its price and freight.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.purchase_unfit`
 */
export async function giveLeftover(
  tx: Tx,
  act: Act,
  given: { readonly needId: string; readonly toNeedId: string; readonly reason: string },
): Promise<void> {
  const { purchase, need } = await lockShare(tx, act.provinceId, given.needId);
  const [to] = await needsForUpdate(tx, act.provinceId, { ids: [given.toNeedId] });
  if (to?.purchaseId !== purchase.id || to.id === need.id) {
    throw new Problem('market.purchase_unfit');
  }
  const { amountRial, savedRial } = leftOf(need);
  const reason = normaliseText(given.reason);
  const facts = { quantity: Number(need.leftBehind), amount_rial: String(amountRial) };
  await moveNeeds(tx, act, [
    {
      ...{ need, verb: 'market.giveLeftover', becomes: { creditedRial: amountRial }, reason },
      facts: { ...facts, to: to.id },
    },
    {
      ...{ need: to, verb: 'market.takeOver', rial: savedRial, reason },
      becomes: {
        takenOver: to.takenOver + need.leftBehind,
        takenOverRial: to.takenOverRial + amountRial,
      },
      facts: { ...facts, of: need.id },
    },
  ]);
  await movePoint(tx, act.provinceId, need, 'collected', need.leftBehind);
  await writeLeftover(tx, act, need, { outcome: 'given', toNeedId: to.id, amountRial, reason });
  await settleIfDone(tx, act, purchase);
}

/**
 * Sends back to the supplier what a maker left behind; what the supplier gives for it is no longer owed.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.refund_too_large`
 */
export async function returnLeftover(
  tx: Tx,
  act: Act,
  given: { readonly needId: string; readonly refundRial: bigint; readonly reason: string },
): Promise<void> {
  const { purchase, need } = await lockShare(tx, act.provinceId, given.needId);
  const amountRial = given.refundRial;
  // The freight was driven all the same.
  if (amountRial > leftOf(need).priceRial) throw new Problem('market.refund_too_large');
  const reason = normaliseText(given.reason);
  const facts = { quantity: Number(need.leftBehind), amount_rial: String(amountRial) };
  const becomes = { creditedRial: amountRial };
  await moveNeeds(tx, act, [{ need, verb: 'market.returnLeftover', becomes, reason, facts }]);
  await movePoint(tx, act.provinceId, need, 'returned', need.leftBehind);
  await writeLeftover(tx, act, need, { outcome: 'returned', toNeedId: null, amountRial, reason });
  await settleIfDone(tx, act, purchase);
}

async function writeLeftover(
  tx: Tx,
  act: Act,
  need: NeedRow,
  what: {
    readonly outcome: 'given' | 'returned';
    readonly toNeedId: string | null;
    readonly amountRial: bigint;
    readonly reason: string;
  },
): Promise<void> {
  await tx
    .insertInto('leftovers')
    .values({
      ...{ province_id: act.provinceId, need_id: need.id, quantity: Number(need.leftBehind) },
      ...{ outcome: what.outcome, to_need_id: what.toNeedId, amount_rial: what.amountRial },
      ...{ reason: what.reason, happened_on: act.today, recorded_at: act.now },
    })
    .execute();
}
