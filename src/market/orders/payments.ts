import { type Selectable, sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { DB, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { enqueue } from '../../platform/jobs.ts';
import type { OrderRow } from './queries.ts';

export type PaymentRow = Selectable<DB['order_payments']>;

export const openJob = 'market.openPayment';
export const settleJob = 'market.settlePayment';
export const refundJob = 'market.refundPayment';

/** The payment of an order that has not failed, if there is one. */
export async function livePayment(
  tx: Tx,
  provinceId: number,
  orderId: string,
): Promise<PaymentRow | undefined> {
  return tx
    .selectFrom('order_payments')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('order_id', '=', orderId)
    .where('state', '<>', 'failed')
    .executeTakeFirst();
}

/**
 * Begins to pay for an order: a job asks the gateway for a page to pay on. Asked twice, it is one payment.
 * @throws Problem `platform.wrong_state` (409)
 */
export async function beginPayment(tx: Tx, act: Act, order: OrderRow): Promise<void> {
  if (order.state !== 'unpaid') {
    throw new Problem('platform.wrong_state', { verb: 'market.pay', state: order.state });
  }
  if (await livePayment(tx, act.provinceId, order.id)) return;
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('order_payments')
    .values({
      ...{ province_id: act.provinceId, id, order_id: order.id, rial: order.goods_rial },
      ...{ state: 'asked', asked_at: act.now },
    })
    .execute();
  await enqueue(tx, openJob, { provinceId: act.provinceId, id });
}

/** The buyer is back from the gateway: a job asks it what became of the payment. Twice is once. */
export async function confirmPayment(tx: Tx, act: Act, order: OrderRow): Promise<void> {
  const payment = await livePayment(tx, act.provinceId, order.id);
  if (payment?.state !== 'ready') return;
  const { id } = payment;
  await enqueue(tx, settleJob, { provinceId: act.provinceId, id }, { key: `settle ${id}` });
}

/** Asks for money back where the order was paid through the gateway; else there is nothing to give. */
export async function askRefund(tx: Tx, act: Act, orderId: string, amount: bigint): Promise<void> {
  const payment = await livePayment(tx, act.provinceId, orderId);
  if (payment?.state !== 'paid' || amount <= 0n) return;
  await setPayment(tx, payment, { state: 'refunding', refund_rial: amount });
  const { id } = payment;
  await enqueue(tx, refundJob, { provinceId: act.provinceId, id }, { key: `refund ${id}` });
}

type Change = Partial<
  Pick<PaymentRow, 'state' | 'authority' | 'address' | 'reference' | 'refund_rial' | 'settled_at'>
>;

export async function setPayment(
  tx: Tx,
  payment: Pick<PaymentRow, 'province_id' | 'id'>,
  change: Change,
): Promise<void> {
  await tx
    .updateTable('order_payments')
    .set(change)
    .where('province_id', '=', payment.province_id)
    .where('id', '=', payment.id)
    .execute();
}

/** A payment by its id, locked behind its order, which every step locks first. */
export async function lockPayment(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<{ readonly payment: PaymentRow; readonly order: OrderRow } | undefined> {
  const order = await tx
    .selectFrom('orders')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where(
      'id',
      '=',
      sql<string>`(select order_id from order_payments
        where province_id = ${provinceId} and id = ${id}::uuid)`,
    )
    .forUpdate()
    .executeTakeFirst();
  const payment = await tx
    .selectFrom('order_payments')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return order && payment && { payment, order };
}
