import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { wordsOf } from '../../src/market/rules.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import type { EmbeddedPostgres } from '../../src/platform/embedded-postgres.ts';
import type { Search } from './searches.ts';

/** The superuser's address of the database with trigrams, on a filled server. */
export function trigramUrl({ superuserUrl }: EmbeddedPostgres): string {
  return superuserUrl.replace('/postgres?', '/trigrams?');
}

/**
 * The words of every product on show in a table of a database of its own, with a trigram index: one whose
 * character type knows Persian letters, which that of the product's does not.
 */
export async function fillTrigrams(server: EmbeddedPostgres, product: Database): Promise<void> {
  await product.pools.migrator.query('drop database if exists trigrams');
  await product.pools.migrator.query(
    `create database trigrams template template0 lc_ctype 'C.UTF-8'`,
  );
  const database = await openDatabase({ url: trigramUrl(server) });
  const [from, to] = [
    await product.pools.migrator.connect(),
    await database.pools.migrator.connect(),
  ];
  try {
    await to.query(`create extension pg_trgm; set maintenance_work_mem = '1GB';
      create table goods (province_id integer, id uuid, county_id integer, occupation_id text, kind text,
        title text, price_rial bigint, listed_at timestamptz, text text)`);
    const rows =
      copyTo(`copy (select province_id, id, county_id, occupation_id, kind, title, price_rial, listed_at,
      regexp_replace(array_to_string(tsvector_to_array(words), ' '), '#\\S+ ?', '', 'g') from products where state = 'listed' order by listed_at) to stdout`);
    await pipeline(from.query(rows), to.query(copyFrom('copy goods from stdin')));
    await to.query(`create index goods_text on goods using gin (text gin_trgm_ops);
      create index goods_newest on goods (listed_at desc, id desc);
      create index goods_county on goods (county_id, listed_at desc, id desc);
      create index goods_occupation on goods (occupation_id, listed_at desc, id desc)`);
    await to.query('vacuum analyze goods');
  } finally {
    from.release();
    to.release();
    await database.close();
  }
}

const columns = 'province_id, id, title, price_rial, county_id, occupation_id';
/** As many as a page has, and one to know whether more follow; the newest first, as the page shows them. */
const newest = 'order by listed_at desc, id desc limit 25';

type Query = { readonly text: string; readonly values: readonly unknown[] };

/** A search for trigrams: every word anywhere in the text, or (`like`) words that are like one in it. */
function trigramQuery({ q, province, county, occupation }: Search, like: boolean): Query {
  const values: unknown[] = [];
  const given = (value: unknown) => `$${values.push(value)}`;
  const words = wordsOf([q]).map((word) =>
    like ? `${given(word)}::text <% text` : `text like ${given(`%${word}%`)}`,
  );
  const filters = Object.entries({
    province_id: province,
    county_id: county,
    occupation_id: occupation,
  })
    .filter(([, value]) => value !== undefined)
    .map(([column, value]) => `${column} = ${given(value)}`);
  const all = [...words, ...filters];
  const where = all.length > 0 ? `where ${all.join(' and ')}` : '';
  return { text: `select ${columns} from goods ${where} ${newest}`, values };
}

/** Asks trigrams as the product is asked: for the words as they are, and for like ones where there are none. */
export async function askTrigrams(client: pg.Client, search: Search): Promise<number> {
  const exact = await client.query(trigramQuery(search, false) as pg.QueryConfig);
  if (exact.rows.length > 0 || search.q === '') return exact.rows.length;
  return (await client.query(trigramQuery(search, true) as pg.QueryConfig)).rows.length;
}
