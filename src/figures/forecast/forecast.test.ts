import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { addDays, isoDate } from '../../kit/jalali.ts';
import {
  bestOf,
  endOf,
  expectedAfter,
  methods,
  overLimitAfter,
  testMethod,
  whatIf,
} from './rules.ts';

/** The same every day for two years. */
const even = new Map(
  Array.from({ length: 730 }, (_, nth) => [String(addDays(isoDate('2021-01-01'), nth)), 10]),
);
const from = '2021-01-01';

test('where every day is like the others, every method says what will come, and was never off', () => {
  for (const method of methods) {
    const span = { from, at: '2022-10-01', until: '2022-10-31' };
    expect(expectedAfter(method, even, span)).toBeCloseTo(300, 5);
    const days = ['2022-06-01', '2022-07-01', '2022-08-01'];
    const tested = testMethod(method, even, { from, days, today: '2022-12-01' });
    expect(tested.tests).toBe(3);
    expect(tested.error).toBeCloseTo(0, 5);
  }
});

test('a test at a past day knows nothing of later days, and the days it speaks of must be over', () => {
  const cut = new Map([...even].filter(([day]) => day <= '2022-06-01'));
  const span = { from, at: '2022-06-01', until: '2022-07-01' };
  for (const method of methods) {
    expect(expectedAfter(method, cut, span)).toEqual(expectedAfter(method, even, span));
  }
  const days = ['2022-11-20'];
  expect(testMethod('recent', even, { from, days, today: '2022-12-01' }).tests).toBe(0);
});

test('the season follows last year, and the method that was off least is taken', () => {
  const winter = new Map([...even].filter(([day]) => !/-(0[4-9])-/.test(day)));
  const days = ['2022-04-01', '2022-05-01', '2022-06-01', '2022-10-01', '2022-11-01'];
  const tested = methods.map((one) => testMethod(one, winter, { from, days, today: '2022-12-31' }));
  expect(bestOf(tested)?.method).toBe('season');
});

test('moving money never makes more unspent than there was where the receiver has room to use it', () => {
  const share = fc.record({
    ceiling: fc.integer({ min: 1, max: 1_000 }),
    paid: fc.integer({ min: 0, max: 1_000 }),
    perDay: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(share, share, fc.integer({ min: 0, max: 1_000 }), (a, b, amount) => {
      const [one, two] = [a, b].map((it) => ({ ...it, paid: Math.min(it.paid, it.ceiling) }));
      if (!one || !two) return;
      const { before, after } = whatIf(one, two, amount, 30);
      expect(before).toBe(endOf(one, 30).unspent + endOf(two, 30).unspent);
      // What leaves a share that would not have used it can only help; nothing is made of nothing.
      if (amount <= endOf(one, 30).unspent) expect(after).toBeLessThanOrEqual(before);
      expect(whatIf(one, two, 0, 30).after).toBe(before);
    }),
  );
});

test('first come, first served: over the limit are all but those who came within it', () => {
  expect(overLimitAfter({ waiting: 100, comes: 2, goes: 2 }, 30, 14)).toBe(72);
  expect(overLimitAfter({ waiting: 20, comes: 2, goes: 2 }, 30, 14)).toBe(0);
  expect(overLimitAfter({ waiting: 100, comes: 2, goes: 6 }, 30, 14)).toBe(0);
});

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test('an allocation without payments has no guess; the queue is reckoned from the record', async () => {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const opened = await director.post('/api/allocations', {
    ...{ creditLine: 'home-jobs', law: 'x', fiscalYear: 1401, fromOn: '2022-03-21' },
    ...{ deadlineOn: '2023-03-20', provincialRial: '9000000000', nationalRial: '0' },
    ...{ decidedBy: 'x', reason: 'x', decidedOn: '2022-03-21' },
  });
  expect(opened.status).toBe(201);
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1], rial: 500_000_000n });
  const url = `/api/forecast/allocations/${opened.body.code}`;
  expect((await director.get(url)).body).toMatchObject({
    ...{ guess: null, ceilingRial: '9000000000', paidRial: '0', daysLeft: 271 },
    shares: { agency: [], county: [], bank: [] },
  });
  const { status, body } = await director.get('/api/forecast/waiting');
  expect(status).toBe(200);
  expect(body).toMatchObject({ limitDays: 14, waiting: 0, over: 0, error: null });
  expect(body.after.map(({ days }: { days: number }) => days)).toEqual([30, 60, 90]);
});
