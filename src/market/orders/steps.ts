import { nextState } from '../../kit/steps.ts';
import { getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps } from '../../platform/history.ts';
import { beside } from '../../platform/standing.ts';
import { marketCounts } from '../counts.ts';
import { type OrderState, type OrderVerb, orderSteps, transfersOfSale } from '../order-rules.ts';
import { moveStock } from '../stock.ts';
import { askRefund } from './payments.ts';
import {
  insertOrderStep,
  linesOf,
  type OrderChange,
  type OrderRow,
  postTransfers,
  type Taker,
  updateOrder,
} from './queries.ts';
import { type OrderNews, tellBuyer, tellMaker } from './tell.ts';

/** How an order is moved on, by whom, with what they say to it. */
export type Moving = {
  readonly verb: OrderVerb;
  readonly party: Taker;
  readonly note?: string | null | undefined;
};

/**
 * Moves an order that is locked to where a step leads, and writes the step.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function moveOrder(
  tx: Tx,
  act: Act,
  order: OrderRow,
  { verb, party, note }: Moving,
  change: OrderChange = {},
): Promise<void> {
  const from = order.state as OrderState;
  const to = nextState(orderSteps, verb, from);
  await updateOrder(tx, order, { ...change, state: to, state_at: act.now });
  await insertOrderStep(tx, act, { orderId: order.id, verb, from, to, party, note: note ?? null });
}

const buyersNews: Partial<Record<OrderVerb, OrderNews>> = {
  'market.acceptOrder': 'accepted',
  'market.declineOrder': 'declined',
  'market.sendOrder': 'sent',
  'market.lapse': 'lapsed',
};
const makersNews: Partial<Record<OrderVerb, OrderNews>> = {
  'market.cancelOrder': 'cancelled',
  'market.receivePayment': 'newOrder',
};

/**
 * Takes a step on an order that is locked: what was promised is freed again where it ends in nothing, and
 * a payment for it goes back; a delivery is a sale.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function stepOrder(tx: Tx, act: Act, order: OrderRow, moving: Moving): Promise<void> {
  const { verb } = moving;
  await moveOrder(tx, act, order, moving);
  if (orderSteps.steps[verb].to === 'cancelled') await freeOrder(tx, act, order);
  if (verb === 'market.deliverOrder') await recordSale(tx, act, order);
  const [forBuyer, forMaker] = [buyersNews[verb], makersNews[verb]];
  if (forBuyer) await tellBuyer(tx, act, order, forBuyer);
  if (forMaker) await tellMaker(tx, act, order, forMaker);
}

async function freeOrder(tx: Tx, act: Act, order: OrderRow): Promise<void> {
  const lines = await linesOf(tx, act.provinceId, order.id);
  const freed = lines.flatMap(({ product_id: productId, quantity }) =>
    productId === null ? [] : [{ productId, kind: 'freed' as const, quantity }],
  );
  await moveStock(tx, act, freed);
  await askRefund(tx, act, order.id, order.goods_rial);
}

/** A delivery: the sale in the record of the stall's case, and the money becomes the maker's. */
async function recordSale(tx: Tx, act: Act, order: OrderRow): Promise<void> {
  const [stepId = ''] = await recordOrderStep(tx, act, order, {
    verb: 'market.deliverOrder',
    rial: order.goods_rial,
  });
  await tx
    .insertInto('sales')
    .values({
      ...{ province_id: act.provinceId, order_id: order.id, step_id: stepId },
      ...{ stall_id: order.stall_id, rial: order.goods_rial, delivered_on: act.today },
    })
    .execute();
  const money = transfersOfSale(moneyOf(order));
  await postTransfers(tx, act, order.stall_id, { orderId: order.id }, money);
}

/** What the money of an order goes by. */
export function moneyOf(order: OrderRow) {
  return {
    pays: order.pays as 'online' | 'on_delivery',
    goodsRial: order.goods_rial,
    commissionBp: order.commission_bp,
  };
}

/** A step of an order in the record of its stall's case; who bought is not in it. */
export async function recordOrderStep(
  tx: Tx,
  act: Act,
  order: OrderRow,
  { verb, rial }: { readonly verb: OrderVerb; readonly rial: bigint },
): Promise<string[]> {
  const it = (await getCasesForUpdate(tx, act.provinceId, [order.case_id])).get(order.case_id);
  if (!it) return [];
  const { from, to } = {
    from: orderSteps.steps[verb].from[0] ?? null,
    to: orderSteps.steps[verb].to,
  };
  const facts = { ...beside, order: order.id };
  const step = { caseId: it.id, personId: it.personId, dims: it.dims, verb, from, to, rial, facts };
  return recordSteps(tx, act, marketCounts, [{ ...step, happenedOn: act.today }]);
}
