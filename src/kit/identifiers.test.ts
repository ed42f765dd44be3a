import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  checkForeignCode,
  checkLegalId,
  checkNationalId,
  checkPermitNumber,
  checkPostalCode,
  checkSheba,
  generateNationalId,
  makePermitNumber,
  normaliseMobile,
} from './identifiers.ts';
import { toPersianDigits } from './persian-text.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
/** Other ways of typing the same number. */
const typings = (value: string) => [
  toPersianDigits(value),
  ` ${value.slice(0, 3)}-${value.slice(3, 7)} ${value.slice(7)}\u200f`,
];

describe('national ID', () => {
  const anyId = fc
    .tuple(digits(3), fc.integer({ min: 1, max: 999_999 }))
    .filter(([prefix, serial]) => !/^(\d)\1{8}$/.test(prefix + String(serial).padStart(6, '0')))
    .map(([prefix, serial]) => generateNationalId(prefix, serial));

  test.each(['2740001231', '2751234569', '2861112220', '2907654322'])('%s is valid', (value) => {
    expect(checkNationalId(value)).toEqual({ ok: true, value });
    for (const typed of typings(value)) expect(checkNationalId(typed)).toEqual({ ok: true, value });
  });

  test('zeros lost from the left are put back', () => {
    const value = generateNationalId('001', 234_567);
    expect(checkNationalId(value.slice(2))).toEqual({ ok: true, value });
    expect(checkNationalId(value.slice(1))).toEqual({ ok: true, value });
  });

  test.each([
    ['', 'characters'],
    ['274000123x', 'characters'],
    ['2740001', 'length'],
    ['27400012311', 'length'],
    ['1111111111', 'repeated'],
    ['0000000000', 'repeated'],
    ['2740000007', 'serial'],
    ['2740001232', 'check_digit'],
  ])('"%s" is refused for its %s', (text, reason) => {
    expect(checkNationalId(text)).toEqual({ ok: false, reason });
  });

  test('every generated ID is valid, and no other check digit is', () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 1, max: 9 }), (value, shift) => {
        expect(checkNationalId(value)).toEqual({ ok: true, value });
        const other = value.slice(0, 9) + ((Number(value.charAt(9)) + shift) % 10);
        expect(checkNationalId(other).ok).toBe(false);
      }),
    );
  });

  test('generation refuses what no office issues', () => {
    const bad: [string, number][] = [
      ['27', 1],
      ['274', 0],
      ['274', 1_000_000],
      ['274', 1.5],
      ['111', 111_111],
    ];
    for (const [prefix, serial] of bad) {
      expect(() => generateNationalId(prefix, serial)).toThrow(RangeError);
    }
  });
});

test('a foreign code is kept as typed and marked', () => {
  expect(checkForeignCode('۱۲۳-۴۵۶۷۸۹۰۱۲')).toEqual({
    ok: true,
    kind: 'foreign',
    value: '123456789012',
  });
  expect(checkForeignCode('00123456')).toMatchObject({ value: '00123456' });
  expect(checkForeignCode('1234567')).toEqual({ ok: false, reason: 'length' });
  expect(checkForeignCode('123456789012345')).toEqual({ ok: false, reason: 'length' });
  expect(checkForeignCode('A12345678')).toEqual({ ok: false, reason: 'characters' });
});

describe('legal ID', () => {
  test.each(['10380284790', '14001234562'])('%s is valid', (value) => {
    expect(checkLegalId(value)).toEqual({ ok: true, value });
    for (const typed of typings(value)) expect(checkLegalId(typed)).toEqual({ ok: true, value });
  });

  test.each([
    ['1038028479', 'length'],
    ['1038028479x', 'characters'],
    ['11111111111', 'repeated'],
    ['10380284791', 'check_digit'],
  ])('%s is refused for its %s', (text, reason) => {
    expect(checkLegalId(text)).toEqual({ ok: false, reason });
  });

  test('ten digits have exactly one check digit', () => {
    fc.assert(
      fc.property(
        digits(10).filter((first) => !/^(\d)\1*$/.test(first)),
        (first) => {
          const valid = [...'0123456789'].filter((last) => checkLegalId(first + last).ok);
          expect(valid).toHaveLength(1);
        },
      ),
    );
  });
});

describe('sheba', () => {
  test.each([
    ['IR530220000000000123456789', '022'],
    ['IR400700000000000123456789', '070'],
  ])('%s is valid, of bank %s', (value, bankCode) => {
    const result = { ok: true, value, bankCode };
    const digitsOnly = value.slice(2);
    for (const typed of [value, value.toLowerCase(), digitsOnly, ...typings(value)]) {
      expect(checkSheba(typed)).toEqual(result);
    }
  });

  test.each([
    ['IR53022000000000012345678', 'length'],
    ['DE530220000000000123456789', 'characters'],
    ['IR', 'characters'],
    ['IR540220000000000123456789', 'check_digit'],
  ])('%s is refused for its %s', (text, reason) => {
    expect(checkSheba(text)).toEqual({ ok: false, reason });
  });

  test('an account has exactly one pair of check digits', () => {
    const pairs = Array.from({ length: 100 }, (_, n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(digits(22), (account) => {
        expect(pairs.filter((pair) => checkSheba(`IR${pair}${account}`).ok)).toHaveLength(1);
      }),
    );
  });
});

test('a mobile number has one form', () => {
  const same = ['09141234567', '9141234567', '+989141234567', '00989141234567', '989141234567'];
  for (const text of [...same, '۰۹۱۴ ۱۲۳ ۴۵۶۷', '(0914) 123-4567', '+98 914 123 4567']) {
    expect(normaliseMobile(text)).toBe('09141234567');
  }
  for (const text of [
    '',
    '0914123456',
    '091412345678',
    '08141234567',
    '+19141234567',
    '0914abc4567',
  ]) {
    expect(normaliseMobile(text)).toBeUndefined();
  }
});

test('a postal code is at most wondered at', () => {
  expect(checkPostalCode('۵۷۱۳۴-۱۶۷۸۹')).toEqual({ value: '5713416789', warnings: [] });
  expect(checkPostalCode('5710016789').warnings).toEqual(['pattern']);
  expect(checkPostalCode('5713516789').warnings).toEqual(['pattern']);
  expect(checkPostalCode('5713406789').warnings).toEqual(['pattern']);
  expect(checkPostalCode('5713410000').warnings).toEqual(['pattern']);
  expect(checkPostalCode('5555555555').warnings).toEqual(['repeated']);
  expect(checkPostalCode('571341678').warnings).toEqual(['length']);
  expect(checkPostalCode('none')).toEqual({ value: 'none', warnings: ['characters'] });
});

describe('permit number', () => {
  const province = fc.integer({ min: 0, max: 99 });
  const source = fc.uint8Array({ minLength: 8, maxLength: 8 });

  test('province, nine digits and the check digit of Damm', () => {
    // 572 → 4 is the example in every account of the algorithm; zeros in front change nothing.
    const number = makePermitNumber(0, () => Uint8Array.from([0, 0, 0, 0, 0, 0, 2, 60]));
    expect(number).toBe('000000005724');
    expect(checkPermitNumber(number)).toEqual({ ok: true, value: number, provinceId: 0 });
    expect(makePermitNumber(4)).toMatch(/^04\d{10}$/);
    for (const bad of [-1, 100, 0.5]) expect(() => makePermitNumber(bad)).toThrow(RangeError);
  });

  test('every one made is right, every wrong digit and every swap is noticed', () => {
    fc.assert(
      fc.property(province, source, (provinceId, bytes) => {
        const value = makePermitNumber(provinceId, () => bytes);
        for (const typed of [value, ...typings(value)]) {
          expect(checkPermitNumber(typed)).toEqual({ ok: true, value, provinceId });
        }
        for (const wrong of slips(value)) {
          expect(checkPermitNumber(wrong)).toEqual({ ok: false, reason: 'check_digit' });
        }
      }),
    );
  });

  test('numbers of another shape', () => {
    expect(checkPermitNumber('1234')).toEqual({ ok: false, reason: 'length' });
    expect(checkPermitNumber('04/123')).toEqual({ ok: false, reason: 'characters' });
  });
});

/** Every number one wrong digit or one swap of neighbours away. */
function slips(value: string): string[] {
  const wrong = [...value].flatMap((digit, i) =>
    [...'0123456789']
      .filter((other) => other !== digit)
      .map((other) => value.slice(0, i) + other + value.slice(i + 1)),
  );
  const swapped = [...value].map(
    (_, i) => value.slice(0, i) + value.charAt(i + 1) + value.charAt(i) + value.slice(i + 2),
  );
  return [...wrong, ...swapped.filter((one) => one !== value && one.length === value.length)];
}
