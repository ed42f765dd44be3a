import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compactKey,
  isolateLtr,
  normaliseText,
  parseNumber,
  persianCollator,
  searchKey,
  toAsciiDigits,
  toPersianDigits,
} from './persian-text.ts';

/** Text made of what makes Persian text hard: both keyboards, joiners, marks, digits, spaces. */
const hardText = fc
  .array(
    fc.constantFrom(
      ...'ابپتکگیهوآأإؤئةۀيىكء٠١۰۱۲12aÅİ',
      ...'ـ \u200c\u200d\u200b\u00ad\u00a0\u200f\u202b\u2067\ufeff\n\r\t',
      ...'\u064b\u0654\u0653\u0670ٱڵێۆەھ\ufefb\ufe8e\ufdf2\ufe71ﻱ،٫٬.,/-\u0000',
    ),
  )
  .map((letters) => letters.join(''));
const anyText = fc.oneof(hardText, fc.string({ unit: 'binary' }), fc.string());

describe('digits', () => {
  test('each script to each', () => {
    expect(toAsciiDigits('۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ x')).toBe('0123456789 0123456789 x');
    expect(toPersianDigits('0123456789 ٠١٢٣٤٥٦٧٨٩ x')).toBe('۰۱۲۳۴۵۶۷۸۹ ۰۱۲۳۴۵۶۷۸۹ x');
  });

  test('there and back', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9a-z ]*$/), (text) => {
        expect(toAsciiDigits(toPersianDigits(text))).toBe(text);
      }),
    );
  });
});

describe('normaliseText', () => {
  test('Arabic letters and digits become Persian; alefs, hamzas and ASCII digits stay', () => {
    expect(normaliseText('كيى ٤٥٦ 456 آأإ مؤمن رئیس')).toBe('کیی ۴۵۶ 456 آأإ مؤمن رئیس');
    expect(normaliseText('فاطمة')).toBe('فاطمه');
  });

  test('a quick look at plain text sees what a long one does', () => {
    const plain = fc.string({
      unit: fc.constantFrom(...'ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیآأؤئء۰۵۹،aZ09/-( '),
    });
    fc.assert(
      fc.property(plain, (text) => {
        // A mark that is dropped keeps it from being taken for stored text.
        expect(normaliseText(text)).toBe(normaliseText(`${text}\u200e`));
      }),
    );
  });

  test('presentation forms become letters and composed letters are one', () => {
    expect(normaliseText('ﺳﻼﻡ')).toBe('سلام');
    expect(normaliseText('ا\u0653ب')).toBe('آب');
  });

  test('spaces, joiners, tatweel, direction marks and controls', () => {
    expect(normaliseText('  شـاهین\u200c\u200cدژ \u200c\u200f ')).toBe('شاهین\u200cدژ');
    expect(normaliseText('می\u200c شود')).toBe('می شود');
    expect(normaliseText('می\u00adشود')).toBe('می\u200cشود');
    expect(normaliseText('a\u00a0\t b\u0000c')).toBe('a b c');
    expect(normaliseText('یک \r\n دو')).toBe('یک\nدو');
  });

  test('is idempotent, and never leaves what PostgreSQL or UTF-8 cannot hold', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
        expect(once.isWellFormed() && !once.includes('\u0000')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('keys for finding', () => {
  test('one place, many spellings', () => {
    const spellings = ['آذربایجانغربی', 'آذربایجان غربی', 'آذربایجان\u200cغربی', 'اذربايجان  غربي'];
    expect(new Set(spellings.map(compactKey)).size).toBe(1);
    expect(searchKey('آذربایجان غربی')).toBe(searchKey('آذربايجان\u200cغربی'));
    expect(searchKey('آذربایجانغربی')).not.toBe(searchKey('آذربایجان غربی'));
    expect(compactKey('شاهین\u200cدژ')).toBe(compactKey('شاهیندژ'));
  });

  test.each([
    ['مؤمنی', 'مومنی'],
    ['رئیسی', 'رییسی'],
    ['خانهٔ ما', 'خانه ما'],
    ['خانۀ ما', 'خانه ما'],
    ['مُحَمَّد', 'محمد'],
    ['علاءالدین', 'علاالدین'],
    ['أحمد', 'احمد'],
    ['ورمێ', 'ورمی'],
    ['بۆکان', 'بوکان'],
    ['شعبه ۱۲', 'شعبه 12'],
    ['Bank MELLAT', 'bank mellat'],
    ['Ｂａｎｋ', 'bank'],
  ])('%s is found as %s', (left, right) => {
    expect(searchKey(left)).toBe(searchKey(right));
  });

  test('different names stay different', () => {
    expect(compactKey('ملی')).not.toBe(compactKey('ملت'));
    expect(compactKey('خوی')).not.toBe(compactKey('جوی'));
  });

  test('both keys are idempotent and blind to normaliseText', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(searchKey(searchKey(text))).toBe(searchKey(text));
        expect(compactKey(compactKey(text))).toBe(compactKey(text));
        expect(searchKey(normaliseText(text))).toBe(searchKey(text));
        expect(compactKey(searchKey(text))).toBe(compactKey(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('every single character of Unicode has a stable key', () => {
    const unstable: string[] = [];
    for (let code = 0; code <= 0x1ffff; code += 1) {
      const key = searchKey(String.fromCodePoint(code));
      if (searchKey(key) !== key) unstable.push(code.toString(16));
    }
    expect(unstable).toEqual([]);
  });
});

test('what is isolated cannot escape', () => {
  expect(isolateLtr('IR53')).toBe('\u2066IR53\u2069');
  expect(isolateLtr('a\u2069\u202eb')).toBe('\u2066ab\u2069');
});

test('sorts by the Persian alphabet and numbers by value', () => {
  const sorted = [
    'آب',
    'ابر',
    'بابا',
    'پدر',
    'جوان',
    'چای',
    'زر',
    'ژاله',
    'کار',
    'گل',
    'ورد',
    'هما',
  ];
  expect([...sorted].reverse().sort(persianCollator.compare)).toEqual(sorted);
  expect(['شعبه ۱۰', 'شعبه ۹'].sort(persianCollator.compare)).toEqual(['شعبه ۹', 'شعبه ۱۰']);
});

describe('parseNumber', () => {
  test.each([
    ['۱۲۳', '123'],
    ['٤٥٦', '456'],
    ['۱٬۲۰۳', '1203'],
    ['1,234,567', '1234567'],
    ['۱،۲۳۴', '1234'],
    ['۱٫۵', '1.5'],
    ['۱.۵', '1.5'],
    ['1/5', '1.5'],
    ['920/134', '920.134'],
    ['۱٬۲۳۴٫۵۰', '1234.5'],
    ['-۵', '-5'],
    ['\u200e\u2212۱۲', '-12'],
    ['+7', '7'],
    ['007', '7'],
    ['-0.00', '0'],
    [' 42 ', '42'],
    ['99999999999999999999.01', '99999999999999999999.01'],
  ])('%s is %s', (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  test.each([
    '',
    '-',
    '12,34',
    '1,234,5',
    '1,234٬567',
    '1.234.567',
    '.5',
    '5.',
    '1e3',
    '0x10',
    '۲ هزار',
    '12 34',
    '--1',
    '9'.repeat(65),
  ])('"%s" is no plain numeral', (text) => {
    expect(parseNumber(text)).toBeUndefined();
  });

  test('reads any integer back from any digits, grouped or not, and is idempotent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), (value) => {
        const plain = value.toString();
        expect(parseNumber(plain)).toBe(plain);
        expect(parseNumber(toPersianDigits(plain))).toBe(plain);
        for (const locale of ['en', 'fa', 'ar-EG']) {
          expect(parseNumber(new Intl.NumberFormat(locale).format(value))).toBe(plain);
        }
      }),
    );
    fc.assert(
      fc.property(fc.stringMatching(/^[-0-9,.]{0,12}$/), (text) => {
        const value = parseNumber(text);
        if (value !== undefined) expect(parseNumber(value)).toBe(value);
      }),
    );
  });
});
