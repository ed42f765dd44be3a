import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import { gather } from '../kit/gather.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { ProductKey as Key } from './found-keys.ts';
import { publicLook } from './look.ts';
import { type ProductKind, sellingStates } from './rules.ts';

/** A product in a list. */
export type CatalogueLine = {
  readonly code: string;
  readonly provinceId: number;
  readonly title: string;
  readonly unit: string;
  readonly kind: ProductKind;
  readonly priceRial: bigint;
  readonly onHand: number;
  readonly leadDays: number;
  readonly countyId: number;
  readonly occupationId: string;
  readonly stallName: string;
  readonly permitNumber: string;
  /** The digest of its first photo's small copy, or of the photo. */
  readonly photo: string | null;
  readonly demonstration: boolean;
};

type Row = Omit<CatalogueLine, 'code' | 'photo'> & {
  readonly id: string;
  readonly validUntil: string;
};
type Live = { readonly line: CatalogueLine; readonly validUntil: string };
type Read = (keys: readonly Key[]) => Promise<ReadonlyMap<string, Live>>;

const readers = new WeakMap<Database, Read>();

/**
 * What is shown of products, in their order, of those whose stall is open and whose permit is good today. Read when it
 * is asked for, never before: who asks while others are being answered is answered together with all who wait.
 */
export async function linesOf(
  database: Database,
  keys: readonly Key[],
  today: string,
): Promise<CatalogueLine[]> {
  if (keys.length === 0) return [];
  const read = readers.get(database) ?? gather((all: readonly Key[]) => readLive(database, all));
  readers.set(database, read);
  const live = await read(keys);
  return keys.flatMap(({ id }) => {
    const found = live.get(id);
    return found && found.validUntil >= today ? [found.line] : [];
  });
}

async function readLive(database: Database, asked: readonly Key[]) {
  const keys = [...new Map(asked.map((key) => [key.id, key])).values()];
  return database.transaction({ ...publicLook, prepare: true }, async (tx) => {
    const [rows, photos] = await Promise.all([liveOf(tx, keys), photosOf(tx, keys)]);
    const lines = rows.map(({ id, validUntil, ...row }) => {
      const code = encodeCode(row.provinceId, id);
      return [id, { line: { ...row, code, photo: photos.get(id) ?? null }, validUntil }] as const;
    });
    return new Map<string, Live>(lines);
  });
}

/** Keys as rows, to be joined: a statement for each province takes longer where a page has twenty. */
function asRows(keys: readonly Key[]) {
  const provinces = keys.map(({ provinceId }) => provinceId);
  const ids = keys.map(({ id }) => id);
  return sql`unnest(${provinces}::integer[], ${ids}::uuid[]) as i(province_id, id)`;
}

/** Everything joins within its province, so that each part of the answer comes from where its rows are. */
async function liveOf(tx: Tx, keys: readonly Key[]): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select p.province_id as "provinceId", p.id, p.title, p.unit, p.kind, p.price_rial as "priceRial",
      p.on_hand as "onHand", p.lead_days as "leadDays", p.county_id as "countyId",
      p.occupation_id as "occupationId", s.name as "stallName", t.number as "permitNumber",
      t.valid_until as "validUntil", e.demonstration
    from ${asRows(keys)}
    join products p on p.province_id = i.province_id and p.id = i.id and p.state = 'listed'
    join stalls s on s.province_id = p.province_id and s.id = p.stall_id and s.state = 'open'
    join cases c on c.province_id = p.province_id and c.id = p.case_id
      and c.state = any(${sellingStates as readonly string[]}::text[])
    join permits t on t.province_id = p.province_id and t.case_id = p.case_id
      and t.taken_back_at is null
    join people e on e.province_id = p.province_id and e.id = p.person_id`.execute(tx);
  return rows;
}

/** The first photo of each product, by its small copy where there is one. */
async function photosOf(tx: Tx, keys: readonly Key[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; photo: string }>`
    select f.product_id as id, coalesce(m.sha256, f.sha256) as photo from ${asRows(keys)}
    join product_photos f on f.province_id = i.province_id and f.product_id = i.id
      and f.thumb_of is null and f.state = 'kept'
    left join product_photos m on m.province_id = f.province_id and m.product_id = f.product_id
      and m.thumb_of = f.sha256 and m.state = 'kept'
    order by f.place desc`.execute(tx);
  return new Map(rows.map(({ id, photo }) => [id, photo]));
}
