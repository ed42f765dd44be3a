import { sql } from 'kysely';
import type { Static } from 'typebox';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Keyring } from '../../platform/keyring.ts';
import type { Principal } from '../../platform/policy.ts';
import { mayAssign } from '../policy.ts';
import type { DevicesAnswer, EnrolBody } from './contract.ts';
import { type HeldKey, sealedKey } from './device-keys.ts';

/** A phone with its owner, as far as acting for them needs it. */
export type Device = {
  readonly id: string;
  readonly accountId: string;
  readonly role: string;
  readonly organisationId: string | null;
};

/**
 * Enrols a phone under its owner's name. The same phone again gets its label and key anew.
 * @throws Problem `supervision.device_foreign` (409), `supervision.device_revoked` (403)
 */
export async function enrolDevice(
  tx: Tx,
  act: Act,
  keyring: Keyring,
  { accountId }: Principal,
  { id, label, dataKey }: Static<typeof EnrolBody>,
): Promise<void> {
  const key = sealedKey(keyring, Buffer.from(dataKey, 'base64url'));
  await sql`
    insert into field_devices as d (province_id, id, account_id, label, data_key, sealed_key,
      enrolled_at, last_seen_at)
    values (${act.provinceId}, ${id}, ${accountId}, ${normaliseText(label)}, ${key.data_key},
      ${key.sealed_key}, ${act.now}, ${act.now})
    on conflict (province_id, id) do update
      set label = excluded.label, data_key = excluded.data_key, sealed_key = excluded.sealed_key,
        last_seen_at = excluded.last_seen_at
      where d.account_id = excluded.account_id and d.revoked_at is null`.execute(tx);
  await ownDevice(tx, act.provinceId, { accountId }, id);
}

/**
 * A phone of the caller's own that may still be used; with `lock`, nobody else syncs it meanwhile.
 * @throws Problem `platform.not_found` (404), `supervision.device_foreign` (409),
 *   `supervision.device_revoked` (403)
 */
export async function ownDevice(
  tx: Tx,
  provinceId: number,
  { accountId }: Pick<Principal, 'accountId'>,
  id: string,
  lock = false,
): Promise<Device & HeldKey> {
  const row = await findDevice(tx, provinceId, id, lock);
  if (!row) throw new Problem('platform.not_found');
  if (row.accountId !== accountId) throw new Problem('supervision.device_foreign');
  if (row.dataKey === null) throw new Problem('supervision.device_revoked');
  return row;
}

/** A phone by its id, whosever it is; without a key it was revoked. */
export async function findDevice(
  tx: Tx,
  provinceId: number,
  id: string,
  lock: boolean,
): Promise<(Device & HeldKey) | undefined> {
  const query = tx
    .selectFrom('field_devices as d')
    .innerJoin('accounts as a', (join) =>
      join.onRef('a.id', '=', 'd.account_id').on('a.province_id', '=', provinceId),
    )
    .select(['d.id', 'd.account_id as accountId', 'a.role'])
    .select(['d.data_key as dataKey', 'd.sealed_key as sealedKey'])
    .select('a.organisation_id as organisationId')
    .where('d.province_id', '=', provinceId)
    .where('d.id', '=', id);
  return (lock ? query.forUpdate('d') : query).executeTakeFirst();
}

/** Notes that a phone was heard of, and how many records it said that it still holds. */
export async function noteSeen(
  tx: Tx,
  act: Act,
  deviceId: string,
  waiting?: number,
): Promise<void> {
  await tx
    .updateTable('field_devices')
    .set({ last_seen_at: act.now, ...(waiting === undefined ? {} : { waiting }) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', deviceId)
    .execute();
}

/**
 * Revokes a phone that was lost or wiped: its key is forgotten, and nothing it sends is taken any more.
 * @throws Problem `platform.not_found` (404) also for a phone that is not the caller's to revoke
 */
export async function revokeDevice(
  tx: Tx,
  act: Act,
  principal: Principal,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  const device = await findDevice(tx, act.provinceId, id, true);
  const may = device && (device.accountId === principal.accountId || mayAssign(principal));
  if (!may) throw new Problem('platform.not_found');
  if (device.dataKey === null) return;
  await tx
    .updateTable('field_devices')
    .set({ data_key: null, sealed_key: null, revoked_at: act.now, revoked_by: principal.accountId })
    .set({ revoked_reason: normaliseText(reason) })
    .where('province_id', '=', act.provinceId)
    .where('id', '=', id)
    .execute();
}

type ListedDevice = Static<typeof DevicesAnswer>['items'][number];

/** The caller's phones, or all of the province for those who assign visits; the last heard of on top. */
export async function listDevices(
  tx: Tx,
  provinceId: number,
  principal: Principal,
): Promise<ListedDevice[]> {
  const owner = mayAssign(principal) ? null : principal.accountId;
  const { rows } = await sql<DeviceLine>`
    select d.id, d.label, d.account_id, a.name_fa, a.name_en, d.enrolled_at, d.last_seen_at, d.waiting,
      d.revoked_at, d.revoked_reason, r.*
    from field_devices d
    join accounts a on a.province_id = ${provinceId} and a.id = d.account_id
    cross join lateral (
      select count(*)::integer as received,
        (count(*) filter (where state in ('held', 'waits_photos')))::integer as held,
        (count(*) filter (where state = 'conflict'))::integer as conflicts
      from field_records where province_id = ${provinceId} and device_id = d.id) r
    where d.province_id = ${provinceId} and (${owner}::uuid is null or d.account_id = ${owner}::uuid)
    order by d.last_seen_at desc, d.id limit 1000`.execute(tx);
  return rows.map((row) => ({
    ...{ id: row.id, label: row.label, owner: { fa: row.name_fa, en: row.name_en } },
    mine: row.account_id === principal.accountId,
    enrolledAt: row.enrolled_at.toISOString(),
    lastSeenAt: row.last_seen_at.toISOString(),
    ...{ waiting: row.waiting, received: row.received, held: row.held, conflicts: row.conflicts },
    revokedAt: row.revoked_at?.toISOString() ?? null,
    revokedReason: row.revoked_reason,
  }));
}

type DeviceLine = {
  id: string;
  label: string;
  account_id: string;
  name_fa: string;
  name_en: string;
  enrolled_at: Date;
  last_seen_at: Date;
  waiting: number | null;
  revoked_at: Date | null;
  revoked_reason: string | null;
  received: number;
  held: number;
  conflicts: number;
};
