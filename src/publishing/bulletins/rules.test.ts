import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Cell,
  fewest,
  protect,
  readBulletinNumber,
  sayNear,
  sayOver,
  sumOf,
  told,
} from './rules.ts';

const milliard = 10n ** 10n;

test.each([
  [26n * milliard, 'exact', 26n * milliard],
  [5n * milliard, 'exact', 5n * milliard],
  [29_470_000_000n, 'about', 3n * milliard],
  [69_580_000_000n, 'about', 7n * milliard],
  [29_900_000_000n, 'nearly', 3n * milliard],
  [25_000_000_000n, 'exact', 25_000_000_000n],
] as const)('%d rial is said %s as %d', (value, hedge, shown) => {
  expect(sayNear(value)).toEqual({ hedge, value: shown });
});

test.each([
  [409_050_000_000n, true, 'over', 40n * milliard],
  [2240n, false, 'over', 2200n],
  [2200n, false, 'exact', 2200n],
  [853n, false, 'over', 850n],
  [7n, false, 'exact', 7n],
] as const)('the headline says %d (money: %s) as %s %d', (value, money, hedge, shown) => {
  expect(sayOver(value, money)).toEqual({ hedge, value: shown });
});

test('what is said is never further off than the rule says', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 14n }), fc.boolean(), (value, money) => {
      const near = sayNear(value);
      const off = near.value > value ? near.value - value : value - near.value;
      expect(off * 50n <= value).toBe(true);
      if (near.hedge === 'nearly') expect(near.value > value).toBe(true);
      const over = sayOver(value, money);
      expect(over.value <= value && (value - over.value) * 20n <= value).toBe(true);
      expect(over.hedge === 'exact').toBe(over.value === value);
    }),
  );
});

const cell: fc.Arbitrary<Cell> = fc.record({
  agency: fc.constantFrom('A', 'B', 'C'),
  county: fc.integer({ min: 401, max: 420 }).map((id) => `0${id}`),
  values: fc.record({
    permits_issued: fc.bigInt({ min: 0n, max: 30n }),
    plans_referred: fc.bigInt({ min: 0n, max: 20n }),
    plans_funded: fc.bigInt({ min: 0n, max: 12n }),
    rial_paid: fc.bigInt({ min: 0n, max: 10n ** 11n }),
    jobs_registered: fc.bigInt({ min: 0n, max: 40n }),
  }),
});

test('no small cell is left beside others, and every column still adds up', () => {
  const cells = fc.uniqueArray(cell, { selector: (one) => `${one.agency}${one.county}` });
  fc.assert(
    fc.property(cells, (given) => {
      const shown = protect(given);
      expect(sumOf(shown)).toEqual(sumOf(given));
      for (const agency of new Set(given.map((one) => one.agency))) {
        const rows = shown.filter((one) => one.agency === agency);
        expect(sumOf(rows)).toEqual(sumOf(given.filter((one) => one.agency === agency)));
        // A small sum is left only where it is all that the agency has.
        if (rows.length === 1) continue;
        for (const { values } of rows) {
          for (const name of told.filter((one) => one !== 'rial_paid')) {
            expect(values[name] === 0n || values[name] >= fewest).toBe(true);
          }
        }
      }
    }),
  );
});

test('a number is read back, and nothing else is one', () => {
  expect(readBulletinNumber('04-1401-12')).toEqual({ provinceId: 4, year: 1401, serial: 12 });
  for (const text of ['4-1401-1', '04-1401-0', '04-1401', '04-1401-1x', '']) {
    expect(readBulletinNumber(text)).toBeUndefined();
  }
});
