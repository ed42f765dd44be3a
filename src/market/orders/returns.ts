import { type Reference, settingOn } from '../../accounts/index.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { checkReturnWindow, type Party, transfersOfReturn } from '../order-rules.ts';
import { moveStock } from '../stock.ts';
import { askRefund } from './payments.ts';
import { linesOf, type OrderLineRow, type OrderRow, postTransfers } from './queries.ts';
import { moneyOf, moveOrder, recordOrderStep } from './steps.ts';
import { tellBuyer, tellMaker } from './tell.ts';

/** How many of a line somebody would send back. */
export type ReturnLine = { readonly place: number; readonly quantity: number };

/**
 * Asks to send back some of what came.
 * @throws Problem `market.return_too_late` (409), `market.return_of_nothing` (422), `platform.wrong_state`
 */
export async function askReturn(
  tx: Tx,
  act: Act,
  reference: Reference,
  order: OrderRow,
  given: { readonly lines: readonly ReturnLine[]; readonly reason: string },
): Promise<void> {
  const reason = normaliseText(given.reason);
  const moving = { verb: 'market.askReturn', party: 'buyer', note: reason } as const;
  await moveOrder(tx, act, order, moving, { return_reason: reason });
  const sale = await tx
    .selectFrom('sales')
    .select('delivered_on')
    .where('province_id', '=', act.provinceId)
    .where('order_id', '=', order.id)
    .executeTakeFirstOrThrow();
  const days = Number(settingOn(reference, 'market.return_days', act.provinceId, act.today));
  checkReturnWindow(String(sale.delivered_on), days, act.today);
  const lines = await linesOf(tx, act.provinceId, order.id);
  const asked = new Map(given.lines.map((one) => [one.place, one.quantity]));
  const found = lines.filter(({ place }) => (asked.get(place) ?? 0) > 0);
  if (found.length === 0) throw new Problem('market.return_of_nothing');
  for (const line of found) {
    const quantity = asked.get(line.place) ?? 0;
    if (quantity > line.quantity - line.returned) throw new Problem('market.return_of_nothing');
    await setLine(tx, line, { return_asked: quantity });
  }
  await tellMaker(tx, act, order, 'returnAsked');
}

async function setLine(
  tx: Tx,
  line: OrderLineRow,
  change: { readonly return_asked: number; readonly returned?: number },
): Promise<void> {
  await tx
    .updateTable('order_lines')
    .set(change)
    .where('province_id', '=', line.province_id)
    .where('order_id', '=', line.order_id)
    .where('place', '=', line.place)
    .execute();
}

/**
 * Takes goods back: what comes back in order goes on hand again, the money goes back, and the record says so.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function acceptReturn(
  tx: Tx,
  act: Act,
  order: OrderRow,
  by: { readonly party: Party; readonly onHandAgain: boolean },
): Promise<void> {
  const asked = (await linesOf(tx, act.provinceId, order.id)).filter(
    (line) => line.return_asked > 0,
  );
  const rial = asked.reduce((sum, one) => sum + one.each_rial * BigInt(one.return_asked), 0n);
  const moving = { verb: 'market.acceptReturn', party: by.party } as const;
  await moveOrder(tx, act, order, moving, { returned_rial: rial });
  for (const line of asked)
    await setLine(tx, line, { return_asked: 0, returned: line.return_asked });
  if (by.onHandAgain) {
    const back = asked.flatMap(({ product_id: productId, return_asked: quantity }) =>
      productId === null ? [] : [{ productId, kind: 'returned' as const, quantity }],
    );
    await moveStock(tx, act, back);
  }
  await recordOrderStep(tx, act, order, { verb: 'market.acceptReturn', rial });
  const money = transfersOfReturn(moneyOf(order), rial);
  await postTransfers(tx, act, order.stall_id, { orderId: order.id }, money);
  await askRefund(tx, act, order.id, rial);
  await tellBuyer(tx, act, order, 'returnAccepted');
}

/**
 * Refuses to take goods back, with the reason; the buyer may complain.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function refuseReturn(
  tx: Tx,
  act: Act,
  order: OrderRow,
  by: { readonly party: Party; readonly reason: string },
): Promise<void> {
  const note = normaliseText(by.reason);
  await moveOrder(tx, act, order, { verb: 'market.refuseReturn', party: by.party, note });
  for (const line of await linesOf(tx, act.provinceId, order.id)) {
    if (line.return_asked > 0) await setLine(tx, line, { return_asked: 0 });
  }
  await tellBuyer(tx, act, order, 'returnRefused');
}
