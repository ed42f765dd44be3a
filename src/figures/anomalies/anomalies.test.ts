import { afterAll, beforeAll, expect, test } from 'vitest';
import { orderIban } from '../../../test/bank-desk.ts';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { crowdsUnderCap, isSilent, refusesMore } from './rules.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse('2022-08-22T08:00:00Z');
});
afterAll(() => house.close());

test('a pause is a silence when it is long and far longer than usual', () => {
  expect(isSilent(9, 1)).toBe(false);
  expect(isSilent(30, 10)).toBe(false);
  expect(isSilent(31, 10)).toBe(true);
});

test('refusing more takes many decisions, twice the share, and more than chance', () => {
  const others = { decisions: 1000, refused: 50 };
  expect(refusesMore({ decisions: 10, refused: 10 }, others)).toBe(false);
  expect(refusesMore({ decisions: 40, refused: 5 }, others)).toBe(false);
  expect(refusesMore({ decisions: 100, refused: 16 }, others)).toBe(true);
  expect(refusesMore({ decisions: 100, refused: 9 }, others)).toBe(false);
});

test('loans crowd under a cap when they are many and more usual than elsewhere', () => {
  expect(crowdsUnderCap({ plans: 10, near: 4 }, { plans: 100, near: 0 })).toBe(false);
  expect(crowdsUnderCap({ plans: 10, near: 5 }, { plans: 100, near: 30 })).toBe(false);
  expect(crowdsUnderCap({ plans: 10, near: 8 }, { plans: 100, near: 30 })).toBe(true);
});

test('a bank that falls silent and an account for several people are told with their cases', async () => {
  const serials = [1, 2, 3];
  const codes = await contractedPlans(house, { bankId: 'MELLAT', serials, rial: 450_000_000n });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const { items } = (await director.get('/api/anomalies')).body;
  const silent = items.find(({ kind }: { kind: string }) => kind === 'silentBank');
  expect(silent).toMatchObject({ facts: { silent: 63, usual: 0 }, total: 3 });
  expect(silent.cases).toHaveLength(3);
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const orders = codes.slice(0, 2).map((code) => ({ code, amountRial: '1000', iban: orderIban }));
  expect((await officer.post('/api/payment-orders', { orders })).status).toBe(201);
  const shared = (await director.get('/api/anomalies')).body.items.find(
    ({ kind }: { kind: string }) => kind === 'sharedIban',
  );
  expect(shared).toMatchObject({ facts: { people: 2 }, total: 2 });
  expect(shared.subject.en).toBe(`\u2026${orderIban.slice(-4)}`);
  expect((await officer.get('/api/anomalies')).status).toBe(403);
});
