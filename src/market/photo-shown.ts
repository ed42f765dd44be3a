import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { sellingStates } from './rules.ts';

/** Where the bytes of a photo lie, and what they are. */
export type PhotoFile = { readonly mediaType: string; readonly fileKey: string };

/**
 * A photo that anybody may see, by its content: one that was looked into, of a product that is on show at this
 * moment, so that it goes with its product and its permit. Undefined where there is none.
 */
export async function findPhoto(
  tx: Tx,
  sha256: string,
  today: string,
): Promise<PhotoFile | undefined> {
  const { rows: places } = await sql<{ province_id: number }>`
    select distinct province_id from product_photos
    where sha256 = ${sha256} and state = 'kept'`.execute(tx);
  for (const { province_id: provinceId } of places) {
    const found = await findShownIn(tx, provinceId, sha256, today);
    if (found) return found;
  }
  return undefined;
}

async function findShownIn(tx: Tx, provinceId: number, sha256: string, today: string) {
  const province = sql`${provinceId}::integer`;
  const { rows } = await sql<PhotoFile>`
    select f.media_type as "mediaType", f.file_key as "fileKey" from product_photos f
    join products p on p.province_id = ${province} and p.id = f.product_id and p.state = 'listed'
    join stalls s on s.province_id = ${province} and s.id = p.stall_id and s.state = 'open'
    join cases c on c.province_id = ${province} and c.id = p.case_id
    join permits t on t.province_id = ${province} and t.case_id = p.case_id and t.taken_back_at is null
    where f.province_id = ${province} and f.sha256 = ${sha256} and f.state = 'kept'
      and ${shown(today)} limit 1`.execute(tx);
  return rows[0];
}

/** As `isShown` of the rules says it: good on this day, or suspended. */
function shown(today: string): RawBuilder<boolean> {
  return sql<boolean>`(c.state = 'suspended'
    or (c.state = any(${[...sellingStates]}::text[]) and t.valid_until >= ${today}::date))`;
}

/** A photo of one product, as its maker sees it, on show or not; row security shows them their own. */
export async function findOwnPhoto(
  tx: Tx,
  {
    provinceId,
    productId,
    sha256,
  }: {
    readonly provinceId: number;
    readonly productId: string;
    readonly sha256: string;
  },
): Promise<PhotoFile | undefined> {
  const row = await tx
    .selectFrom('product_photos')
    .select(['media_type', 'file_key'])
    .where('province_id', '=', provinceId)
    .where('product_id', '=', productId)
    .where('sha256', '=', sha256)
    .where('state', '=', 'kept')
    .executeTakeFirst();
  return row && { mediaType: row.media_type, fileKey: row.file_key };
}
