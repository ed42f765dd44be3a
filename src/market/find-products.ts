import { type RawBuilder, sql } from 'kysely';
import { decodeCode } from '../kit/code.ts';
import type { Database, Tx } from '../platform/database.ts';
import { type Commonness, mostWith } from './commonness.ts';
import { type ProductKey as Key, keysFound, type Search } from './found-keys.ts';
import { type CatalogueLine, linesOf } from './lines.ts';
import { publicLook } from './look.ts';
import type { ProductKind } from './rules.ts';
import { type Filter, hasTerms, marksOf, type Term, toTsquery } from './search-terms.ts';

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

type Asked = Omit<CatalogueQuery, 'q'> & {
  readonly terms: readonly Term[];
  readonly common: Commonness | undefined;
};

/** Candidates beyond a page, for those whose permit turns out not to be good today. */
const spare = 8;
/** How often the next candidates are looked at, where most permits are not good. */
const mostRounds = 20;
/**
 * How many of the newest are looked through for words before the index of words is asked: of all, and of a place's
 * or a trade's, which lie further apart. A word that one in a hundred and fifty has fills a page out of the newest
 * of all; the index would collect all six thousand of a million to sort them, which takes as long.
 */
const newest = { ofAll: 5000, ofSome: 1000 };

/**
 * Products that fit and are on show at this moment, the newest first, one more than `limit` where there are more.
 * Which fit is asked of one table; what is known of them, their stalls and their permits only for those. As one statement,
 * planning took twenty times as long as the search. No statement's plan depends on what is asked, so that each is
 * planned once a connection.
 */
export async function findShown(
  database: Database,
  asked: Asked,
  limit: number,
): Promise<CatalogueLine[]> {
  const found: CatalogueLine[] = [];
  let after: Key | undefined = asked.after === undefined ? undefined : decodeCode(asked.after);
  for (let round = 0; round < mostRounds; round += 1) {
    const most = limit + spare;
    const from = after;
    const find = () =>
      database.transaction({ ...publicLook, prepare: true }, (tx) =>
        candidates(tx, asked, from, most),
      );
    const keys = await keysFound(database, searchFor(asked, from, most), find);
    const lines = await linesOf(database, keys, asked.today);
    found.push(...lines.slice(0, limit + 1 - found.length));
    after = keys.at(-1);
    if (found.length > limit || keys.length < most) break;
  }
  return found;
}

/** What decides which products fit. */
function searchFor(asked: Asked, after: Key | undefined, most: number): Search {
  const { terms, province, county, occupation, kind, stall } = asked;
  const all = [toTsquery(terms), province, county, occupation, kind, stall, after, most];
  const marks = marksOf(filterOf(asked));
  return {
    name: JSON.stringify(all),
    fits: (product) =>
      (kind === undefined || product.kind === kind) &&
      (stall === undefined || product.stallId === stall.id) &&
      marks.every((mark) => product.words.has(mark)) &&
      hasTerms(product.words, terms),
  };
}

async function candidates(tx: Tx, asked: Asked, after: Key | undefined, most: number) {
  const where = conditions(asked, after);
  const filter = filterOf(asked);
  if (asked.terms.length === 0) return newestOf(tx, sql`${where} ${columnsOf(filter)}`, most);
  if (!isRare(asked, filter, most)) {
    const found = await amongNewest(tx, where, { asked, filter }, most);
    if (found.length >= most) return found;
  }
  return byWords(tx, where, { asked, filter }, most);
}

/**
 * Whether fewer products have to be looked at when all that have the words are collected than when the newest are gone
 * through until a page is full: of `total`, with so many that have them, the latter is `most * total / having`.
 */
function isRare({ terms, common }: Asked, filter: Filter, most: number): boolean {
  return common !== undefined && mostWith(common, terms, filter) ** 2 <= most * common.total;
}

type Where = RawBuilder<unknown>;
const order = sql`order by p.listed_at desc, p.id desc`;

async function newestOf(tx: Tx, where: Where, most: number): Promise<Key[]> {
  const { rows } = await sql<Key>`
    select p.province_id as "provinceId", p.id from products p
    where ${where} ${order} limit ${most}`.execute(tx);
  return rows;
}

type Narrowed = { readonly asked: Asked; readonly filter: Filter };

/** Those of the newest that have the words: ends as soon as it has enough. */
async function amongNewest(tx: Tx, where: Where, { asked, filter }: Narrowed, most: number) {
  const some = Object.values(filter).some((one) => one !== undefined);
  const { rows } = await sql<Key>`
    select p.province_id as "provinceId", p.id
    from (select * from products p where ${where} ${columnsOf(filter)} ${order}
      limit ${sql.lit(some ? newest.ofSome : newest.ofAll)}) p
    where p.words @@ ${toTsquery(asked.terms)}::tsquery ${order} limit ${most}`.execute(tx);
  return rows;
}

/** Those that have the words, by the index of words alone: few do, or the newest would have been enough. */
async function byWords(tx: Tx, where: Where, { asked, filter }: Narrowed, most: number) {
  const query = [toTsquery(asked.terms), ...marksOf(filter).map((mark) => `'${mark}'`)].join(' & ');
  const [, { rows }] = await Promise.all([
    sql`set local enable_seqscan = off`.execute(tx),
    sql<Key>`
      with found as materialized (
        select p.province_id, p.id, p.listed_at from products p
        where ${where} and p.words @@ ${query}::tsquery)
      select p.province_id as "provinceId", p.id from found p ${order} limit ${most}`.execute(tx),
  ]);
  return rows;
}

/** Place and trade as columns, to walk the list of their newest. A county is in one province: one list is enough. */
function columnsOf({ province, county, occupation }: Filter) {
  const parts = [
    province !== undefined && county === undefined && sql`and p.province_id = ${province}`,
    county !== undefined && sql`and p.county_id = ${county}`,
    occupation !== undefined && sql`and p.occupation_id = ${occupation}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? sql`` : sql.join(parts, sql` `);
}

function conditions({ kind, stall }: Asked, last: Key | undefined): Where {
  const parts = [
    sql`p.state = 'listed'`,
    kind !== undefined && sql`p.kind = ${kind}`,
    stall && sql`p.province_id = ${stall.provinceId} and p.stall_id = ${stall.id}::uuid`,
    last &&
      sql`(p.listed_at, p.id) < (select l.listed_at, l.id from products l
        where l.province_id = ${last.provinceId} and l.id = ${last.id}::uuid)`,
  ].filter((part) => part !== false && part !== undefined);
  return sql`${sql.join(parts, sql` and `)}`;
}

const filterOf = ({ province, county, occupation }: Asked): Filter => ({
  ...{ province, county, occupation },
});
