import { compare, plus, whole } from '../../../kit/decimal.ts';
import type { Fact } from '../facts.ts';

/** Between what a number may lie, given how it is hedged and how round it is written. */
export type Bounds = { readonly low: number; readonly high: number };

/** What «حدود» and «نزدیک به» leave room for, as a share. */
const aboutShare = 0.05;
const nearlyShare = 0.1;
/** How much more «بیش از» may mean before it says nothing; as much less for «کمتر از». */
const overShare = 0.25;

/** One in the last place that is written: a milliard after «۲۶ میلیارد», a tenth of it after «۲۶.۵ میلیارد». */
function lastPlace({ mention, unit }: Fact): number {
  const places = mention.value.places;
  const inRial = unit === 'toman' ? 10 : 1;
  return 10 ** (mention.scale > 0 && places === 0 ? lastScale(mention) : -places) * inRial;
}

/** The written scale, or less where the digits before it had a point. */
function lastScale({ value, scale }: Fact['mention']): number {
  const zeros = value.digits === 0n ? scale : trailingZeros(value.digits);
  return Math.min(scale, zeros);
}

function trailingZeros(digits: bigint): number {
  return /0*$/.exec(digits.toString())?.[0].length ?? 0;
}

/** The bounds of a claim. Counts without a hedge and without a scale are meant to the last one. */
export function boundsOf(fact: Fact): Bounds {
  const { size, hedge } = fact;
  const half = roundingOf(fact);
  const about = Math.max(half, size * aboutShare);
  switch (hedge) {
    case 'about':
      return { low: size - about, high: size + about };
    case 'nearly':
      return { low: size - Math.max(half, size * nearlyShare), high: size + half };
    case 'over':
    case 'at_least':
      return { low: size, high: size * (1 + overShare) + 2 * half };
    case 'under':
    case 'up_to':
      return { low: size * (1 - overShare), high: size };
    default:
      return { low: size - half, high: size + half };
  }
}

/** Half of what a round number may have been rounded by. */
function roundingOf(fact: Fact): number {
  const step = lastPlace(fact);
  return fact.class === 'money' || fact.mention.scale > 0 ? step / 2 : 0;
}

/** How a whole and the sum of its parts agree. */
export type Agreement = 'equal' | 'hedged' | 'rounded' | 'apart';

/** Compares a whole with its parts: to the last digit, or as far as hedges and rounding allow. */
export function agreement(total: Fact, parts: readonly Fact[]): Agreement {
  const sum = parts.reduce((so, { value }) => plus(so, value), whole(0));
  const all = [total, ...parts];
  const plain = all.every(({ hedge }) => hedge === 'exact');
  if (compare(sum, total.value) === 0) return plain ? 'equal' : 'hedged';
  const low = parts.reduce((so, part) => so + boundsOf(part).low, 0);
  const high = parts.reduce((so, part) => so + boundsOf(part).high, 0);
  const room = boundsOf(total);
  if (high < room.low || low > room.high) return 'apart';
  return plain ? 'rounded' : 'hedged';
}

/** The sum of parts as a number, for notes and rough comparisons. */
export function sumSize(parts: readonly Fact[]): number {
  return parts.reduce((sum, { size }) => sum + size, 0);
}

/** The longest run of neighbours that is looked at as the parts of a whole. */
const longestRun = 15;

/**
 * Neighbours among `row` that add up to a whole to the last digit, none of them hedged; the longest run first.
 * By running sums, so that a long list costs no more than its pairs.
 */
export function exactRun(total: Fact, row: readonly Fact[]): readonly Fact[] | undefined {
  if (total.hedge !== 'exact') return undefined;
  const places = Math.max(total.value.places, ...row.map(({ value }) => value.places));
  const scaled = ({ value }: Fact) => value.digits * 10n ** BigInt(places - value.places);
  const sums = [0n];
  for (const fact of row) sums.push((sums.at(-1) ?? 0n) + scaled(fact));
  const wanted = scaled(total);
  for (let length = Math.min(row.length, longestRun); length > 1; length -= 1) {
    for (let at = 0; at + length <= row.length; at += 1) {
      if ((sums[at + length] ?? 0n) - (sums[at] ?? 0n) !== wanted) continue;
      const parts = row.slice(at, at + length);
      if (parts.every(({ hedge }) => hedge === 'exact')) return parts;
    }
  }
  return undefined;
}
