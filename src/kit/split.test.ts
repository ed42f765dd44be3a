import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitByWeight } from './split.ts';

const sum = (parts: readonly bigint[]) => parts.reduce((total, part) => total + part, 0n);

describe('a whole split by weights', () => {
  test.for([
    [10n, [1n, 1n, 1n], [4n, 3n, 3n]],
    [100n, [1n, 2n, 3n], [17n, 33n, 50n]],
    [7n, [0n, 5n], [0n, 7n]],
    [0n, [0n, 0n], [0n, 0n]],
    [1n, [3n, 3n, 4n], [0n, 0n, 1n]],
  ] as const)('%s by %s', ([whole, weights, parts]) => {
    expect(splitByWeight(whole, weights)).toEqual(parts);
  });

  test('sums to the whole, and no part is a unit away from its exact share', () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), weights, (whole, given) => {
        fc.pre(sum(given) > 0n);
        const parts = splitByWeight(whole, given);
        expect(sum(parts)).toBe(whole);
        const total = sum(given);
        parts.forEach((part, at) => {
          const off = part * total - whole * (given[at] ?? 0n);
          expect(off < total && off > -total).toBe(true);
        });
      }),
    );
  });

  test('refuses what cannot be split', () => {
    expect(() => splitByWeight(1n, [])).toThrow(RangeError);
    expect(() => splitByWeight(1n, [0n])).toThrow(RangeError);
    expect(() => splitByWeight(-1n, [1n])).toThrow(RangeError);
    expect(() => splitByWeight(1n, [2n, -1n])).toThrow(RangeError);
  });
});
