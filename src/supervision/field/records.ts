import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import type { FieldFault } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { applyDevice } from './apply-records.ts';
import type { RecordState, SyncAnswer, SyncBody } from './contract.ts';
import { noteSeen, ownDevice } from './devices.ts';
import { type Received, takeIn } from './intake.ts';
import { countedTo } from './queries.ts';

type Answered = Static<typeof SyncAnswer>;

/** More photos than a phone would send before it asks again. */
const mostWanted = 1000;

/**
 * Takes in what a phone sends, applies what can be applied, and says where each record stands, which number
 * is missing and which photos are not whole.
 * @throws Problem `platform.not_found` (404), `supervision.device_foreign` (409),
 *   `supervision.device_revoked` (403)
 */
export async function syncRecords(
  tx: Tx,
  act: Act,
  { reference, principal, zone }: { reference: Reference; principal: Principal; zone: string },
  body: Static<typeof SyncBody>,
): Promise<Answered> {
  // What is noted of a phone that is not the caller's is rolled back with the refusal.
  const [device] = await Promise.all([
    ownDevice(tx, act.provinceId, principal, body.device, true),
    noteSeen(tx, act, body.device, body.waiting),
  ]);
  const offMs = act.now.getTime() - Date.parse(body.deviceNow);
  const received = await takeIn(tx, act, device, body.records, { offMs, zone });
  await applyDevice(tx, act, reference, device);
  const [records, { whole, highest }, wanted] = await Promise.all([
    statesOf(tx, act.provinceId, received),
    countedTo(tx, act.provinceId, device.id),
    wantedPhotos(tx, act.provinceId, device.id),
  ]);
  const missing = highest > whole ? whole + 1 : null;
  return { serverNow: act.now.toISOString(), records, missing, wanted };
}

async function statesOf(
  tx: Tx,
  provinceId: number,
  received: readonly Received[],
): Promise<Answered['records']> {
  const rows = await tx
    .selectFrom('field_records')
    .select(['id', 'state', 'problem', 'faults', 'visit_id'])
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`id = any(${received.map(({ rowId }) => rowId)}::uuid[])`)
    .execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return received.flatMap(({ rowId, sentId }) => {
    const row = byId.get(rowId);
    return row ? [{ id: sentId, ...standingLine(provinceId, row) }] : [];
  });
}

type Standing = {
  readonly state: string;
  readonly problem: string | null;
  readonly faults: unknown;
  readonly visit_id: string | null;
};

/** Where a record stands, as it goes over the wire. */
export function standingLine(provinceId: number, row: Standing) {
  const faults = (row.faults ?? []) as FieldFault[];
  return {
    state: row.state as RecordState,
    problem: row.problem === null ? null : { code: row.problem, faults: [...faults] },
    visit: row.visit_id === null ? null : encodeCode(provinceId, row.visit_id),
  };
}

async function wantedPhotos(
  tx: Tx,
  provinceId: number,
  deviceId: string,
): Promise<Answered['wanted']> {
  return tx
    .selectFrom('field_photos')
    .select(['sha256', 'received_bytes as received'])
    .where('province_id', '=', provinceId)
    .where('device_id', '=', deviceId)
    .where('state', '=', 'receiving')
    .orderBy('recorded_at')
    .orderBy('sha256')
    .limit(mostWanted)
    .execute();
}
