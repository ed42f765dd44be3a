import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { freeNumber, questionCode, readAnswer } from './answer-rules.ts';
import fa from './fa.ts';

const asked = { provinceId: 4, number: 47 };
const came = { ...asked, answer: 'came' };
const other = (amountRial: bigint) => ({ ...asked, answer: 'other_sum', amountRial });

test.each([
  ['1 0447', came],
  ['۱ ۰۴۴۷', came],
  ['١ ٠٤٤٧', came],
  ['۱٠4۴7', came],
  [' «۱\u200c،\u200f۰۴۴۷». ', came],
  ['1\r\n0447\u0000', came],
  ['2-0447', { ...asked, answer: 'not_came' }],
  ['2 3005', { provinceId: 30, number: 5, answer: 'not_came' }],
  ['3 0447 400000', other(4_000_000n)],
  ['۳ ۰۴۴۷ ۴۰۰٬۰۰۰', other(4_000_000n)],
  ['3/0447/1,400,000', other(14_000_000n)],
  ['30447400000', other(4_000_000n)],
  ['۳ ۰۴۴۷ ۴۰۰ ۰۰۰.', other(4_000_000n)],
  ['3 0447 999999999999999', other(9_999_999_999_999_990n)],
  ['0447 1', came],
  ['«۰۴۴۷»\u200f ۱.', came],
  ['3005 2', { provinceId: 30, number: 5, answer: 'not_came' }],
  ['۰۴۴۷ ۳ ۴۰۰٬۰۰۰', other(4_000_000n)],
])('%j is an answer', (text, said) => {
  expect(readAnswer(text)).toEqual(said);
});

test.each([
  ...['', ' ', '1', '0447', '1 447', '1 04470', '4 0447', '0 0447', '1 0447 400000', '3 0447'],
  ...['3 0447 0', '3 0447 400.5', '3 0447 40,00', '3 0447 9999999999999999', '3 0447 1e5'],
  ...[
    'رسید',
    '۱ ۰۴۴۷ رسید',
    'a1 0447',
    '1 0447 1 0448',
    '1 ０４４７',
    '½ 0447',
    '3 0447 4 هزار',
    '3 0447 400000 ریال',
  ],
  ...['04471', '30052', '0447 4', '0447 1 400000', '0447 3', '0447 3400000', '0447 1 0448'],
  ...[`1${' '.repeat(300)}0447`, '1 0447\u0661'],
])('%j is none', (text) => {
  expect(readAnswer(text)).toBeUndefined();
});

describe('whatever comes', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom(...'123۰۴۷ ٠,.\u200c\u202e\ud800ریالa'), maxLength: 210 }),
  );
  test('is read in no time, as an answer of its form or as none', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const said = readAnswer(text);
        if (!said) return;
        expect(said.provinceId).toBeLessThan(100);
        expect(said.number).toBeLessThan(100);
        expect(said.answer === 'other_sum').toBe(said.amountRial !== undefined);
        if (said.amountRial !== undefined) expect(said.amountRial > 0n).toBe(true);
      }),
      { numRuns: 2000 },
    );
    const began = performance.now();
    readAnswer(`3 0447 ${'1 '.repeat(96)}a`);
    readAnswer(`${'.'.repeat(199)}a`);
    expect(performance.now() - began).toBeLessThan(200);
  });

  test('no text has both forms: turned around, an answer is the same one', () => {
    const part = fc.nat({ max: 99 });
    const choice = fc.constantFrom('1', '2', '3 5000');
    fc.assert(
      fc.property(part, part, choice, (p, n, chosen) => {
        const [digit, ...sum] = chosen.split(' ');
        const code = questionCode(p, n);
        const turned = readAnswer([code, digit, ...sum].join(' '));
        expect(turned).toBeDefined();
        expect(turned).toEqual(readAnswer([digit, code, ...sum].join(' ')));
      }),
    );
  });

  test('what is asked for is read back, in any digits and with any marks between', () => {
    const between = fc.string({
      unit: fc.constantFrom(' ', '\u200c', '،', '-', '\n'),
      maxLength: 3,
    });
    const part = fc.nat({ max: 99 });
    fc.assert(
      fc.property(part, part, fc.bigInt(1n, 10n ** 15n - 1n), between, (p, n, sum, gap) => {
        const code = questionCode(p, n);
        const rest = { provinceId: p, number: n };
        for (const write of [(text: string) => text, toPersianDigits]) {
          expect(readAnswer(write(`2${gap}${code}${gap}`))).toMatchObject(rest);
          const said = readAnswer(write(`3${gap}${code}${gap} ${sum}`));
          expect(said).toMatchObject({ ...rest, amountRial: sum * 10n });
        }
      }),
    );
  });

  test('nothing that we write is an answer, so two machines have nothing to say to each other', () => {
    const { heard, ...rest } = fa;
    for (const text of [...Object.values(heard), ...Object.values(rest)]) {
      const filled = text.replaceAll(/\{\w+\}/g, '۰۴۴۷');
      expect(readAnswer(filled)).toBeUndefined();
      expect(readAnswer(filled.slice(0, 150))).toBeUndefined();
    }
  });
});

test('a number is one that is free, and none when all are taken', () => {
  const all = Array.from({ length: 100 }, (_, number) => number);
  expect(freeNumber(new Set(), 247)).toBe(47);
  expect(freeNumber(new Set(all.filter((one) => one !== 31)), 12_345)).toBe(31);
  expect(freeNumber(new Set(all), 7)).toBeNull();
});
