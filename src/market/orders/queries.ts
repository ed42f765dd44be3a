import { type Selectable, sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { DB, Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { dueOf, type MarketTransfer, type OrderState, type OrderVerb } from '../order-rules.ts';

export type OrderRow = Selectable<DB['orders']>;
export type OrderLineRow = Selectable<DB['order_lines']>;

/**
 * An order, locked. Whose it is has to be asked of it.
 * @throws Problem `platform.not_found` (404)
 */
export async function getOrderForUpdate(tx: Tx, provinceId: number, id: string): Promise<OrderRow> {
  const row = await orderById(tx, provinceId, id).forUpdate().executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** @throws Problem `platform.not_found` (404) */
export async function getOrder(tx: Tx, provinceId: number, id: string): Promise<OrderRow> {
  const row = await orderById(tx, provinceId, id).executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

function orderById(tx: Tx, provinceId: number, id: string) {
  return tx
    .selectFrom('orders')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id);
}

/** The lines of an order in their order. */
export async function linesOf(tx: Tx, provinceId: number, orderId: string) {
  return tx
    .selectFrom('order_lines')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('order_id', '=', orderId)
    .orderBy('place')
    .execute();
}

/** Who took a step: a party to the order, the gateway, or the clock. */
export type Taker = 'buyer' | 'maker' | 'office' | 'gateway' | 'clock';

/** A step of an order, to be written beside where it left the order. */
export type OrderStep = {
  readonly orderId: string;
  readonly verb: OrderVerb;
  readonly from: OrderState | null;
  readonly to: OrderState;
  readonly party: Taker;
  readonly note?: string | null;
};

/** Writes a step of an order; nothing edits it later. */
export async function insertOrderStep(tx: Tx, act: Act, step: OrderStep): Promise<void> {
  await tx
    .insertInto('order_steps')
    .values({
      ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), order_id: step.orderId },
      ...{ verb: step.verb, from_state: step.from, to_state: step.to, party: step.party },
      ...{ actor_id: act.actorId, note: step.note ?? null },
      ...{ recorded_at: act.now, op_id: act.opId },
    })
    .execute();
}

export type OrderChange = Partial<
  Pick<OrderRow, 'state' | 'state_at' | 'returned_rial' | 'return_reason' | 'pay_until_at'>
>;

export async function updateOrder(
  tx: Tx,
  order: Pick<OrderRow, 'province_id' | 'id'>,
  change: OrderChange,
): Promise<void> {
  await tx
    .updateTable('orders')
    .set(change)
    .where('province_id', '=', order.province_id)
    .where('id', '=', order.id)
    .execute();
}

/** What transfers belong to: an order, or a payout. */
type Source = { readonly orderId: string } | { readonly payoutId: string };

/** Adds transfers to the market's ledger, and what they add to what a maker is owed. */
export async function postTransfers(
  tx: Tx,
  act: Act,
  stallId: string,
  source: Source,
  rows: readonly MarketTransfer[],
): Promise<void> {
  if (rows.length === 0) return;
  const orderId = 'orderId' in source ? source.orderId : null;
  const payoutId = 'payoutId' in source ? source.payoutId : null;
  await sql`
    insert into market_transfers (province_id, id, stall_id, person_id, order_id, payout_id, kind,
      debit_account, credit_account, amount_rial, happened_on, recorded_at, op_id)
    select ${act.provinceId}::integer, i.id, s.id, s.person_id, ${orderId}::uuid, ${payoutId}::uuid,
      i.kind, i.debit, i.credit, i.amount, ${act.today}::date, ${act.now}::timestamptz,
      ${act.opId}::uuid
    from unnest(${rows.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.debit)}::text[],
      ${rows.map((row) => row.credit)}::text[],
      ${rows.map((row) => row.amount.toString())}::bigint[])
      as i(id, kind, debit, credit, amount)
    join stalls s on s.province_id = ${act.provinceId}::integer and s.id = ${stallId}::uuid`.execute(
    tx,
  );
  const due = dueOf(rows);
  if (due === 0n) return;
  await sql`update stalls set due_rial = due_rial + ${due.toString()}::bigint
    where province_id = ${act.provinceId} and id = ${stallId}::uuid`.execute(tx);
}
