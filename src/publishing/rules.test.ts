import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makePermitNumber } from '../kit/identifiers.ts';
import { type IsoDate, isoDate, jalaliToIso } from '../kit/jalali.ts';
import { toPersianDigits } from '../kit/persian-text.ts';
import {
  basisOf,
  lastBusyDay,
  looksMistyped,
  numberForms,
  numberPath,
  openingPeriod,
  permitStatus,
  provincesOf,
  timeCut,
} from './rules.ts';

const day = (y: number, m: number, d: number): IsoDate => jalaliToIso(y, m, d);

describe('a permit', () => {
  test.each([
    ['2022-06-20', 'valid', 'valid'],
    ['2022-06-19', 'valid', 'valid'],
    ['2022-06-18', 'valid', 'expired'],
    ['2022-06-18', 'expired', 'expired'],
    ['2022-06-20', 'suspended', 'suspended'],
    ['2022-06-18', 'suspended', 'suspended'],
    ['2022-06-20', 'revoked', 'revoked'],
    ['2022-06-18', 'revoked', 'revoked'],
    ['2022-06-20', 'ended', 'ended'],
  ])('to %s, recorded as %s, is %s on 2022-06-19', (validUntil, status, worth) => {
    expect(permitStatus({ validUntil, status }, '2022-06-19')).toBe(worth);
  });
});

test.each([
  [['permits.sign', 'permits.grant'], 'signatures'],
  [['permits.enter'], 'register'],
  [['permits.grantBySilence'], 'silence'],
  [['permits.grantAutomatically', 'permits.changeAddress'], 'automatic'],
  [['permits.grantProvisionally'], 'provisional'],
  [['permits.grantProvisionally', 'permits.confirm'], 'signatures'],
  [['permits.grantBySilence', 'permits.signRenewal', 'permits.renew'], 'silence'],
  [[], 'signatures'],
])('a permit by %j is marked %s', (verbs, basis) => {
  expect(basisOf(verbs)).toBe(basis);
});

describe('a number as people type it', () => {
  test('leads to one of ours, whatever stands between its digits', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30 }),
        fc.array(fc.constantFrom('', ' ', '-', ' - ', '‌', '–'), { minLength: 11, maxLength: 11 }),
        fc.boolean(),
        (provinceId, gaps, persian) => {
          const number = makePermitNumber(provinceId);
          const typed = [...number].map((digit, at) => `${digit}${gaps[at] ?? ''}`).join('');
          expect(numberForms(persian ? toPersianDigits(typed) : typed)[0]).toBe(number);
          expect(provincesOf(number, 4)).toEqual(provinceId === 4 ? [4] : [provinceId, 4]);
        },
      ),
    );
  });

  test.each([
    ['wa-1', ['WA-1', 'WA1']],
    ['۱۴۰۰ / ۱۲۳', ['1400/123']],
    ['1400-123', ['1400123', '1400-123']],
    ['  ', []],
    ['x'.repeat(61), []],
  ])('«%s» is looked for as %j', (typed, forms) => {
    expect(numberForms(typed)).toEqual(forms);
  });

  test('stands in one address', () => {
    expect(numberPath('۱۴۰۰/۱۲')).toBe('/p/1400%2F12');
    expect(numberPath(' ')).toBeUndefined();
  });

  test('is called mistyped only when it has the length of ours', () => {
    const number = makePermitNumber(4);
    const wrong = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`;
    expect(looksMistyped(number)).toBe(false);
    expect(looksMistyped(wrong)).toBe(true);
    expect(looksMistyped('123')).toBe(false);
    expect(looksMistyped('')).toBe(false);
  });
});

describe('the period a visitor sees first', () => {
  test('is the account of the programme: last year and this season', () => {
    const period = openingPeriod(day(1401, 3, 31), day(1405, 9, 3));
    expect(period).toEqual({ from: day(1400, 1, 1), to: day(1401, 3, 31) });
  });

  test('ends today while the season lasts, and begins somewhere even with nothing recorded', () => {
    const today = day(1401, 2, 10);
    expect(openingPeriod(day(1401, 2, 9), today)).toEqual({ from: day(1400, 1, 1), to: today });
    expect(openingPeriod(undefined, today)).toEqual({ from: day(1400, 1, 1), to: today });
  });

  test('is not moved by a few permits long after', () => {
    const busy = { day: day(1401, 2, 1), permits: 500 };
    const late = { day: day(1401, 3, 2), permits: 400 };
    const stray = { day: day(1405, 8, 1), permits: 3 };
    expect(lastBusyDay([stray, late, busy])).toBe(late.day);
    expect(lastBusyDay([stray])).toBe(stray.day);
    expect(lastBusyDay([])).toBeUndefined();
  });
});

test('a long period is cut by season', () => {
  const cut = (from: string, to: string) => timeCut({ from: isoDate(from), to: isoDate(to) });
  expect(cut('2021-03-21', '2022-06-21')).toBe('month');
  expect(cut('2021-03-21', '2023-03-20')).toBe('month');
  expect(cut('2021-03-21', '2023-03-21')).toBe('season');
});
