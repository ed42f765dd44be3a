import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText, multiply, parseRational, rational, wholeOf } from './rational.ts';

const some = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 12n });

test.each([
  ['3.50', 7n, 2n],
  ['0.914', 457n, 500n],
  ['-1.2', -6n, 5n],
  ['12', 12n, 1n],
])('%s is an exact fraction', (text, numerator, denominator) => {
  expect(parseRational(text)).toEqual({ numerator, denominator });
});

test.each(['', '.5', '1/3', '1e3', '۳', '1.', ' 1'])('«%s» is no decimal', (text) => {
  expect(parseRational(text)).toBeUndefined();
});

test('what is multiplied by a fraction and by its inverse is what it was', () => {
  fc.assert(
    fc.property(some, positive, positive, (a, b, c) => {
      const there = multiply(rational(a), rational(b, c));
      expect(wholeOf(multiply(there, rational(c, b)))).toBe(a);
    }),
  );
});

test('a fraction is whole exactly where nothing remains', () => {
  fc.assert(
    fc.property(some, positive, (a, b) => {
      expect(wholeOf(rational(a, b))).toBe(a % b === 0n ? a / b : undefined);
    }),
  );
});

test.each([
  [rational(7n, 2n), '3.5'],
  [rational(2n, 3n), '0.667'],
  [rational(-1n, 8n), '-0.125'],
  [rational(-1n, 9999n), '0'],
  [rational(5n), '5'],
])('reads as a decimal', (value, text) => {
  expect(decimalText(value)).toBe(text);
});

test('no fraction has the denominator zero', () => {
  expect(() => rational(1n, 0n)).toThrow(RangeError);
});
