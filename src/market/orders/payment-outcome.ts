import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { transfersOfPayment, transfersOfRefund } from '../order-rules.ts';
import { askRefund, type PaymentRow, setPayment } from './payments.ts';
import { type OrderRow, postTransfers } from './queries.ts';
import { stepOrder } from './steps.ts';

/** A payment with its order, both locked. */
type Locked = { readonly payment: PaymentRow; readonly order: OrderRow };

/** The money is there: the order goes on, or, where it was called off meanwhile, the money goes back. */
export async function receivePayment(
  tx: Tx,
  act: Act,
  { payment, order }: Locked,
  reference: string,
): Promise<void> {
  await setPayment(tx, payment, { state: 'paid', reference, settled_at: act.now });
  const money = transfersOfPayment(payment.rial);
  await postTransfers(tx, act, order.stall_id, { orderId: order.id }, money);
  if (order.state === 'unpaid') {
    await stepOrder(tx, act, order, { verb: 'market.receivePayment', party: 'gateway' });
  } else await askRefund(tx, act, order.id, payment.rial);
}

/** The gateway gave back what it was asked to. */
export async function recordRefund(tx: Tx, act: Act, { payment, order }: Locked): Promise<void> {
  await setPayment(tx, payment, { state: 'refunded', settled_at: act.now });
  const money = transfersOfRefund(payment.refund_rial);
  await postTransfers(tx, act, order.stall_id, { orderId: order.id }, money);
}
