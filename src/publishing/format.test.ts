import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseNumber } from '../kit/persian-text.ts';
import { formatsOf } from './format.ts';

const fa = formatsOf('fa');
const en = formatsOf('en');

describe('amounts', () => {
  test('are rounded in the headline and exact to the rial in tables', () => {
    expect(en.roundToman('409050000000')).toEqual({ number: '40.91', unit: 'milliard' });
    expect(fa.roundToman('409050000000')).toEqual({ number: '۴۰٫۹۱', unit: 'milliard' });
    expect(en.roundToman('25000000')).toEqual({ number: '2.5', unit: 'million' });
    expect(en.roundToman('0')).toEqual({ number: '0', unit: 'million' });
    expect(fa.millionToman('260000000000')).toBe('۲۶٬۰۰۰');
    expect(en.millionToman('10000001')).toBe('1.0000001');
  });

  test('in a table can be read back, rial by rial', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), (rials) => {
        const [whole = '0', rest = ''] = (parseNumber(en.millionToman(`${rials}`)) ?? '').split(
          '.',
        );
        expect(BigInt(whole) * 10_000_000n + BigInt(rest.padEnd(7, '0'))).toBe(rials);
      }),
    );
  });
});

test('digits and days are the language’s own', () => {
  expect(fa.digits('0412')).toBe('۰۴۱۲');
  expect(en.digits('0412')).toBe('0412');
  expect(fa.day('2021-03-21')).toBe('۱ فروردین ۱۴۰۰');
  expect(en.day('2021-03-21', 'short')).toBe('1400-01-01');
});
