import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { type Filter, marksOf, type Term } from './search-terms.ts';

/** How common words are among products, as PostgreSQL has estimated when it last looked through the table. */
export type Commonness = {
  /** About how many products there are. */
  readonly total: number;
  /** Of the most common words and marks, which part of the products has each: 0 to 1. */
  readonly shares: ReadonlyMap<string, number>;
  /** No other word has a larger part than this. */
  readonly rarest: number;
};

type Estimate = { readonly total: number; readonly word: string | null; readonly share: number };

/** What the statistics of the table say; undefined where it was never looked through, or is kept on other machines. */
export async function readCommonness(database: Database): Promise<Commonness | undefined> {
  // The last of the frequencies stand for no word: unnest gives them with null.
  const { rows } = await database.migratorTransaction((tx) =>
    sql<Estimate>`
      select c.reltuples as total, e.word, e.share from pg_stats s
      join pg_class c on c.oid = 'products'::regclass,
        unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as e(word, share)
      where s.schemaname = current_schema() and s.tablename = 'products' and s.attname = 'words'
    `.execute(tx),
  );
  const known = rows.flatMap(({ word, share }) => (word === null ? [] : [[word, share] as const]));
  const total = rows[0]?.total ?? 0;
  if (known.length === 0 || total <= 0) return undefined;
  const rarest = Math.min(...known.map(([, share]) => share));
  return { total, shares: new Map(known), rarest };
}

/** How many products have all that is asked for, at the most: as many as have the rarest part of it. Pure. */
export function mostWith(common: Commonness, terms: readonly Term[], filter: Filter): number {
  const shareOf = (word: string) => common.shares.get(word) ?? common.rarest;
  const ofBeginning = (beginning: string) => {
    const begun = [...common.shares].filter(([word]) => word.startsWith(beginning));
    return begun.reduce((sum, [, share]) => sum + share, common.rarest);
  };
  const ofTerm = ({ ways }: Term) =>
    ways
      .map((words) =>
        Math.min(...words.map(({ word, begins }) => (begins ? ofBeginning : shareOf)(word))),
      )
      .reduce((sum, share) => sum + share, 0);
  const parts = [...terms.map(ofTerm), ...marksOf(filter).map(shareOf)];
  return Math.min(1, ...parts) * common.total;
}
