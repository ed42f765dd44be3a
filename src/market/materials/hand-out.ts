import { type Reference, settingOn } from '../../accounts/index.ts';
import { addDays, type IsoDate } from '../../kit/jalali.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { lockShare } from './needs.ts';
import { getPurchaseForUpdate, movePoint, type PurchaseRow, savePurchase } from './queries.ts';
import { doneNeeds, partOf } from './rules.ts';
import { moveNeeds, recordPurchase } from './steps.ts';

/**
 * Records that so much came to a point; the delivery that brings the rest ends delivering.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.no_such_point`, `market.more_than_ordered`
 */
export async function deliver(
  tx: Tx,
  act: Act,
  purchaseId: string,
  what: { readonly point: number; readonly quantity: bigint; readonly note?: string | undefined },
): Promise<void> {
  const purchase = await getPurchaseForUpdate(tx, act.provinceId, purchaseId);
  const delivered = purchase.delivered + what.quantity;
  const verb = delivered === purchase.ordered ? 'market.deliverRest' : 'market.deliverPart';
  const facts = { point: what.point, quantity: Number(what.quantity) };
  const state = await recordPurchase(tx, act, { purchaseId, from: purchase.state, verb, facts });
  await movePoint(
    tx,
    act.provinceId,
    { purchaseId, point: what.point },
    'delivered',
    what.quantity,
  );
  const { count } = await tx
    .selectFrom('purchase_deliveries')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('province_id', '=', act.provinceId)
    .where('purchase_id', '=', purchaseId)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('purchase_deliveries')
    .values({
      ...{ province_id: act.provinceId, purchase_id: purchaseId, number: Number(count) + 1 },
      ...{ point: what.point, quantity: Number(what.quantity), delivered_on: act.today },
      note: what.note ? normaliseText(what.note) : null,
      ...{ account_id: act.actorId, recorded_at: act.now },
    })
    .execute();
  const moved = { delivered, delivered_on: act.today, state, state_since: act.today };
  await savePurchase(tx, act, purchaseId, moved);
}

/**
 * A maker collects so much of their share at their point, or all that is left of it.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.not_there_yet`, `market.more_than_share`
 */
export async function collect(
  tx: Tx,
  act: Act,
  needId: string,
  given: bigint | undefined,
): Promise<void> {
  const { purchase, need } = await lockShare(tx, act.provinceId, needId);
  const left = need.share - need.collected;
  const quantity = given ?? left;
  if (quantity > left) throw new Problem('market.more_than_share');
  const isRest = quantity === left;
  const verb = isRest ? ('market.collectRest' as const) : ('market.collectPart' as const);
  const becomes = { collected: need.collected + quantity };
  const facts = { quantity: Number(quantity) };
  const rial = isRest ? need.savedRial : undefined;
  await moveNeeds(tx, act, [
    { need, verb, becomes, facts, ...(rial === undefined ? {} : { rial }) },
  ]);
  await movePoint(tx, act.provinceId, need, 'collected', quantity);
  await settleIfDone(tx, act, purchase);
}

/**
 * Records that a maker did not collect the rest of their share in time.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.still_time`
 */
export async function leaveBehind(
  tx: Tx,
  act: Act,
  reference: Reference,
  { needId, reason }: { readonly needId: string; readonly reason: string },
): Promise<void> {
  const { purchase, need } = await lockShare(tx, act.provinceId, needId);
  const days = settingOn(reference, 'market.collect_limit', act.provinceId, act.today);
  const until = purchase.deliveredOn && addDays(purchase.deliveredOn as IsoDate, Number(days));
  const isOver = purchase.state === 'delivered' && until !== null && until < act.today;
  if (!isOver) throw new Problem('market.still_time', { until: until ?? '' });
  const leftBehind = need.share - need.collected;
  const kept = partOf({ ...need, quantity: need.share }, need.collected);
  await moveNeeds(tx, act, [
    {
      ...{ need, verb: 'market.leaveBehind', becomes: { leftBehind }, rial: kept.savedRial },
      ...{ reason: normaliseText(reason), facts: { quantity: Number(leftBehind) } },
    },
  ]);
}

/** Ends a purchase of which nothing is open any more. */
export async function settleIfDone(tx: Tx, act: Act, purchase: PurchaseRow): Promise<void> {
  if (purchase.state !== 'delivered') return;
  const open = await tx
    .selectFrom('needs')
    .select('id')
    .where('province_id', '=', act.provinceId)
    .where('purchase_id', '=', purchase.id)
    .where('state', 'not in', doneNeeds)
    .limit(1)
    .executeTakeFirst();
  if (open) return;
  const step = { purchaseId: purchase.id, from: purchase.state, verb: 'market.settlePurchase' };
  const state = await recordPurchase(tx, act, step as Parameters<typeof recordPurchase>[2]);
  await savePurchase(tx, act, purchase.id, { state, state_since: act.today });
}

/**
 * Records a payment of a share.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, `market.more_than_owed`
 */
export async function payShare(
  tx: Tx,
  act: Act,
  needId: string,
  {
    amountRial,
    reference,
  }: { readonly amountRial: bigint; readonly reference?: string | undefined },
): Promise<void> {
  const { need } = await lockShare(tx, act.provinceId, needId);
  const paidRial = need.paidRial + amountRial;
  const owed = need.priceRial + need.freightRial + need.takenOverRial - need.creditedRial;
  if (paidRial > owed) throw new Problem('market.more_than_owed');
  const said = reference ? { reference } : {};
  const pay = { need, verb: 'market.payShare' as const, becomes: { paidRial }, rial: amountRial };
  await moveNeeds(tx, act, [{ ...pay, facts: said }]);
  await tx
    .insertInto('share_payments')
    .values({
      ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), need_id: needId },
      ...{ person_id: need.personId, amount_rial: amountRial, paid_on: act.today },
      ...{ reference: reference ?? null, account_id: act.actorId, recorded_at: act.now },
    })
    .execute();
}
