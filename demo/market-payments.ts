import { uuid7 } from '../src/kit/uuid7.ts';
import {
  beginPayment,
  getOrderForUpdate,
  livePayment,
  receivePayment,
  recordRefund,
  setPayment,
} from '../src/market/index.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';
import { gatewayPath, referenceFor } from './payment-gateway.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { makeRandom } from './random.ts';
import { toldUrl } from './told-url.ts';

/**
 * Pays for an order that waits for it: what the jobs write when they speak with the stand-in gateway, which
 * does not run yet while the story is told. The jobs that are asked for find nothing left to do.
 * @param nth which of the day's payments it is: the gateway's name for it is the same in every telling
 */
export async function payOnline(tx: Tx, act: Act, orderId: string, nth: number): Promise<void> {
  await beginPayment(tx, act, await getOrderForUpdate(tx, PROVINCE_ID, orderId));
  const asked = await livePayment(tx, PROVINCE_ID, orderId);
  if (!asked) return;
  const random = makeRandom(`payments ${act.today} ${nth}`);
  const authority = uuid7(act.now.getTime(), random.bytes);
  const address = `${toldUrl}${gatewayPath}/${authority}`;
  const payment = { ...asked, state: 'ready', authority, address };
  await setPayment(tx, asked, { state: 'ready', authority, address });
  const order = await getOrderForUpdate(tx, PROVINCE_ID, orderId);
  await receivePayment(tx, act, { payment, order }, referenceFor(authority));
}

/** The gateway gives back what an order's end, or goods that came back, asked it to. */
export async function giveBack(tx: Tx, act: Act, orderId: string): Promise<void> {
  const payment = await livePayment(tx, PROVINCE_ID, orderId);
  if (payment?.state !== 'refunding') return;
  const order = await getOrderForUpdate(tx, PROVINCE_ID, orderId);
  await recordRefund(tx, act, { payment, order });
}
