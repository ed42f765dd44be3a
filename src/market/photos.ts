import { sql } from 'kysely';
import { Type } from 'typebox';
import { Problem } from '../kit/problem.ts';
import { inspectContent } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Files } from '../platform/files.ts';
import type { Act } from '../platform/history.ts';
import { enqueue, type JobHandlers, jobHandler } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import type { VirusScan } from '../platform/virus-scan.ts';

/** The largest photo: the page shrinks it to a tenth of this before it is sent. */
export const mostPhotoBytes = 2 * 1024 * 1024;
const mostPhotos = 8;
const keepJob = 'market.keepPhoto';

/** A photo that came, before anybody looked into it. */
export type SentPhoto = {
  readonly sha256: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly key: string;
  /** The digest of the photo that this is the small copy of. */
  readonly thumbOf: string | null;
};

/**
 * Adds a photo to a product: by its bytes, so that the same one twice is one. A job looks into it; nobody
 * sees it before.
 * @returns its digest
 * @throws Problem `market.too_many_photos` (409)
 */
export async function addPhoto(
  tx: Tx,
  act: Act,
  productId: string,
  { sha256, mediaType, bytes, key, thumbOf }: SentPhoto,
): Promise<string> {
  const known = await tx
    .selectFrom('product_photos')
    .select(['sha256', 'place', 'thumb_of'])
    .where('province_id', '=', act.provinceId)
    .where('product_id', '=', productId)
    .execute();
  if (known.some((one) => one.sha256 === sha256)) return sha256;
  const whole = known.filter((one) => one.thumb_of === null);
  if (thumbOf === null && whole.length >= mostPhotos) throw new Problem('market.too_many_photos');
  const place =
    known.find((one) => one.sha256 === thumbOf)?.place ??
    Math.max(0, ...whole.map((one) => one.place)) + 1;
  await sql`
    insert into product_photos (province_id, product_id, person_id, sha256, thumb_of, place, media_type,
      size_bytes, state, file_key, recorded_at)
    select p.province_id, p.id, p.person_id, ${sha256}::text, ${thumbOf}::text, ${place}::integer,
      ${mediaType}::text, ${bytes}::integer, 'checking', ${key}::uuid, ${act.now}::timestamptz
    from products p where p.province_id = ${act.provinceId}::integer and p.id = ${productId}::uuid`.execute(
    tx,
  );
  await enqueue(tx, keepJob, { provinceId: act.provinceId, productId, sha256 });
  return sha256;
}

/** Takes a photo off its product, and its small copy with it. */
export async function removePhoto(
  tx: Tx,
  provinceId: number,
  productId: string,
  sha256: string,
): Promise<void> {
  await sql`delete from product_photos where province_id = ${provinceId}
    and product_id = ${productId}::uuid and ${sha256} in (sha256, thumb_of)`.execute(tx);
}

const payload = Type.Object({
  provinceId: Type.Integer(),
  productId: Type.String(),
  sha256: Type.String(),
});

/** The job that looks into a photo and has it scanned, outside any transaction, before anybody sees it. */
export function marketPhotoJobs(files: Files, scan: VirusScan | undefined): JobHandlers {
  return {
    [keepJob]: jobHandler(payload, async (key, { database }) => {
      const context = provinceContext(key.provinceId);
      const photo = await database.transaction(context, (tx) => findChecking(tx, key));
      if (!photo) return;
      const bytes = await files.getBytes(photo.file_key);
      const isGood = await isPicture(bytes, photo.media_type);
      const good = isGood && (!scan || (await scan.isClean(bytes)));
      await database.transaction(context, async (tx) => {
        const query = tx.updateTable('product_photos').set({ state: good ? 'kept' : 'refused' });
        await query.where(photoAt(key)).where('state', '=', 'checking').execute();
      });
    }),
  };
}

async function isPicture(bytes: Uint8Array, mediaType: string): Promise<boolean> {
  const found = await inspectContent(bytes);
  return 'type' in found && found.type === mediaType && found.type !== 'application/pdf';
}

type Key = { readonly provinceId: number; readonly productId: string; readonly sha256: string };

function photoAt({ provinceId, productId, sha256 }: Key) {
  return sql<boolean>`province_id = ${provinceId} and product_id = ${productId}::uuid
    and sha256 = ${sha256}`;
}

async function findChecking(tx: Tx, key: Key) {
  const query = tx.selectFrom('product_photos').select(['file_key', 'media_type']);
  return query.where(photoAt(key)).where('state', '=', 'checking').executeTakeFirst();
}
