import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Party } from '../order-rules.ts';
import type { OrderRow } from './queries.ts';
import { tellBuyer, tellMaker } from './tell.ts';

/** Says something to the other party of an order. */
export async function sendMessage(
  tx: Tx,
  act: Act,
  order: OrderRow,
  { party, said }: { readonly party: Party; readonly said: string },
): Promise<void> {
  await tx
    .insertInto('order_messages')
    .values({
      ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), order_id: order.id },
      ...{ party, said: normaliseText(said), recorded_at: act.now },
    })
    .execute();
  if (party !== 'buyer') await tellBuyer(tx, act, order, 'message');
  if (party !== 'maker') await tellMaker(tx, act, order, 'message');
}

/**
 * A buyer complains to the directorate about an order; one at a time.
 * @throws Problem `market.complaint_open` (409), by the index `complaints_one_open`
 */
export async function complain(tx: Tx, act: Act, order: OrderRow, said: string): Promise<void> {
  await tx
    .insertInto('complaints')
    .values({
      ...{ province_id: act.provinceId, id: uuid7(act.now.getTime()), order_id: order.id },
      ...{ said: normaliseText(said), recorded_at: act.now },
    })
    .execute();
}

/**
 * The directorate's answer to a complaint, which buyer and maker read.
 * @throws Problem `platform.not_found` (404), `market.complaint_answered` (409)
 */
export async function answerComplaint(
  tx: Tx,
  act: Act,
  order: OrderRow,
  answer: string,
): Promise<void> {
  const { numUpdatedRows } = await tx
    .updateTable('complaints')
    .set({ answer: normaliseText(answer), answered_by: act.actorId, answered_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('order_id', '=', order.id)
    .where('answered_at', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new Problem('market.complaint_answered');
  await tellBuyer(tx, act, order, 'complaintAnswered');
}

/** Complaints that nobody has answered, the oldest first. */
export async function openComplaints(tx: Tx, provinceId: number) {
  const { rows } = await sql<{ order_id: string; said: string; recorded_at: Date; name: string }>`
    select c.order_id, c.said, c.recorded_at, s.name from complaints c
    join orders o on o.province_id = ${provinceId} and o.id = c.order_id
    join stalls s on s.province_id = ${provinceId} and s.id = o.stall_id
    where c.province_id = ${provinceId} and c.answered_at is null
    order by c.recorded_at limit 200`.execute(tx);
  return rows.map((row) => ({
    order: encodeCode(provinceId, row.order_id),
    ...{ stall: row.name, said: row.said, recordedAt: row.recorded_at.toISOString() },
  }));
}

/**
 * Rates what was delivered, once. The foreign key to the sale refuses anything else.
 * @throws Problem `market.not_delivered`, `market.rated_already` (409)
 */
export async function rateOrder(
  tx: Tx,
  act: Act,
  order: OrderRow,
  { stars, said }: { readonly stars: number; readonly said: string },
): Promise<void> {
  await tx
    .insertInto('ratings')
    .values({
      ...{ province_id: act.provinceId, order_id: order.id, stall_id: order.stall_id },
      ...{ stars, said: normaliseText(said), recorded_at: act.now },
    })
    .execute();
}
