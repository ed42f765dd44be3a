import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addDays,
  addJalaliMonths,
  addJalaliYears,
  daysBetween,
  FIRST_JALALI_YEAR,
  formatJalali,
  isIsoDate,
  isJalaliLeap,
  isoDate,
  isoToday,
  isoToJalali,
  jalaliMonthLength,
  jalaliMonthRange,
  jalaliSeasonRange,
  jalaliToIso,
  jalaliYearRange,
  LAST_JALALI_YEAR,
  monthKey,
  parseJalali,
  seasonKey,
  seasonOf,
  weekday,
} from './jalali.ts';

const firstDay = jalaliToIso(FIRST_JALALI_YEAR, 1, 1);
const lastDay = jalaliYearRange(LAST_JALALI_YEAR).to;
const anyDay = fc
  .integer({ min: 0, max: daysBetween(firstDay, lastDay) })
  .map((n) => addDays(firstDay, n));

describe('against ICU', () => {
  test('every day of every supported year is the day ICU says it is', () => {
    const icu = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      timeZone: 'UTC',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
    });
    const wrong: string[] = [];
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
      const ours = isoToJalali(day);
      const theirs = icu.format(Date.parse(day)).match(/\d+/g)?.join('/');
      if (`${ours.month}/${ours.day}/${ours.year}` !== theirs) wrong.push(day);
      if (jalaliToIso(ours.year, ours.month, ours.day) !== day) wrong.push(`back: ${day}`);
    }
    expect(wrong).toEqual([]);
    expect([firstDay, lastDay]).toEqual(['1827-03-22', '2123-03-20']);
  });

  test('the years asked about cover 1300 to 1500 and stop where the cycle and ICU part', () => {
    expect(FIRST_JALALI_YEAR).toBeLessThan(1300);
    expect(LAST_JALALI_YEAR).toBe(1501);
    expect(() => isJalaliLeap(1502)).toThrow(RangeError);
    expect(() => isoToJalali(isoDate('1827-03-21'))).toThrow(RangeError);
    expect(() => isoToJalali(addDays(lastDay, 1))).toThrow(RangeError);
  });
});

describe('known days', () => {
  test.each([
    [1400, 1, 1, '2021-03-21'],
    [1401, 3, 31, '2022-06-21'],
    [1403, 12, 30, '2025-03-20'],
    [1404, 1, 1, '2025-03-21'],
    [1404, 12, 29, '2026-03-20'],
    [1348, 10, 11, '1970-01-01'],
  ])('%i/%i/%i is %s', (year, month, day, iso) => {
    expect(jalaliToIso(year, month, day)).toBe(iso);
    expect(isoToJalali(isoDate(iso))).toEqual({ year, month, day });
  });

  test('leap years', () => {
    expect([1395, 1399, 1403, 1408].every(isJalaliLeap)).toBe(true);
    expect([1400, 1401, 1402, 1404].some(isJalaliLeap)).toBe(false);
    expect(jalaliMonthLength(1399, 12)).toBe(30);
    expect(jalaliMonthLength(1404, 12)).toBe(29);
  });

  test('dates that do not exist are refused', () => {
    const bad = [
      [1404, 12, 30],
      [1400, 7, 31],
      [1400, 13, 1],
      [1400, 0, 1],
      [1400, 1, 0],
      [1400, 1, 1.5],
      [1400.5, 1, 1],
    ] as const;
    for (const [y, m, d] of bad) expect(() => jalaliToIso(y, m, d)).toThrow(RangeError);
  });
});

test('an ISO date is a day that exists, in four-two-two ASCII digits', () => {
  expect(isIsoDate('2024-02-29')).toBe(true);
  const bad = [
    '2023-02-29',
    '2021-3-1',
    '2021-13-01',
    '0000-01-01',
    '۲۰۲۱-۰۱-۰۱',
    '',
    '2021-01-01T',
  ];
  for (const text of bad) {
    expect(isIsoDate(text)).toBe(false);
    expect(() => isoDate(text)).toThrow(RangeError);
  }
});

describe('reading what people write', () => {
  test.each([
    '1400/01/15',
    '1400-1-15',
    '۱۴۰۰/۰۱/۱۵',
    '١٤٠٠/١/١٥',
    '1400.01.15',
    '1400 01 15',
    ' 1400 / 01 / 15 ',
    '\u200f۱۴۰۰/۱/۱۵\u200e',
    '۱۴۰۰؍۰۱؍۱۵',
  ])('%s', (text) => {
    expect(parseJalali(text)).toBe('2021-04-04');
  });

  test.each([
    '',
    '15/01/1400',
    '00/01/15',
    '1400/01-15',
    '1400/12/30',
    '1400/13/01',
    '1400/00/10',
    '1400/01/00',
    '1400//15',
    '2021-04-04',
    '1502/01/01',
    'فروردین ۱۴۰۰',
    '1400/01/15 10:00',
  ])('nothing is guessed from "%s"', (text) => {
    expect(parseJalali(text)).toBeUndefined();
  });

  test('what is formatted short can be read back', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom('fa' as const, 'en' as const), (day, locale) => {
        expect(parseJalali(formatJalali(day, locale, 'short'))).toBe(day);
      }),
    );
  });
});

test('formats', () => {
  const day = jalaliToIso(1401, 1, 15);
  expect(formatJalali(day, 'fa', 'long')).toBe('۱۵ فروردین ۱۴۰۱');
  expect(formatJalali(day, 'fa', 'short')).toBe('۱۴۰۱/۰۱/۱۵');
  expect(formatJalali(day, 'en', 'long')).toBe('15 Farvardin 1401');
  expect(formatJalali(day, 'en', 'short')).toBe('1401-01-15');
});

describe('arithmetic', () => {
  test('days added are the days between', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -3000, max: 3000 }), (day, n) => {
        expect(daysBetween(day, addDays(day, n))).toBe(n);
        expect(addDays(addDays(day, n), -n)).toBe(day);
      }),
    );
    expect(() => addDays(firstDay, 0.5)).toThrow(RangeError);
    expect(() => addDays(firstDay, 1e12)).toThrow(RangeError);
  });

  test('months move the month and never overshoot it', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -400, max: 400 }), (day, n) => {
        const from = isoToJalali(day);
        const index = from.year * 12 + from.month - 1 + n;
        fc.pre(index >= FIRST_JALALI_YEAR * 12 && index < (LAST_JALALI_YEAR + 1) * 12);
        const to = isoToJalali(addJalaliMonths(day, n));
        expect(to.year * 12 + to.month - 1).toBe(index);
        expect(to.day).toBe(Math.min(from.day, jalaliMonthLength(to.year, to.month)));
      }),
    );
  });

  test('the last days of long months and of leap years', () => {
    expect(addJalaliMonths(jalaliToIso(1400, 6, 31), 1)).toBe(jalaliToIso(1400, 7, 30));
    expect(addJalaliMonths(jalaliToIso(1400, 1, 31), -1)).toBe(jalaliToIso(1399, 12, 30));
    expect(addJalaliYears(jalaliToIso(1399, 12, 30), 1)).toBe(jalaliToIso(1400, 12, 29));
    expect(addJalaliYears(jalaliToIso(1400, 2, 3), -2)).toBe(jalaliToIso(1398, 2, 3));
  });

  test('weekdays run Saturday to Friday', () => {
    expect(weekday(isoDate('2021-03-20'))).toBe(0);
    expect(weekday(isoDate('2021-03-21'))).toBe(1);
    expect(weekday(isoDate('2021-03-26'))).toBe(6);
    expect(weekday(isoDate('1930-01-04'))).toBe(0);
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(weekday(day)).toBe((new Date(day).getUTCDay() + 1) % 7);
      }),
    );
  });
});

describe('periods', () => {
  test('keys', () => {
    expect(monthKey(jalaliToIso(1400, 1, 31))).toBe('1400-01');
    expect(seasonKey(jalaliToIso(1400, 3, 31))).toBe('1400-spring');
    expect(seasonKey(jalaliToIso(1400, 12, 1))).toBe('1400-winter');
    expect([1, 4, 7, 10].map(seasonOf)).toEqual(['spring', 'summer', 'autumn', 'winter']);
    for (const bad of [0, 13, 1.5]) expect(() => seasonOf(bad)).toThrow(RangeError);
  });

  test('the seasons of a year follow one another and fill it', () => {
    for (const year of [1399, 1400]) {
      const spring = jalaliSeasonRange(year, 'spring');
      const summer = jalaliSeasonRange(year, 'summer');
      const autumn = jalaliSeasonRange(year, 'autumn');
      const winter = jalaliSeasonRange(year, 'winter');
      expect(spring.from).toBe(jalaliYearRange(year).from);
      expect(summer.from).toBe(addDays(spring.to, 1));
      expect(autumn.from).toBe(addDays(summer.to, 1));
      expect(winter.from).toBe(addDays(autumn.to, 1));
      expect(winter.to).toBe(jalaliYearRange(year).to);
    }
  });

  test('a day lies in the ranges of its own month and year', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month } = isoToJalali(day);
        for (const range of [jalaliMonthRange(year, month), jalaliYearRange(year)]) {
          expect(range.from <= day && day <= range.to).toBe(true);
        }
      }),
    );
    expect(jalaliMonthRange(1404, 12)).toEqual({ from: '2026-02-20', to: '2026-03-20' });
  });
});

test('today is asked of the clock in the zone given', () => {
  const evening = Date.parse('2021-03-20T20:30:00Z'); // midnight at Tehran (+03:30)
  expect(isoToday(evening)).toBe('2021-03-21');
  expect(isoToday(evening - 1)).toBe('2021-03-20');
  expect(isoToday(evening, 'UTC')).toBe('2021-03-20');
});
