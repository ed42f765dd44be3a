import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNumber } from './persian-text.ts';
import {
  addRial,
  basisPoints,
  formatRial,
  formatToman,
  RIAL_PER_TOMAN,
  rial,
  rialFromToman,
  roundDiv,
  sumRial,
  tomanParts,
} from './rial.ts';

const LIMIT = 2n ** 63n;
const anyRial = fc.bigInt({ min: -LIMIT, max: LIMIT - 1n }).map(rial);
const modest = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });

describe('rial', () => {
  test('from bigints, safe integers and strings of whole rials', () => {
    expect(rial(5n)).toBe(5n);
    expect(rial(-7)).toBe(-7n);
    expect(rial('469000000')).toBe(469_000_000n);
  });

  test.each([1.5, Number.NaN, 2 ** 53, '', ' 1', '1.0', '۱', '0x10', '1e3', '1_000', LIMIT])(
    'refuses %s',
    (amount) => {
      expect(() => rial(amount)).toThrow(RangeError);
    },
  );

  test('survives JSON and the edges of the column', () => {
    fc.assert(
      fc.property(anyRial, (amount) => {
        expect(rial(JSON.parse(JSON.stringify(amount.toString())))).toBe(amount);
      }),
    );
    expect(rial(-LIMIT)).toBe(-LIMIT);
    expect(() => rial(-LIMIT - 1n)).toThrow(RangeError);
  });
});

describe('toman', () => {
  test('one toman is ten rial', () => {
    expect(RIAL_PER_TOMAN).toBe(10n);
    expect(rialFromToman(46_900_000n)).toBe(469_000_000n);
    expect(rialFromToman('46900000')).toBe(469_000_000n);
    expect(rialFromToman('-1.5')).toBe(-15n);
    expect(rialFromToman('0.30')).toBe(3n);
  });

  test.each(['1.55', '920.134', '', '-', '1,000', '.5'])('refuses %s', (text) => {
    expect(() => rialFromToman(text)).toThrow(RangeError);
  });

  test('parts put together are the amount, and share its sign', () => {
    fc.assert(
      fc.property(anyRial, (amount) => {
        const { toman, rial: rest } = tomanParts(amount);
        expect(toman * RIAL_PER_TOMAN + rest).toBe(amount);
        expect(rest > -10n && rest < 10n && toman * rest >= 0n).toBe(true);
      }),
    );
  });
});

describe('sums and rates', () => {
  test('sums', () => {
    expect(addRial()).toBe(0n);
    expect(addRial(rial(1), rial(2), rial(-4))).toBe(-1n);
    expect(sumRial(new Set([rial(1), rial(2)]))).toBe(3n);
    expect(() => addRial(rial(LIMIT - 1n), rial(1))).toThrow(RangeError);
  });

  test.each([
    [5n, 2n, 3n],
    [-5n, 2n, -3n],
    [5n, -2n, -3n],
    [-5n, -2n, 3n],
    [4n, 3n, 1n],
    [-4n, 3n, -1n],
    [0n, -3n, 0n],
    [7n, 1n, 7n],
  ])('%i / %i rounds to %i', (a, b, rounded) => {
    expect(roundDiv(a, b)).toBe(rounded);
  });

  test('rounding is within half and symmetric; nothing divides by zero', () => {
    fc.assert(
      fc.property(
        modest,
        modest.filter((b) => b !== 0n),
        (a, b) => {
          const error = 2n * (a - roundDiv(a, b) * b);
          expect(error * error <= b * b).toBe(true);
          expect(roundDiv(-a, b)).toBe(-roundDiv(a, b));
        },
      ),
    );
    expect(() => roundDiv(1n, 0n)).toThrow(RangeError);
  });

  test('basis points', () => {
    expect(basisPoints(rial(1_000_000), 400)).toBe(40_000n);
    expect(basisPoints(rial(1), 5000)).toBe(1n);
    expect(basisPoints(rial(-1), 5000n)).toBe(-1n);
    expect(() => basisPoints(rial(1), 0.5)).toThrow(RangeError);
  });
});

describe('formats', () => {
  test('groups by three in both languages, to the rial', () => {
    expect(formatToman(rial(469_000_000), 'fa')).toBe('۴۶٬۹۰۰٬۰۰۰');
    expect(formatToman(rial(469_000_005), 'en')).toBe('46,900,000.5');
    expect(formatToman(rial(-5), 'fa')).toBe('\u200e\u2212۰٫۵');
    expect(formatToman(rial(-5), 'en')).toBe('-0.5');
    expect(formatRial(rial(0), 'fa')).toBe('۰');
  });

  test('is what Intl gives, and reads back', () => {
    fc.assert(
      fc.property(anyRial, fc.constantFrom('fa' as const, 'en' as const), (amount, locale) => {
        expect(formatRial(amount, locale)).toBe(new Intl.NumberFormat(locale).format(amount));
        expect(parseNumber(formatRial(amount, locale))).toBe(amount.toString());
        expect(rialFromToman(parseNumber(formatToman(amount, locale)) ?? '')).toBe(amount);
      }),
    );
  });
});
