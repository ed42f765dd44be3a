import { describe, expect, test } from 'vitest';
import { isoDate, jalaliToIso } from './jalali.ts';
import { addWorkingDays, endOfLimit, friday, holidayRule, thursday } from './working-days.ts';

const nowruz = new Set([1, 2, 3, 4, 12, 13].map((day) => String(jalaliToIso(1401, 1, day))));
const plain = holidayRule(nowruz, [friday]);
const long = holidayRule(nowruz, [thursday, friday]);
const jalali = (text: string) => {
  const [year = 0, month = 0, day = 0] = text.split('/').map(Number);
  return String(jalaliToIso(year, month, day));
};

describe('working days', () => {
  test.each([
    // 1401/04/01 is a Wednesday.
    ['1401/04/01', 0, '1401/04/01'],
    ['1401/04/01', 1, '1401/04/02'],
    ['1401/04/01', 2, '1401/04/04'],
    ['1401/04/03', 1, '1401/04/04'],
    ['1401/04/01', 6, '1401/04/08'],
    // 1400/12/28 is a Saturday; Nowruz is 1 to 4 Farvardin, 5 Farvardin 1401 is a Friday.
    ['1400/12/28', 1, '1400/12/29'],
    ['1400/12/28', 2, '1401/01/06'],
    // 12 and 13 Farvardin 1401 are a Friday and a Saturday.
    ['1401/01/11', 1, '1401/01/14'],
  ])('%s and %i more are %s', (from, n, to) => {
    expect(addWorkingDays(jalali(from), n, plain)).toBe(jalali(to));
  });

  test.each([
    ['1401/04/01', 1, '1401/04/04'],
    ['1401/04/01', 5, '1401/04/08'],
  ])('where Thursday is one of rest too, %s and %i more are %s', (from, n, to) => {
    expect(addWorkingDays(jalali(from), n, long)).toBe(jalali(to));
  });

  test('a limit is counted in its own unit', () => {
    const since = jalali('1401/04/01');
    expect(endOfLimit(since, { value: 14, unit: 'days' }, plain)).toBe(jalali('1401/04/15'));
    expect(endOfLimit(since, { value: 12, unit: 'working_days' }, plain)).toBe(
      jalali('1401/04/15'),
    );
  });

  test('refuses what is no number of days, and a calendar without work', () => {
    const day = isoDate('2022-06-22');
    expect(() => addWorkingDays(day, -1, plain)).toThrow(RangeError);
    expect(() => addWorkingDays(day, 1, () => true)).toThrow(RangeError);
  });
});
