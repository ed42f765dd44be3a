import { hash, randomUUID } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import { Type } from 'typebox';
import { type Reference, referenceOf } from '../../accounts/index.ts';
import { isoToday } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import { inspectContent } from '../../permits/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { DB, Tx } from '../../platform/database.ts';
import type { Files } from '../../platform/files.ts';
import type { Act } from '../../platform/history.ts';
import { enqueue, type JobHandlers, jobHandler } from '../../platform/jobs.ts';
import { type Principal, provinceContext } from '../../platform/policy.ts';
import type { VirusScan } from '../../platform/virus-scan.ts';
import { visibleVisit } from '../show.ts';
import { applyDevice } from './apply-records.ts';
import { findDevice, ownDevice } from './devices.ts';

const keepJob = 'supervision.keepPhoto';

type Photo = Selectable<DB['field_photos']>;
type Key = { readonly provinceId: number; readonly deviceId: string; readonly sha256: string };

/**
 * Takes the next piece of a photo that a record named. A piece that is there already changes nothing. The
 * last one has the whole looked at: a wrong digest begins it anew, a wrong content is refused with its record.
 * @returns the bytes that are here
 * @throws Problem `supervision.photo_gap` (409) with the offset wanted, `platform.not_found` (404),
 *   `platform.too_large`, `platform.unsupported_media`, and what `ownDevice` says
 */
export async function takePhotoPiece(
  tx: Tx,
  act: Act,
  { reference, principal }: { reference: Reference; principal: Principal },
  { device, sha256, offset }: { device: string; sha256: string; offset: number },
  bytes: unknown,
): Promise<number> {
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
    throw new Problem('platform.unsupported_media');
  }
  const key = { provinceId: act.provinceId, deviceId: device, sha256 };
  const [, photo] = await Promise.all([
    ownDevice(tx, act.provinceId, principal, device),
    lockPhoto(tx, key),
  ]);
  if (!photo) throw new Problem('platform.not_found');
  const { state, received_bytes: here, size_bytes: whole } = photo;
  if (state !== 'receiving' || offset + bytes.length <= here) return here;
  if (offset !== here) throw new Problem('supervision.photo_gap', { wanted: here });
  if (offset + bytes.length > whole) throw new Problem('platform.too_large');
  const received = offset + bytes.length;
  if (received === whole) return finish(tx, act, reference, photo, { offset, bytes });
  await Promise.all([
    insertPiece(tx, key, offset, bytes),
    setPhoto(tx, key, { received_bytes: received }),
  ]);
  return received;
}

type Piece = { readonly offset: number; readonly bytes: Uint8Array };

async function finish(
  tx: Tx,
  act: Act,
  reference: Reference,
  photo: Photo,
  last: Piece,
): Promise<number> {
  const { device_id: deviceId, sha256, size_bytes: whole } = photo;
  const key = { provinceId: act.provinceId, deviceId, sha256 };
  const before = last.offset === 0 ? [] : [await readPieces(tx, key)];
  const bytes = Buffer.concat([...before, last.bytes]);
  if (hash('sha256', bytes, 'hex') !== sha256) {
    await Promise.all([deletePieces(tx, key), setPhoto(tx, key, { received_bytes: 0 })]);
    return 0;
  }
  const found = await inspectContent(bytes);
  const wrongType = 'type' in found && found.type !== photo.media_type ? 'type' : undefined;
  const fault = 'fault' in found ? found.fault : wrongType;
  if (fault !== undefined) {
    await setPhoto(tx, key, { received_bytes: whole });
    await refuse(tx, act, reference, key, fault);
    return whole;
  }
  await Promise.all([
    insertPiece(tx, key, last.offset, last.bytes),
    setPhoto(tx, key, { received_bytes: whole, state: 'checking' }),
    enqueue(tx, keepJob, key),
  ]);
  return whole;
}

/** A photo that is not what it says: its record goes to a person. */
async function refuse(tx: Tx, act: Act, reference: Reference, key: Key, fault: string) {
  await setPhoto(tx, key, { state: 'refused', fault });
  await deletePieces(tx, key);
  const device = await findDevice(tx, act.provinceId, key.deviceId, true);
  if (device) await applyDevice(tx, act, reference, device);
}

const payload = Type.Object({
  provinceId: Type.Integer(),
  deviceId: Type.String(),
  sha256: Type.String(),
});

/** The job that has a photo scanned, outside any transaction, makes a file of its pieces and tries its record. */
export function photoJobs(files: Files, scan: VirusScan | undefined): JobHandlers {
  return {
    [keepJob]: jobHandler(payload, async (key, { database, clock }) => {
      const context = provinceContext(key.provinceId);
      const bytes = await database.transaction(context, async (tx) => {
        const photo = await lockPhoto(tx, key);
        return photo?.state === 'checking' ? readPieces(tx, key) : undefined;
      });
      if (!bytes) return;
      const clean = scan ? await scan.isClean(bytes) : true;
      const file = clean ? await files.put(bytes) : undefined;
      const reference = await referenceOf(database);
      await database.transaction(context, (tx) => settle(tx, clock, reference, key, file));
    }),
  };
}

async function settle(
  tx: Tx,
  clock: Clock,
  reference: Reference,
  key: Key,
  file: string | undefined,
): Promise<void> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const { provinceId } = key;
  const act = { ...{ provinceId, actorId: null, organisationId: null }, now, today };
  const by = { ...act, opId: randomUUID() };
  // The phone first: of two photos that are kept at once, the later sees the earlier.
  const device = await findDevice(tx, provinceId, key.deviceId, true);
  const photo = await lockPhoto(tx, key);
  if (photo?.state !== 'checking') return;
  if (file === undefined) {
    await refuse(tx, by, reference, key, 'virus');
    return;
  }
  const [, , { rows }] = await Promise.all([
    setPhoto(tx, key, { state: 'kept', file_key: file, kept_at: now }),
    deletePieces(tx, key),
    completes(key).execute(tx),
  ]);
  if (device && rows.length > 0) await applyDevice(tx, by, reference, device);
}

/** A record that waited for this photo last, where there is one. */
function completes({ provinceId, deviceId, sha256 }: Key) {
  return sql`
    select 1 from field_records r
    where r.province_id = ${provinceId} and r.device_id = ${deviceId}::uuid
      and r.state in ('held', 'waits_photos') and ${sha256} = any(r.photo_digests)
      and not exists (select 1 from field_photos p where p.province_id = ${provinceId}
        and p.device_id = ${deviceId}::uuid and p.sha256 = any(r.photo_digests)
        and p.state <> 'kept') limit 1`;
}

/**
 * A kept photo of a visit, for whoever sees the visit.
 * @throws Problem `platform.not_found` (404)
 */
export async function getPhoto(
  tx: Tx,
  principal: Principal,
  visit: { provinceId: number; id: string },
  sha256: string,
): Promise<{ readonly mediaType: string; readonly fileKey: string; readonly caseId: string }> {
  const { caseId } = await visibleVisit(tx, principal, visit);
  const { rows } = await sql<{ media_type: string; file_key: string }>`
    select p.media_type, p.file_key from field_records r
    join field_photos p on p.province_id = ${visit.provinceId} and p.device_id = r.device_id
      and p.sha256 = ${sha256} and p.state = 'kept'
    where r.province_id = ${visit.provinceId} and r.visit_id = ${visit.id}::uuid
      and ${sha256} = any(r.photo_digests) limit 1`.execute(tx);
  const [row] = rows;
  if (!row) throw new Problem('platform.not_found');
  return { mediaType: row.media_type, fileKey: row.file_key, caseId };
}

function photoAt({ provinceId, deviceId, sha256 }: Key) {
  return sql<boolean>`province_id = ${provinceId} and device_id = ${deviceId}::uuid
    and sha256 = ${sha256}`;
}

async function lockPhoto(tx: Tx, key: Key): Promise<Photo | undefined> {
  const query = tx.selectFrom('field_photos').selectAll().where(photoAt(key));
  return query.forUpdate().executeTakeFirst();
}

type Change = Partial<Pick<Photo, 'received_bytes' | 'state' | 'fault' | 'file_key' | 'kept_at'>>;

async function setPhoto(tx: Tx, key: Key, change: Change): Promise<void> {
  await tx.updateTable('field_photos').set(change).where(photoAt(key)).execute();
}

async function insertPiece(tx: Tx, key: Key, at_byte: number, bytes: Uint8Array): Promise<void> {
  const { provinceId: province_id, deviceId: device_id, sha256 } = key;
  const piece = { province_id, device_id, sha256, at_byte, bytes: Buffer.from(bytes) };
  await tx.insertInto('field_photo_pieces').values(piece).execute();
}

async function readPieces(tx: Tx, key: Key): Promise<Buffer> {
  const query = tx.selectFrom('field_photo_pieces').select('bytes').where(photoAt(key));
  const rows = await query.orderBy('at_byte').execute();
  return Buffer.concat(rows.map(({ bytes }) => bytes));
}

async function deletePieces(tx: Tx, key: Key): Promise<void> {
  await tx.deleteFrom('field_photo_pieces').where(photoAt(key)).execute();
}
