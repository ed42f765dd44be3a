import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { Type } from 'typebox';
import { eachProvince } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { isoToday } from '../../kit/jalali.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import {
  enqueue,
  type JobHandlers,
  type JobSurroundings,
  jobHandler,
} from '../../platform/jobs.ts';
import { provinceContext } from '../../platform/policy.ts';
import type { PaymentGateway } from './gateway.ts';
import { receivePayment, recordRefund } from './payment-outcome.ts';
import {
  livePayment,
  lockPayment,
  openJob,
  type PaymentRow,
  refundJob,
  setPayment,
  settleJob,
} from './payments.ts';
import type { OrderRow } from './queries.ts';
import { stepOrder } from './steps.ts';

const Key = Type.Object({ provinceId: Type.Integer(), id: Type.String() });
type Key = { readonly provinceId: number; readonly id: string };

/** The jobs that speak with the gateway, outside any transaction, and the one that lets payments lapse. */
export function paymentJobs(gateway: PaymentGateway | undefined, publicUrl: string): JobHandlers {
  const watch = {
    'market.watchPayments': (_: unknown, around: JobSurroundings) => watchAll(around),
  };
  if (!gateway) return watch;
  return {
    ...watch,
    [openJob]: jobHandler(Key, (key, around) => open(gateway, publicUrl, key, around)),
    [settleJob]: jobHandler(Key, (key, around) => settle(gateway, key, around)),
    [refundJob]: jobHandler(Key, (key, around) => refund(gateway, key, around)),
  };
}

/** An act of nobody's: of the gateway or the clock. */
function actOf({ provinceId }: Pick<Key, 'provinceId'>, clock: Clock): Act {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  return { provinceId, actorId: null, organisationId: null, now, today, opId: randomUUID() };
}

async function read({ database }: JobSurroundings, key: Key): Promise<PaymentRow | undefined> {
  return database.transaction(provinceContext(key.provinceId), (tx) =>
    tx
      .selectFrom('order_payments')
      .selectAll()
      .where('province_id', '=', key.provinceId)
      .where('id', '=', key.id)
      .executeTakeFirst(),
  );
}

/** Locks a payment that is still as it was read, and goes on with it; else somebody was quicker. */
async function goOn(
  around: JobSurroundings,
  key: Key,
  state: string,
  work: (tx: Tx, act: Act, found: { payment: PaymentRow; order: OrderRow }) => Promise<void>,
): Promise<void> {
  const act = actOf(key, around.clock);
  await around.database.transaction(provinceContext(key.provinceId), async (tx) => {
    const found = await lockPayment(tx, key.provinceId, key.id);
    if (found?.payment.state === state) await work(tx, act, found);
  });
}

async function open(
  gateway: PaymentGateway,
  publicUrl: string,
  key: Key,
  around: JobSurroundings,
): Promise<void> {
  const payment = await read(around, key);
  if (payment?.state !== 'asked') return;
  const code = encodeCode(key.provinceId, payment.order_id);
  const backTo = `${publicUrl}/my/orders/${code}?payment=back`;
  const opened = await gateway.open({ id: key.id, rial: payment.rial, backTo });
  await goOn(around, key, 'asked', async (tx, _act, { payment: locked }) => {
    await setPayment(tx, locked, { state: 'ready', ...opened });
  });
}

/** What became of a payment, by the gateway's own word; a browser's word is never taken. */
async function settle(gateway: PaymentGateway, key: Key, around: JobSurroundings): Promise<void> {
  const payment = await read(around, key);
  if (payment?.state !== 'ready' || payment.authority === null) return;
  const said = await gateway.verify({ authority: payment.authority, rial: payment.rial });
  await goOn(around, key, 'ready', async (tx, act, { payment: locked, order }) => {
    if (said.state === 'paid')
      await receivePayment(tx, act, { payment: locked, order }, said.reference);
    else if (said.state === 'failed') await setPayment(tx, locked, { state: 'failed' });
    else if (isOver(order, act)) await giveUp(tx, act, locked, order);
  });
}

function isOver(order: OrderRow, { now }: Act): boolean {
  return order.pay_until_at !== null && order.pay_until_at <= now;
}

/** Nobody paid in time. A payment that is never asked about is given back by the gateway by itself. */
async function giveUp(tx: Tx, act: Act, payment: PaymentRow, order: OrderRow): Promise<void> {
  await setPayment(tx, payment, { state: 'failed' });
  if (order.state === 'unpaid')
    await stepOrder(tx, act, order, { verb: 'market.lapse', party: 'clock' });
}

async function refund(gateway: PaymentGateway, key: Key, around: JobSurroundings): Promise<void> {
  const payment = await read(around, key);
  if (payment?.state !== 'refunding' || payment.authority === null) return;
  const { authority, refund_rial: rial } = payment;
  // Not yet given back: the queue asks again later.
  if (!(await gateway.refund({ id: key.id, authority, rial }))) throw new Error('Refund waits.');
  await goOn(around, key, 'refunding', async (tx, act, { payment: locked, order }) => {
    await recordRefund(tx, act, { payment: locked, order });
  });
}

/** Lets orders lapse whose time to pay is over, each province by itself; a payment on its way is asked about first. */
async function watchAll(around: JobSurroundings): Promise<void> {
  await eachProvince(around.database, (provinceId) => watchProvince(around, provinceId));
}

async function watchProvince({ database, clock }: JobSurroundings, provinceId: number) {
  const act = actOf({ provinceId }, clock);
  await database.transaction(provinceContext(provinceId), async (tx) => {
    const { rows } = await sql<OrderRow>`
      select * from orders where province_id = ${provinceId} and state = 'unpaid'
        and pay_until_at <= ${act.now}::timestamptz
      order by id limit 200 for update skip locked`.execute(tx);
    for (const order of rows) await letLapse(tx, act, order);
    await askAgain(tx, act);
  });
}

/** Payments of orders that were called off while their buyer was at the gateway. */
async function askAgain(tx: Tx, act: Act): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select p.id from order_payments p
    join orders o on o.province_id = ${act.provinceId} and o.id = p.order_id
      and o.state <> 'unpaid' and o.pay_until_at <= ${act.now}::timestamptz
    where p.province_id = ${act.provinceId} and p.state = 'ready' limit 200`.execute(tx);
  for (const { id } of rows) {
    await enqueue(tx, settleJob, { provinceId: act.provinceId, id }, { key: `settle ${id}` });
  }
}

async function letLapse(tx: Tx, act: Act, order: OrderRow): Promise<void> {
  const payment = await livePayment(tx, act.provinceId, order.id);
  if (payment?.state === 'ready') {
    const key = { provinceId: act.provinceId, id: payment.id };
    await enqueue(tx, settleJob, key, { key: `settle ${payment.id}` });
    return;
  }
  if (payment) await setPayment(tx, payment, { state: 'failed' });
  await stepOrder(tx, act, order, { verb: 'market.lapse', party: 'clock' });
}
