import { sql } from 'kysely';
import { decodeCode, encodeCode } from '../kit/code.ts';
import type { Database, Tx } from '../platform/database.ts';
import { publicLook } from './look.ts';

/** What a list leaves out of a product: its words, and all its photos as they were sent. */
export type ProductDetails = { readonly about: string; readonly photos: readonly string[] };

/** The details of products on show, by their codes. */
export async function detailsOf(
  database: Database,
  codes: readonly string[],
): Promise<Map<string, ProductDetails>> {
  const keys = codes.flatMap((code) => decodeCode(code) ?? []);
  return database.transaction(publicLook, async (tx) => {
    const all = new Map<string, ProductDetails>();
    for (const [provinceId, own] of Map.groupBy(keys, (key) => key.provinceId)) {
      const ids = own.map(({ id }) => id);
      for (const { id, ...details } of await detailsIn(tx, provinceId, ids)) {
        all.set(encodeCode(provinceId, id), details);
      }
    }
    return all;
  });
}

/** The codes of the stalls that products are of, each once. */
export async function stallsOf(database: Database, codes: readonly string[]): Promise<string[]> {
  const keys = codes.flatMap((code) => decodeCode(code) ?? []);
  return database.transaction(publicLook, async (tx) => {
    const all: string[] = [];
    for (const [provinceId, own] of Map.groupBy(keys, (key) => key.provinceId)) {
      const { rows } = await sql<{ stall_id: string }>`
        select distinct stall_id from products
        where province_id = ${provinceId} and id = any(${own.map(({ id }) => id)}::uuid[])
        order by stall_id`.execute(tx);
      all.push(...rows.map((row) => encodeCode(provinceId, row.stall_id)));
    }
    return all;
  });
}

async function detailsIn(tx: Tx, provinceId: number, ids: readonly string[]) {
  const { rows } = await sql<ProductDetails & { readonly id: string }>`
    select p.id, p.about, coalesce(f.photos, '{}') as photos from products p
    left join (select product_id, array_agg(sha256 order by place) as photos from product_photos
      where province_id = ${provinceId} and product_id = any(${ids}::uuid[])
        and state = 'kept' and thumb_of is null group by product_id) f on f.product_id = p.id
    where p.province_id = ${provinceId} and p.id = any(${ids}::uuid[])`.execute(tx);
  return rows;
}
