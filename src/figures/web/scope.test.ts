import { describe, expect, test } from 'vitest';
import { isoDate, parseJalali } from '../../kit/jalali.ts';
import {
  isComparable,
  listPath,
  narrowed,
  type Period,
  periodOf,
  presetsOf,
  reachOf,
  recordedPeriod,
  type Values,
} from './scope.ts';

const day = (text: string) => parseJalali(text) ?? isoDate(text);
const span = (from: string, to: string): Period => ({ from: day(from), to: day(to) });
const values = (permits_issued: number) => ({ permits_issued, rial_paid: '0' }) as Values;

test('the published account is asked for by its preset in the summer after it', () => {
  expect(presetsOf(day('1401/04/10')).account).toEqual(span('1400/01/01', '1401/03/31'));
});

test('last season at the beginning of a year is the winter of the year before', () => {
  expect(presetsOf(day('1401/01/02')).lastSeason).toEqual(span('1400/10/01', '1400/12/29'));
});

test('a period that is none is no period', () => {
  expect(periodOf({ from: '1400-01-01', to: '1399-01-01' })).toBeUndefined();
  expect(periodOf({ from: '1400-13-01', to: '1401-01-01' })).toBeUndefined();
  expect(periodOf({ from: '1400-01-01' })).toBeUndefined();
});

test('what is recorded reaches from the first month with anything in it to the last', () => {
  const label = { fa: '', en: '' };
  const months = [0, 3, 0, 5, 0].map((n, at) => ({
    key: `1400-0${at + 1}`,
    label,
    measures: values(n),
  }));
  expect(recordedPeriod(months)).toEqual(span('1400/02/01', '1400/04/31'));
  expect(recordedPeriod([])).toBeUndefined();
});

describe('narrowing a scope', () => {
  const search = { from: '1400-01-10', to: '1401-03-31', show: 'rial_paid' };
  test('to an agency filters', () => {
    expect(narrowed(search, 'agency', 'SMT')).toEqual({ ...search, agency: 'SMT' });
  });
  test('to a month keeps within the period', () => {
    expect(narrowed(search, 'month', '1400-01')).toMatchObject({
      from: '1400-01-10',
      to: '1400-01-31',
    });
    expect(narrowed(search, 'month', '1400-02')).toMatchObject({
      from: '1400-02-01',
      to: '1400-02-31',
    });
  });
});

describe('a number leads to its list only where the list can have its length', () => {
  const search = { from: '1400-01-01', to: '1401-03-31' };
  const path = '/office/cases?measure=plans_funded&from=1400-01-01&to=1401-03-31';
  const of = (role: string, id: string | null) =>
    reachOf({ role, organisation: id && { id } } as Parameters<typeof reachOf>[0]);

  test('in a period, as now known', () => {
    expect(listPath(search, 'plans_funded', 'everything')).toBe(path);
    expect(listPath({ ...search, view: 'cohort' }, 'plans_funded', 'everything')).toBeUndefined();
    expect(
      listPath({ ...search, as_of: '2022-01-01' }, 'plans_funded', 'everything'),
    ).toBeUndefined();
  });
  test.each([
    ['director', null, {}, path],
    ['expert', 'SMT', {}, undefined],
    ['expert', 'SMT', { agency: 'AGRI' }, undefined],
    ['expert', 'SMT', { agency: 'SMT' }, `${path}&agency=SMT`],
    ['bank', 'MELLAT', { agency: 'SMT' }, undefined],
    ['bank', 'MELLAT', { bank: 'MELLAT' }, `${path}&bank=MELLAT`],
    ['citizen', null, {}, undefined],
  ])('within the reach of a %s of %s: %j', (role, id, more, expected) => {
    expect(listPath({ ...search, ...more }, 'plans_funded', of(role, id))).toBe(expected);
  });
});

test('a period is held only against other days that are all in the record', () => {
  const recorded = span('1400/01/01', '1401/03/31');
  expect(isComparable(span('1401/01/01', '1401/03/31'), recorded)).toBe(true);
  expect(isComparable(span('1400/01/01', '1401/03/31'), recorded)).toBe(false);
  expect(isComparable(span('1400/01/01', '1400/03/31'), recorded)).toBe(false);
  expect(isComparable(span('1401/01/01', '1401/03/31'), undefined)).toBe(false);
});
