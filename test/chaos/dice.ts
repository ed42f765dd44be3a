import { makeRandom, type Random } from '../../demo/random.ts';

/**
 * Chance that can be had again, and the seed by which: the one that KARKHANEH_SEED names, else a new one. It says who
 * dies, how long after, and what the world outside is like; how far each process has come by then is the machine's.
 */
export function throwDice(): { readonly seed: string; readonly dice: Random } {
  const seed = process.env.KARKHANEH_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
  return { seed, dice: makeRandom(seed) };
}
