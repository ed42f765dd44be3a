import {
  beginPayment,
  getOrderForUpdate,
  livePayment,
  lockPayment,
  payOut,
  receivePayment,
  recordRefund,
  setPayment,
} from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import { deskKey } from './carry-out.ts';
import type { MarketScene } from './market-scene.ts';
import { PROVINCE_ID } from './plan-targets.ts';

/** A buyer pays for an order on the gateway's page; the gateway says so. */
export async function payOnline({ tx }: MarketScene, act: Act, orderId: string): Promise<void> {
  await beginPayment(tx, act, await getOrderForUpdate(tx, PROVINCE_ID, orderId));
  const payment = await livePayment(tx, PROVINCE_ID, orderId);
  if (!payment) return;
  await setPayment(tx, payment, { state: 'ready', authority: `demo-${payment.id}` });
  const locked = await lockPayment(tx, PROVINCE_ID, payment.id);
  if (locked) await receivePayment(tx, act, locked, `D${payment.id.slice(-8)}`);
}

/** The gateway has given back what it was asked for since the last time. */
export async function giveBack({ tx }: MarketScene, act: Act): Promise<void> {
  const waiting = await tx
    .selectFrom('order_payments')
    .select('id')
    .where('province_id', '=', PROVINCE_ID)
    .where('state', '=', 'refunding')
    .orderBy('id')
    .execute();
  for (const { id } of waiting) {
    const locked = await lockPayment(tx, PROVINCE_ID, id);
    if (locked) await recordRefund(tx, act, locked);
  }
}

/** The directorate pays the makers who are owed the most; the others wait for the next time. */
export async function payMakers({ tx, accounts }: MarketScene, act: Act): Promise<void> {
  const owed = await tx
    .selectFrom('stalls')
    .select(['id', 'due_rial'])
    .where('province_id', '=', PROVINCE_ID)
    .where('due_rial', '>', 0n)
    .orderBy('due_rial', 'desc')
    .orderBy('id')
    .limit(2)
    .execute();
  const accountId = accounts[deskKey({ role: 'officer', organisationId: 'DIRECTORATE' })];
  if (accountId === undefined) return;
  for (const [nth, { id, due_rial: amountRial }] of owed.entries()) {
    const bankReference = `${act.today.replaceAll('-', '')}-${nth + 1}`;
    await payOut(tx, act, id, { amountRial, bankReference, accountId });
  }
}
