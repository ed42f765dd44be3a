import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absorptionOf,
  afterMove,
  type Ceiling,
  findOvershare,
  holdOf,
  leftUnder,
} from './rules.ts';

const all = { agencyId: null, countyId: null, bankId: null };
const ceiling: Ceiling = {
  ...all,
  id: 'c',
  allocationId: 'a',
  ceilingRial: 100n,
  nationalRial: 0n,
  usedRial: 60n,
  floatedRial: 0n,
};

describe('what a plan holds', () => {
  const plan = { requestedRial: 100n, approvedRial: null };
  test.each([
    ['referred', null, 100n],
    ['contracted', 80n, 80n],
    ['paying', 80n, 80n],
    ['returned', null, 0n],
    ['refused', null, 0n],
    ['withdrawn', 80n, 0n],
    ['void', null, 0n],
  ])('%s with %s approved is %s', (state, approvedRial, held) => {
    expect(holdOf({ ...plan, state, approvedRial })).toBe(held);
  });
});

describe('a share of a county', () => {
  const county = { ...ceiling, countyId: 401 };
  test('binds until its allocation floats, and not from that day on', () => {
    expect(leftUnder({ floatsOn: '2022-01-01' }, county, '2021-12-31')).toBe(40n);
    expect(leftUnder({ floatsOn: '2022-01-01' }, county, '2022-01-01')).toBeNull();
    expect(leftUnder({ floatsOn: '2022-01-01' }, ceiling, '2022-01-01')).toBe(40n);
  });

  test('counts what it used of others, and gives that back first', () => {
    const over = afterMove(county, 70n);
    expect(over).toMatchObject({ usedRial: 130n, floatedRial: 30n });
    expect(afterMove(over, -50n)).toMatchObject({ usedRial: 80n, floatedRial: 0n });
  });
});

describe('absorption', () => {
  const span = { fromOn: '2021-03-21', lastOn: '2022-03-20', today: '2021-09-19' };
  test('half the days gone and a quarter used: half will lapse', () => {
    const found = absorptionOf(span, { allocatedRial: 1000n, committedRial: 250n });
    expect(found).toMatchObject({ elapsedDays: 183, totalDays: 365, committedBp: 2500 });
    expect(found).toMatchObject({ projectedRial: 499n, lapseRial: 501n });
  });

  test('never says less than nothing or more than all, on any day', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.bigInt(0n, 10n ** 15n), fc.nat(1000), (a, b, n) => {
        const [committedRial, allocatedRial] = a < b ? [a, b] : [b, a];
        const today = new Date(Date.UTC(2021, 0, 1 + n)).toISOString().slice(0, 10);
        const { lapseRial, projectedRial } = absorptionOf(
          { ...span, today },
          { allocatedRial, committedRial },
        );
        expect(lapseRial >= 0n && lapseRial + projectedRial === allocatedRial).toBe(true);
      }),
    );
  });
});

test('shares are bounded by what they are shares of, part by part', () => {
  const smt = { ...all, agencyId: 'SMT', ceilingRial: 60n };
  const agri = { ...all, agencyId: 'AGRI', ceilingRial: 40n };
  const root = { ...all, ceilingRial: 100n };
  expect(findOvershare([root, smt, agri])).toBeUndefined();
  expect(findOvershare([root, smt, { ...agri, ceilingRial: 41n }])).toMatchObject({
    over: root,
    sumRial: 101n,
  });
  const crossing = { ...all, agencyId: 'SMT', countyId: 401, ceilingRial: 61n };
  expect(findOvershare([root, smt, crossing])).toMatchObject({ over: smt });
});
