import { sql } from 'kysely';
import { makeRandom, type Random } from '../../demo/random.ts';
import { provinceCode } from '../../src/accounts/index.ts';
import { publicLook } from '../../src/market/index.ts';
import plain from '../../src/permits/finder-words.json' with { type: 'json' };
import type { Database } from '../../src/platform/database.ts';

/** What one buyer asks: words as they are typed, and filters. */
export type Search = {
  readonly q: string;
  readonly province?: number;
  readonly county?: number;
  readonly occupation?: string;
  /** How it came about, for the table of what is slow. */
  readonly sort: keyof typeof sorts;
};

type Good = {
  readonly title: string;
  readonly province_id: number;
  readonly county_id: number;
  readonly occupation_id: string;
};

const count = 600;
const wordsOf = (title: string) => title.split(/\s+/).filter((word) => word.length > 2);
const meant = Object.keys(plain.means);

/** A word as a quick finger types it: two letters the other way around, one left out, or one twice. */
function mistype(random: Random, word: string): string {
  const at = random.int(1, Math.max(1, word.length - 2));
  const [head, letter, rest] = [word.slice(0, at), word[at] ?? '', word.slice(at + 1)];
  const ways = [
    `${head}${rest}`,
    `${head}${letter}${letter}${rest}`,
    `${head}${rest.slice(0, 1)}${letter}${rest.slice(1)}`,
  ];
  return random.pick(ways);
}

/** What people ask, and of every hundred how many: drawn from goods that are there, so what is common is asked most. */
const sorts = {
  word: 24,
  words: 22,
  beginning: 10,
  typo: 14,
  meant: 6,
  inProvince: 8,
  inCounty: 6,
  ofTrade: 6,
  filtersAlone: 4,
} as const;

function drawSearch(random: Random, good: Good): Search {
  const sort = random.weighted(Object.keys(sorts) as (keyof typeof sorts)[], (one) => sorts[one]);
  const all = wordsOf(good.title);
  const [one = good.title, other = ''] = random.shuffle(all);
  const { province_id: province, county_id: county, occupation_id: occupation } = good;
  const searches: Record<keyof typeof sorts, Omit<Search, 'sort'>> = {
    word: { q: one },
    words: { q: `${one} ${other}`.trim() },
    beginning: { q: one.slice(0, Math.max(2, one.length - 2)) },
    typo: { q: mistype(random, one) },
    meant: { q: random.pick(meant) },
    inProvince: { q: one, province },
    inCounty: { q: one, province, county },
    ofTrade: { q: one, occupation },
    filtersAlone: random.chance(0.5) ? { q: '', province, county } : { q: '', occupation },
  };
  return { ...searches[sort], sort };
}

/** Searches for a filled catalogue: the same at every run. */
export async function drawSearches(database: Database): Promise<Search[]> {
  const { rows } = await database.transaction(publicLook, (tx) =>
    sql<Good>`select title, province_id, county_id, occupation_id from products
      tablesample system (1) repeatable (7) where state = 'listed' order by id`.execute(tx),
  );
  const random = makeRandom('bench/catalogue/searches');
  return Array.from({ length: count }, () => drawSearch(random, random.pick(rows)));
}

/** A search as the browser sends it. */
export function addressOf({ q, province, county, occupation }: Search): string {
  const given = {
    q,
    province: province === undefined ? '' : provinceCode(province),
    county: county === undefined ? '' : String(county).padStart(4, '0'),
    occupation: occupation ?? '',
  };
  const asked = Object.entries(given).filter(([, value]) => value !== '');
  return `/market?${new URLSearchParams(asked)}`;
}
