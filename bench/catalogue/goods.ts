import { readFileSync } from 'node:fs';
import { marketData } from '../../demo/market-data.ts';
import { makeRandom, type Random } from '../../demo/random.ts';
import { readDemoRows, readProductRows } from '../../demo/reference.ts';
import { nameKey } from '../../src/accounts/index.ts';
import { generateNationalId, makePermitNumber } from '../../src/kit/identifiers.ts';
import { addDays, type IsoDate } from '../../src/kit/jalali.ts';
import { normaliseText } from '../../src/kit/persian-text.ts';
import { wordsOf } from '../../src/market/rules.ts';

/** What titles are made of besides the occupations' own names: invented. */
const words = JSON.parse(readFileSync(new URL('./words.json', import.meta.url), 'utf8')) as {
  readonly pattern: string;
  readonly syllables: readonly string[];
  readonly of: Readonly<Record<string, readonly string[]>>;
  readonly colours: readonly string[];
  readonly sizes: readonly string[];
  readonly units: readonly string[];
};

/** Where makers live. */
type Place = { readonly provinceId: number; readonly countyId: number };

function places(): Place[] {
  return readProductRows('counties').map(({ id, province_id }) => {
    return { provinceId: Number(province_id), countyId: Number(id) };
  });
}

type Trade = {
  readonly id: string;
  readonly agencyId: string;
  readonly things: readonly string[];
  readonly qualities: readonly string[];
  readonly finders: readonly string[];
};

function trades(): Trade[] {
  return readProductRows('occupations').map((row) => {
    const { id = '', agency_id = '', family = '', name_fa = '', name_en = '', aliases = '' } = row;
    const called = aliases.split('|').filter(Boolean);
    const items = marketData.goods[id]?.items.map(({ title }) => title) ?? [];
    return {
      ...{ id, agencyId: agency_id, things: [...items, ...called, name_fa] },
      qualities: words.of[family] ?? words.of.handicraft ?? [],
      finders: wordsOf([name_fa, name_en, ...called]),
    };
  });
}

const seen = new Map<string, readonly string[]>();
/** The words of a piece of a title; pieces come again and again. */
function wordsIn(piece: string): readonly string[] {
  const known = seen.get(piece) ?? wordsOf([piece]);
  if (seen.size < 100_000) seen.set(piece, known);
  return known;
}

/** The many words that only a few makers use: what they call their patterns. */
function patternName(random: Random): string {
  const { syllables } = words;
  const count = random.chance(0.5) ? 2 : 3;
  return Array.from({ length: count }, () => oneOf(random, syllables)).join('');
}

function oneOf<T>(random: Random, items: readonly T[]): T {
  return items[random.int(0, items.length - 1)] as T;
}

/** What a thing is called, piece by piece. */
function titleOf(random: Random, trade: Trade): string[] {
  const pieces = [oneOf(random, trade.things), oneOf(random, trade.qualities)];
  if (random.chance(0.4)) pieces.push(oneOf(random, words.colours));
  if (random.chance(0.3)) pieces.push(oneOf(random, words.sizes));
  if (random.chance(0.3)) pieces.push(`${words.pattern} ${patternName(random)}`);
  return pieces.map(normaliseText);
}

type Seller = { readonly trade: Trade; readonly place: Place; readonly name: string };

/** A maker with a permit and a stall: most sell, some may not today. */
const standing = [
  ['issued', 'open', 92],
  ['suspended', 'open', 2],
  ['revoked', 'open', 2],
  ['expired', 'open', 2],
  ['issued', 'closed', 2],
] as const;

export const stallColumns = `n integer, province_id integer, county_id integer, occupation_id text, agency_id text,
  first_name text, last_name text, name_key text, national_id text, sex text, state text, stall_state text,
  number text, valid_until date, name text`;
export const productColumns = `n integer, stall integer, title text, kind text, unit text, price_rial bigint,
  on_hand integer, lead_days integer, state text, words text[], picture integer, listed_at timestamptz`;

/** The sellers of a catalogue of this size, and the lines of their goods; the same at every call but for the days. */
export function makeGoods(products: number, today: IsoDate) {
  const random = makeRandom('bench/catalogue');
  const sellers: Seller[] = [];
  const stallLine = stallLines(random, sellers, today);
  const productLine = productLines(random, sellers, { products, today });
  return {
    stallLines: () => lines(Math.ceil(products / 5), stallLine),
    productLines: () => lines(products, productLine),
  };
}

type LineOf = (n: number) => unknown[];

/** Sellers one by one; each is added to those whose goods follow. */
function stallLines(random: Random, sellers: Seller[], today: IsoDate): LineOf {
  const [all, where] = [trades(), places()];
  const given = readDemoRows('given-names');
  const family = readDemoRows('family-names');
  return (n) => {
    // Some trades have a hundred times the makers of others.
    const trade = all[Math.floor(all.length * random.next() ** 2.5)] as Trade;
    const place = oneOf(random, where);
    const { fa: first = '', sex = '' } = oneOf(random, given);
    const { fa: last = '' } = oneOf(random, family);
    const [state, stallState] = random.weighted(standing, ([, , weight]) => weight);
    const name = `${oneOf(random, trade.things)} ${last}`;
    sellers.push({ trade, place, name });
    return [
      ...[n, place.provinceId, place.countyId, trade.id, trade.agencyId],
      ...[first, last, nameKey(first, last), nationalIdOf(n), sex, state, stallState],
      ...[numberOf(place.provinceId, n), addDays(today, state === 'issued' ? 300 : -20), name],
    ];
  };
}

function productLines(
  random: Random,
  sellers: readonly Seller[],
  { products, today }: { products: number; today: IsoDate },
): LineOf {
  return (n) => {
    const stall = random.int(0, sellers.length - 1);
    const { trade, name } = sellers[stall] as Seller;
    const pieces = titleOf(random, trade);
    const found = new Set([...pieces.flatMap(wordsIn), ...wordsIn(name), ...trade.finders]);
    // Two years of goods, the newest last, as a table has them that grew.
    const listed = Date.parse(today) - Math.floor(((products - n) / products) * 730 * 86_400_000);
    const state = random.chance(0.05) ? 'hidden' : 'listed';
    return [
      ...[n, stall, pieces.join(' '), random.pick(['ready', 'ready', 'to_order', 'service'])],
      ...[oneOf(random, words.units), random.int(20, 5000) * 10_000, random.int(0, 30)],
      ...[random.int(1, 14), state, `{${[...found].join(',')}}`],
      ...[random.chance(0.8) ? random.int(0, 59) : null, new Date(listed).toISOString()],
    ];
  };
}

const linesAtOnce = 2000;

/** Lines for COPY; a stream is slow with small pieces. */
function* lines(count: number, line: (n: number) => unknown[]): Generator<string> {
  let text = '';
  for (let n = 0; n < count; n += 1) {
    text += `${line(n)
      .map((cell) => cell ?? '\\N')
      .join('\t')}\n`;
    if ((n + 1) % linesAtOnce > 0 && n + 1 < count) continue;
    yield text;
    text = '';
  }
}

/** The national ID of the n-th maker; 899,999 serials fit under a prefix. */
function nationalIdOf(n: number): string {
  return generateNationalId('274', n + 1);
}

/** Numbers as spread over all as drawn ones, and no two alike. */
function numberOf(provinceId: number, n: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE((BigInt(n) * 387_420_489n) % 1_000_000_000n);
  return makePermitNumber(provinceId, () => bytes);
}
