import type { RandomBytes } from '../src/kit/random.ts';

/** A repeatable stream of choices: the same seed and the same questions give the same answers. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each equally likely; RangeError when there are none. */
  pick<T>(items: readonly T[]): T;
  /** One of the items, by weight; RangeError when no weight is above zero. */
  weighted<T>(items: readonly T[], weightOf: (item: T) => number): T;
  /** A new array in another order (Fisher–Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /** Bytes for makers of ids that take a source of randomness. */
  readonly bytes: RandomBytes;
  /** A stream of its own under a name, so that more questions to one change nothing in another. */
  fork(name: string): Random;
}

/**
 * Chris Doty-Humphrey's small fast counting generator, sfc32 (public domain, PractRand 0.93;
 * https://pracrand.sourceforge.net/RNG_engines.txt): 128 bits of state, a 32-bit result.
 */
function sfc32(seed: readonly [number, number, number]): () => number {
  let [a, b, c] = seed;
  let counter = 1;
  const draw = () => {
    const result = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
  for (let i = 0; i < 15; i += 1) draw();
  return draw;
}

/**
 * The 32-bit FNV-1a hash of a text (http://www.isthe.com/chongo/tech/comp/fnv/): turns the name of a
 * stream into a seed.
 */
function fnv1a(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash | 0;
}

function pickWeighted<T>(next: () => number, items: readonly T[], weightOf: (item: T) => number) {
  let total = 0;
  for (const item of items) total += weightOf(item);
  if (!(total > 0)) throw new RangeError('nothing to choose from');
  let left = next() * total;
  let last: T | undefined;
  for (const item of items) {
    const weight = weightOf(item);
    if (weight <= 0) continue;
    last = item;
    left -= weight;
    if (left < 0) break;
  }
  return last as T;
}

/** A stream of choices from a text seed. */
export function makeRandom(seed: string): Random {
  const draw = sfc32([
    fnv1a(seed, 0x811c9dc5),
    fnv1a(seed, 0x01234567),
    fnv1a(`${seed}.`, 0x811c9dc5),
  ]);
  const next = () => draw() / 2 ** 32;
  const int = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const shuffle = <T>(items: readonly T[]): T[] => {
    const copy = [...items];
    for (let i = copy.length - 1; i > 0; i -= 1) {
      const j = int(0, i);
      [copy[i], copy[j]] = [copy[j] as T, copy[i] as T];
    }
    return copy;
  };
  return {
    next,
    int,
    shuffle,
    chance: (probability) => next() < probability,
    pick: (items) => pickWeighted(next, items, () => 1),
    weighted: (items, weightOf) => pickWeighted(next, items, weightOf),
    bytes: (length) => Uint8Array.from({ length }, () => draw() & 0xff),
    fork: (name) => makeRandom(`${seed}/${name}`),
  };
}
