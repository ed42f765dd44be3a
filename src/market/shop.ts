import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import type { Database, Tx } from '../platform/database.ts';
import { publicLook } from './look.ts';
import { isShown, type ProductKind, type Reach, type Standing, standingOf } from './rules.ts';

/** A stall as anybody sees it, with what its permit is worth at this moment. */
export type ShownStall = {
  readonly code: string;
  readonly provinceId: number;
  readonly id: string;
  readonly name: string;
  readonly about: string;
  readonly holder: string;
  readonly countyId: number;
  readonly occupationId: string;
  readonly permitNumber: string;
  readonly standing: Standing;
  /** Why the permit is suspended. */
  readonly reason: string | null;
  readonly demonstration: boolean;
  readonly ratings: Ratings;
};

/** What buyers to whom something was delivered say of a stall. */
export type Ratings = {
  readonly count: number;
  /** The sum of all stars. */
  readonly stars: number;
  /** The newest with words to them. */
  readonly said: readonly { readonly stars: number; readonly said: string }[];
};

/** A product as anybody sees it. */
export type ShownProduct = {
  readonly code: string;
  readonly title: string;
  readonly about: string;
  readonly kind: ProductKind;
  readonly unit: string;
  readonly priceRial: bigint;
  readonly onHand: number;
  readonly leadDays: number;
  readonly sendsTo: Reach;
  readonly food: boolean;
  readonly ingredients: string;
  readonly allergens: readonly string[];
  readonly healthNumber: string | null;
  readonly keepsDays: number | null;
  readonly photos: readonly string[];
  readonly stall: ShownStall;
};

type Key = { readonly provinceId: number; readonly id: string };

/** A product on show, or undefined: also where its stall is closed or its permit is no longer good. */
export async function findShownProduct(
  database: Database,
  key: Key,
  today: string,
): Promise<ShownProduct | undefined> {
  return database.transaction(publicLook, async (tx) => {
    const row = await tx
      .selectFrom('products')
      .selectAll()
      .where('province_id', '=', key.provinceId)
      .where('id', '=', key.id)
      .where('state', '=', 'listed')
      .executeTakeFirst();
    const stall = row && (await shownStall(tx, { ...key, id: row.stall_id }, today));
    if (!row || !stall) return undefined;
    return {
      code: encodeCode(key.provinceId, row.id),
      ...{ title: row.title, about: row.about, unit: row.unit, priceRial: row.price_rial },
      ...{ kind: row.kind as ProductKind, sendsTo: row.sends_to as Reach, food: row.food },
      ...{ onHand: row.on_hand, leadDays: row.lead_days, keepsDays: row.keeps_days },
      ...{ ingredients: row.ingredients, allergens: row.allergens, stall },
      healthNumber: row.health_number,
      photos: await photosOf(tx, key),
    };
  });
}

async function photosOf(tx: Tx, key: Key): Promise<string[]> {
  const rows = await tx
    .selectFrom('product_photos')
    .select('sha256')
    .where('province_id', '=', key.provinceId)
    .where('product_id', '=', key.id)
    .where('thumb_of', 'is', null)
    .where('state', '=', 'kept')
    .orderBy('place')
    .execute();
  return rows.map(({ sha256 }) => sha256);
}

/** A stall on show, or undefined. */
export async function findShownStall(
  database: Database,
  key: Key,
  today: string,
): Promise<ShownStall | undefined> {
  return database.transaction(publicLook, (tx) => shownStall(tx, key, today));
}

type StallRow = {
  name: string;
  about: string;
  county_id: number;
  occupation_id: string;
  number: string;
  state: string;
  valid_until: string;
  reason: string | null;
  first_name: string;
  last_name: string;
  demonstration: boolean;
};

/** An open stall whose permit is good, or suspended with the reason; asked of the permit's own rows. */
async function shownStall(tx: Tx, key: Key, today: string): Promise<ShownStall | undefined> {
  const { rows } = await sql<StallRow>`
    select s.name, s.about, s.county_id, s.occupation_id, t.number, c.state, t.valid_until,
      e.first_name, e.last_name, e.demonstration,
      case when c.state = 'suspended' then (
        select h.reason from history h where h.province_id = ${key.provinceId} and h.case_id = c.id
          and h.verb = 'permits.suspend' and h.sign = 1 order by h.seq desc limit 1) end as reason
    from stalls s
    join cases c on c.province_id = s.province_id and c.id = s.case_id
    join permits t on t.province_id = s.province_id and t.case_id = s.case_id
      and t.taken_back_at is null
    join people e on e.province_id = s.province_id and e.id = s.person_id
    where s.province_id = ${key.provinceId} and s.id = ${key.id}::uuid
      and s.state = 'open'`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  const standing = standingOf({ state: row.state, validUntil: row.valid_until }, today);
  if (!isShown(standing)) return undefined;
  return {
    code: encodeCode(key.provinceId, key.id),
    ...key,
    ...{ name: row.name, about: row.about, standing, reason: row.reason },
    holder: `${row.first_name} ${row.last_name}`,
    ...{ countyId: row.county_id, occupationId: row.occupation_id, permitNumber: row.number },
    demonstration: row.demonstration,
    ratings: await ratingsOf(tx, key),
  };
}

/** Words of buyers that a page shows. */
const mostSaid = 5;

async function ratingsOf(tx: Tx, { provinceId, id }: Key): Promise<Ratings> {
  const { rows } = await sql<{ count: number; stars: number }>`
    select count(*)::integer as count, coalesce(sum(stars), 0)::integer as stars from ratings
    where province_id = ${provinceId} and stall_id = ${id}::uuid`.execute(tx);
  const { count = 0, stars = 0 } = rows[0] ?? {};
  if (count === 0) return { count, stars, said: [] };
  const said = await tx
    .selectFrom('ratings')
    .select(['stars', 'said'])
    .where('province_id', '=', provinceId)
    .where('stall_id', '=', id)
    .where('said', '<>', '')
    .orderBy('recorded_at', 'desc')
    .limit(mostSaid)
    .execute();
  return { count, stars, said };
}
