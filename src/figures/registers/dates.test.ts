import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJalali, isoDate, jalaliMonthLength, jalaliToIso } from '../../kit/jalali.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { readDay } from './dates.ts';

const day = isoDate('2021-04-04'); // 1400/01/15

describe('a day is read from', () => {
  const spellings: CellValue[] = [
    { date: '2021-04-04' },
    14000115,
    '1400/01/15',
    '1400/1/15',
    '1400-1-15',
    '1400.01.15',
    '۱۴۰۰/۰۱/۱۵',
    '١٤٠٠/٠١/١٥',
    '1400 / 01 / 15',
    '۱۴۰۰ ۰۱ ۱۵',
    '1400\\01\\15',
    '1400_01_15',
    '14000115',
    '۱۴۰۰۰۱۱۵',
    '1400/01/15 10:30',
    '1400-01-15T10:30:05',
    '\u200f۱۴۰۰/۰۱/۱۵\u200f',
    ' 1400/01/15 ',
    '="1400/01/15"',
    '15/01/1400',
    '۱۵ فروردین ۱۴۰۰',
    '15 فروردين ماه 1400',
    '۱۵ فروردین ماه سال ۱۴۰۰',
    '15 Farvardin 1400',
    '2021-04-04',
    '2021/4/4',
    '2021-04-04T00:00:00',
  ];
  it.each(spellings.map((cell) => [cell]))('%j', (cell) => {
    expect(readDay(cell)).toBe(day);
  });

  it('any way a day of the calendar is written', () => {
    const date = fc
      .record({
        year: fc.integer({ min: 1300, max: 1499 }),
        month: fc.integer({ min: 1, max: 12 }),
      })
      .chain(({ year, month }) =>
        fc
          .integer({ min: 1, max: jalaliMonthLength(year, month) })
          .map((one) => ({ year, month, one })),
      );
    fc.assert(
      fc.property(date, ({ year, month, one }) => {
        const iso = jalaliToIso(year, month, one);
        for (const locale of ['fa', 'en'] as const) {
          expect(readDay(formatJalali(iso, locale, 'long'))).toBe(iso);
          expect(readDay(formatJalali(iso, locale, 'short'))).toBe(iso);
        }
        expect(readDay(toPersianDigits(`${year}.${month}.${one}`))).toBe(iso);
        expect(readDay(year * 10_000 + month * 100 + one)).toBe(iso);
      }),
    );
  });
});

describe('a day is refused, with the reason, from', () => {
  const cases: [CellValue, string][] = [
    ['00/01/15', 'date_two_digit_year'],
    ['99/1/15', 'date_two_digit_year'],
    ['۱۵ فروردین ۰۰', 'date_two_digit_year'],
    ['04/05/1400', 'date_ambiguous'],
    ['1400/13/01', 'date_impossible'],
    ['1400/07/31', 'date_impossible'],
    ['1400/12/30', 'date_impossible'],
    ['1400/00/10', 'date_impossible'],
    ['2021-02-30', 'date_impossible'],
    ['۳۱ مهر ۱۴۰۰', 'date_impossible'],
    ['1400', 'date_unreadable'],
    ['1400/01', 'date_unreadable'],
    ['140/01/15', 'date_unreadable'],
    ['1600/01/15', 'date_unreadable'],
    ['فروردین', 'date_unreadable'],
    ['به‌زودی', 'date_unreadable'],
    [44_290, 'date_unreadable'],
    [true, 'date_unreadable'],
    [{ date: '1400-01-15' }, 'date_unreadable'],
    [{ error: '#REF!' }, 'date_unreadable'],
  ];
  it.each(cases)('%j: %s', (cell, problem) => {
    expect(readDay(cell)).toEqual({ problem });
  });

  it('is either a real day or a problem, whatever is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.double(), fc.stringMatching(/^[\d/ -]{0,12}$/)),
        (cell) => {
          const read = readDay(cell);
          if (typeof read === 'string') expect(isoDate(read)).toBe(read);
          else expect(read.problem).toMatch(/^date_/);
        },
      ),
    );
  });
});
