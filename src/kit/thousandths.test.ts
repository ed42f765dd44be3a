import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatThousandths, parseThousandths } from './thousandths.ts';

test.for([
  [2500, '2.5', '۲٫۵'],
  [1000, '1', '۱'],
  [1, '0.001', '۰٫۰۰۱'],
  [1_234_567_080, '1,234,567.08', '۱٬۲۳۴٬۵۶۷٫۰۸'],
] as const)('%s thousandths are %s', ([quantity, en, fa]) => {
  expect(formatThousandths(quantity, 'en')).toBe(en);
  expect(formatThousandths(quantity, 'fa')).toBe(fa);
});

test('what is shown is read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999_999 }), (quantity) => {
      expect(parseThousandths(formatThousandths(quantity, 'en'))).toBe(quantity);
      expect(parseThousandths(formatThousandths(quantity, 'fa'))).toBe(quantity);
    }),
  );
});

test.for(['', '0', '-1', 'x', '1.2345', '12345678'])('%j is no quantity', (text) => {
  expect(parseThousandths(text)).toBeUndefined();
});
