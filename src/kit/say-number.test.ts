import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalText } from './decimal.ts';
import { numberCores, numberWords, readNumber } from './persian-numbers.ts';
import { tokenise } from './persian-tokens.ts';
import { sayNumber } from './say-number.ts';

test.each([
  [0n, 'صفر', '0'],
  [7n, 'هفت', '7'],
  [853n, '۸۵۳', '853'],
  [1203n, 'هزار و ۲۰۳', '1,203'],
  [2240n, '۲ هزار و ۲۴۰', '2,240'],
  [5_000_000_000n, 'پنج میلیارد', '5 billion'],
  [26_000_000_000n, '۲۶ میلیارد', '26 billion'],
  [2_500_000_000n, 'دو میلیارد و ۵۰۰ میلیون', '2.5 billion'],
])('%d is said as newspapers say it', (value, fa, en) => {
  expect(sayNumber(value, 'fa')).toBe(fa);
  expect(sayNumber(value, 'en')).toBe(en);
});

test('what is said is read back as the same number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 900_000_000_000n }), (value) => {
      const read = readNumber(tokenise(sayNumber(value, 'fa'), numberWords, numberCores), 0);
      expect(read && decimalText(read.value)).toBe(value.toString());
    }),
  );
});
