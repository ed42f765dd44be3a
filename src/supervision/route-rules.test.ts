import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lengthOf, metresBetween, routeOf, type Stop } from './route-rules.ts';

const soon = '2022-06-29';
const stop = (address: string | null, more: Partial<Stop> = {}): Stop => {
  return { countyId: '401', address, dueOn: soon, spot: null, ...more };
};
const at = (lat: number, lon: number) => ({
  latE6: Math.round(lat * 1e6),
  lonE6: Math.round(lon * 1e6),
});

test('a degree of latitude is 111 km, one of longitude less', () => {
  expect(Math.round(metresBetween(at(37, 45), at(38, 45)) / 1000)).toBe(111);
  expect(Math.round(metresBetween(at(37.5, 45), at(37.5, 46)) / 1000)).toBe(88);
});

test('what is due soon comes first, county by county, the earliest first', () => {
  const later = stop('a', { dueOn: '2022-07-20', countyId: '401' });
  const first = stop('b', { dueOn: '2022-06-20', countyId: '402' });
  const second = stop('c', { dueOn: '2022-06-21', countyId: '401' });
  const withFirst = stop('d', { dueOn: '2022-06-28', countyId: '402' });
  const way = routeOf([later, second, withFirst, first], soon);
  expect(way).toEqual([first, withFirst, second, later]);
});

test('without positions a village is gone through house by house', () => {
  const way = routeOf(
    ['خوی، روستای ب، پلاک ۱۲', 'خوی، روستای الف، پلاک ۲', 'خوی، روستای ب، پلاک ۲'].map((one) =>
      stop(one),
    ),
    soon,
  );
  expect(way.map(({ address }) => address)).toEqual([
    'خوی، روستای الف، پلاک ۲',
    'خوی، روستای ب، پلاک ۲',
    'خوی، روستای ب، پلاک ۱۲',
  ]);
});

test('a house that nobody has been to goes with its village', () => {
  const near = stop('خوی، روستای الف، پلاک ۱', { spot: at(38.5, 44.9), dueOn: '2022-06-20' });
  const between = stop('خوی، روستای ب، پلاک ۱', { spot: at(38.6, 44.9) });
  const far = stop('خوی، روستای ج، پلاک ۱', { spot: at(38.9, 44.9) });
  const unseen = stop('خوی، روستای ج، پلاک ۹');
  const nowhere = stop(null, { countyId: '402' });
  const way = routeOf([unseen, far, nowhere, between, near], soon);
  expect(way.slice(0, 2)).toEqual([near, between]);
  expect(new Set(way.slice(2, 4))).toEqual(new Set([far, unseen]));
  expect(way[4]).toBe(nowhere);
});

test('a way that crosses itself is turned round', () => {
  const line = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => stop(`${n}`, { spot: at(37 + n / 10, 45) }));
  const way = routeOf(line, soon, at(36.9, 45));
  expect(way).toEqual(line);
  const back = routeOf(line, soon, at(37.9, 45));
  expect(back).toEqual(line.toReversed());
});

const stops = fc.array(
  fc.record({
    countyId: fc.constantFrom('401', '402'),
    address: fc.option(fc.constantFrom('x، الف، ۱', 'x، ب، ۲', 'x، ب، ۳')),
    dueOn: fc.constantFrom('2022-06-20', '2022-06-29', '2022-07-30'),
    spot: fc.option(
      fc.record({
        latE6: fc.integer({ min: 36_000_000, max: 39_000_000 }),
        lonE6: fc.integer({ min: 44_000_000, max: 47_000_000 }),
      }),
    ),
  }),
  { maxLength: 40 },
);

test('every stop is there once, what is due soon before the rest, a county in one piece', () => {
  fc.assert(
    fc.property(stops, (given) => {
      const way = routeOf(given, soon);
      expect(new Set(way)).toEqual(new Set(given));
      expect(way.length).toBe(given.length);
      const bands = way.map(({ dueOn }) => dueOn > soon);
      expect(bands).toEqual(bands.toSorted());
      const seen = way.map(({ countyId, dueOn }) => `${dueOn > soon}${countyId}`);
      expect(new Set(seen).size).toBe(seen.filter((one, n) => one !== seen[n - 1]).length);
    }),
    { numRuns: 300 },
  );
});

test('it is shorter than the way by address, over many days of one county', () => {
  const spots = fc.array(
    fc.record({
      latE6: fc.integer({ min: 37_000_000, max: 37_300_000 }),
      lonE6: fc.integer({ min: 45_000_000, max: 45_300_000 }),
    }),
    { minLength: 8, maxLength: 25 },
  );
  let [shorter, runs] = [0, 0];
  fc.assert(
    fc.property(spots, (given) => {
      const day = given.map((spot, n) => stop(`خیابان ${n}`, { spot }));
      runs += 1;
      if (lengthOf(routeOf(day, soon)) <= lengthOf(day)) shorter += 1;
    }),
    { numRuns: 200, seed: 1401 },
  );
  expect(shorter / runs).toBeGreaterThan(0.95);
});
