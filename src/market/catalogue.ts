import { sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { decodeCode, encodeCode } from '../kit/code.ts';
import { sayings } from '../permits/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { type ProductKind, productKinds, sellingStates, wordsOf } from './rules.ts';
import { type Vocabulary, vocabularyOf } from './vocabulary.ts';

/** The public looks at every province's market as the country does: nothing but what is on show. */
export const publicLook = { province: 'all', organisation: '', person: '' } as const;

/** What somebody looks for; whatever is absent is not asked. */
export type CatalogueQuery = {
  readonly q?: string | undefined;
  readonly province?: number | undefined;
  readonly county?: number | undefined;
  readonly occupation?: string | undefined;
  readonly kind?: ProductKind | undefined;
  /** A stall, by its id in its province. */
  readonly stall?: { readonly provinceId: number; readonly id: string } | undefined;
  /** The code of the last product of the page before. */
  readonly after?: string | undefined;
  readonly today: string;
};

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

export type CatalogueFound = {
  readonly items: readonly CatalogueLine[];
  readonly hasMore: boolean;
  /** The words that were taken for mistyped ones; empty when all were known. */
  readonly taken: readonly string[];
};

/** How many products a page of the catalogue has. */
const pageSize = 24;

/**
 * Products on show whose stall is open and whose permit is good today, the newest first. Every word has to
 * be the beginning of one of a product's words, or of what people mean by it.
 */
export async function searchCatalogue(
  database: Database,
  asked: CatalogueQuery,
  limit = pageSize,
): Promise<CatalogueFound> {
  const words = wordsOf([asked.q ?? '']);
  const found = await select(database, asked, words.map(sayings), limit);
  if (found.length > 0 || words.length === 0) return toFound(found, limit, []);
  const vocabulary = await vocabularyOf(database);
  const corrected = correct(words, vocabulary);
  if (!corrected) return toFound([], limit, []);
  const again = await select(
    database,
    asked,
    corrected.map(({ ways }) => ways),
    limit,
  );
  const taken = corrected.flatMap((one) => (one.wasWrong ? one.ways.slice(0, 1) : []));
  return toFound(again, limit, again.length > 0 ? taken : []);
}

/** The words, each unknown one with the known ones nearest to it; undefined where there is nothing to mend. */
function correct(words: readonly string[], vocabulary: Vocabulary) {
  const ways = words.map((word) => {
    const known = sayings(word).some(vocabulary.knows);
    return { ways: known ? sayings(word) : vocabulary.nearest(word), wasWrong: !known };
  });
  const mended = ways.some(({ wasWrong }) => wasWrong);
  return mended && ways.every((one) => one.ways.length > 0) ? ways : undefined;
}

function toFound(rows: readonly CatalogueLine[], limit: number, taken: readonly string[]) {
  return { items: rows.slice(0, limit), hasMore: rows.length > limit, taken };
}

/** Words as a query of the index: each of them, in any of its ways, as the beginning of a word. */
function toQuery(words: readonly (readonly string[])[]): string {
  const quoted = (word: string) => `'${word.replaceAll(/['\\]/g, '')}':*`;
  return words.map((ways) => `(${ways.map(quoted).join(' | ')})`).join(' & ');
}

type Key = { readonly provinceId: number; readonly id: string };
type Row = Omit<CatalogueLine, 'code'> & { readonly id: string };

/** Candidates beyond a page, for those whose permit turns out not to be good today. */
const spare = 24;
/** How often the next candidates are looked at, where most permits are not good. */
const mostRounds = 20;

/**
 * Products that fit, in two steps: which ones, by a statement of one table that is planned for the words each
 * time; then what is known of them and whether their permits are good at this moment, by one that is planned
 * once a connection. As one statement, planning took twenty times as long as the search.
 */
async function select(
  database: Database,
  asked: CatalogueQuery,
  words: readonly (readonly string[])[],
  limit: number,
): Promise<CatalogueLine[]> {
  const found: CatalogueLine[] = [];
  let after: Key | undefined = asked.after === undefined ? undefined : decodeCode(asked.after);
  for (let round = 0; round < mostRounds; round += 1) {
    const keys: Key[] = await candidates(database, { asked, words, after }, limit + spare);
    found.push(...(await shownOf(database, keys, asked.today)));
    after = keys.at(-1);
    if (found.length > limit || keys.length < limit + spare) break;
  }
  return found;
}

type Asking = {
  readonly asked: CatalogueQuery;
  readonly words: readonly (readonly string[])[];
  readonly after: Key | undefined;
};

async function candidates(database: Database, asking: Asking, most: number): Promise<Key[]> {
  return database.transaction(publicLook, async (tx) => {
    const { rows } = await sql<Key>`
      select p.province_id as "provinceId", p.id from products p
      where p.state = 'listed' ${conditions(asking)}
      order by p.listed_at desc, p.id desc limit ${most}`.execute(tx);
    return rows;
  });
}

async function shownOf(
  database: Database,
  keys: readonly Key[],
  today: string,
): Promise<CatalogueLine[]> {
  if (keys.length === 0) return [];
  // Each province is asked for its own, all of them at once: what is known of a product lies with it.
  const byProvince = [...Map.groupBy(keys, ({ provinceId }) => provinceId)];
  const found = await database.transaction({ ...publicLook, prepare: true }, (tx) =>
    Promise.all(
      byProvince.map(([provinceId, own]) =>
        shownIn(
          tx,
          provinceId,
          own.map(({ id }) => id),
          today,
        ),
      ),
    ),
  );
  const lines = new Map(found.flat().map((line) => [line.code, line]));
  return keys.flatMap(({ provinceId, id }) => lines.get(encodeCode(provinceId, id)) ?? []);
}

async function shownIn(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
  today: string,
): Promise<CatalogueLine[]> {
  const province = sql`${provinceId}::integer`;
  const { rows } = await sql<Row>`
      select p.province_id as "provinceId", p.id, p.title, p.unit, p.kind,
        p.price_rial as "priceRial", p.on_hand as "onHand", p.lead_days as "leadDays",
        p.county_id as "countyId", p.occupation_id as "occupationId", s.name as "stallName",
        t.number as "permitNumber",
        (select coalesce(m.sha256, f.sha256) from product_photos f
          left join product_photos m on m.province_id = ${province}
            and m.product_id = f.product_id and m.thumb_of = f.sha256 and m.state = 'kept'
          where f.province_id = ${province} and f.product_id = p.id and f.thumb_of is null
            and f.state = 'kept' order by f.place limit 1) as photo,
        e.demonstration
      from products p
      join stalls s on s.province_id = p.province_id and s.id = p.stall_id and s.state = 'open'
      join cases c on c.province_id = p.province_id and c.id = p.case_id
        and c.state = any(${sellingStates as readonly string[]}::text[])
      join permits t on t.province_id = p.province_id and t.case_id = p.case_id
        and t.taken_back_at is null and t.valid_until >= ${today}::date
      join people e on e.province_id = p.province_id and e.id = p.person_id
      where p.province_id = ${province} and p.id = any(${ids}::uuid[])`.execute(tx);
  return rows.map(({ id, ...row }) => ({ ...row, code: encodeCode(row.provinceId, id) }));
}

function conditions({ asked, words, after: last }: Asking) {
  const { province, county, occupation, kind, stall } = asked;
  const parts = [
    words.length > 0 && sql`p.words @@ ${toQuery(words)}::tsquery`,
    province !== undefined && sql`p.province_id = ${province}`,
    county !== undefined && sql`p.county_id = ${county}`,
    occupation !== undefined && sql`p.occupation_id = ${occupation}`,
    kind !== undefined && sql`p.kind = ${kind}`,
    stall && sql`p.province_id = ${stall.provinceId} and p.stall_id = ${stall.id}::uuid`,
    last &&
      sql`(p.listed_at, p.id) < (select l.listed_at, l.id from products l
        where l.province_id = ${last.provinceId} and l.id = ${last.id}::uuid)`,
  ].filter((part) => part !== false && part !== undefined);
  return parts.length === 0 ? sql`` : sql`and ${sql.join(parts, sql` and `)}`;
}

/** What a query's texts ask for, as far as they name something that is there. */
export function readCatalogueQuery(
  reference: Reference,
  given: Readonly<Record<string, string | undefined>>,
  today: string,
): CatalogueQuery {
  const number = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : -1);
  const province = number(given.province);
  const county = number(given.county);
  const occupation = given.occupation ?? '';
  return {
    q: given.q?.slice(0, 100),
    province: reference.provinces.has(province) ? province : undefined,
    county: reference.counties.has(county) ? county : undefined,
    occupation: reference.occupations.has(occupation) ? occupation : undefined,
    kind: productKinds.find((one) => one === given.kind),
    after: given.after !== undefined && decodeCode(given.after) ? given.after : undefined,
    today,
  };
}
