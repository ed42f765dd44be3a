import { type Selectable, sql } from 'kysely';
import { Problem } from '../../kit/problem.ts';
import type { DB, Tx } from '../../platform/database.ts';

export type RequestRow = Selectable<DB['requests']>;
export type PledgeRow = Selectable<DB['pledges']>;

/** A request, locked: pledges and acceptances of one take their turn. @throws Problem `platform.not_found` (404) */
export async function getRequestForUpdate(
  tx: Tx,
  provinceId: number,
  id: string,
): Promise<RequestRow> {
  const row = await tx
    .selectFrom('requests')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** The pledges of a request, the cheapest first. */
export async function pledgesOf(tx: Tx, provinceId: number, requestId: string) {
  return tx
    .selectFrom('pledges')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('request_id', '=', requestId)
    .where('state', '<>', 'withdrawn')
    .orderBy('each_rial')
    .orderBy('id')
    .execute();
}

/** Writes where a step leads a request, and what it has then. */
export async function saveRequest(
  tx: Tx,
  { province_id, id }: Pick<RequestRow, 'province_id' | 'id'>,
  change: Partial<Pick<RequestRow, 'state' | 'state_at' | 'pledged' | 'ordered'>>,
): Promise<void> {
  await tx
    .updateTable('requests')
    .set(change)
    .where('province_id', '=', province_id)
    .where('id', '=', id)
    .execute();
}

/** Writes what became of a pledge. */
export async function savePledge(
  tx: Tx,
  { province_id, id }: Pick<PledgeRow, 'province_id' | 'id'>,
  change: Partial<Pick<PledgeRow, 'state' | 'order_id'>>,
): Promise<void> {
  await tx
    .updateTable('pledges')
    .set(change)
    .where('province_id', '=', province_id)
    .where('id', '=', id)
    .execute();
}

/** Passes over every pledge of a request that stands still. */
export async function passOver(tx: Tx, provinceId: number, requestId: string): Promise<void> {
  await sql`update pledges set state = 'passed_over' where province_id = ${provinceId}
    and request_id = ${requestId}::uuid and state = 'standing'`.execute(tx);
}
