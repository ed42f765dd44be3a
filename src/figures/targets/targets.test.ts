import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { paceOf } from './rules.ts';

let house: TestHouse;
let director: Caller;
let second: Caller;
let officer: Caller;
let expert: Caller;
let ministry: Caller;
let peer: Caller;
beforeAll(async () => {
  house = await testHouse();
  const organisationId = 'DIRECTORATE';
  director = await house.signIn({ role: 'director', organisationId });
  second = await house.signIn({ role: 'director', organisationId });
  officer = await house.signIn({ role: 'officer', organisationId });
  expert = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
  ministry = await house.signIn({ role: 'ministry', organisationId: 'MINISTRY' });
  peer = await house.signIn({ role: 'ministry', organisationId: 'MINISTRY' });
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1, 2, 3], rial: 500_000_000n });
});
afterAll(() => house.close());

const asked = {
  ...{ year: 1401, measure: 'permits_issued', level: 'province', goal: 12 },
  ...{ dueOn: '1401-12-29', reason: 'ابلاغ سال' },
};

const itemsOf = async (who = director) => (await who.get('/api/targets?year=1401')).body.items;

test('a target holds once another person agrees, stands against the calendar, and is revised in the open', async () => {
  const first = await officer.post('/api/targets', asked);
  expect(first.status).toBe(201);
  expect((await itemsOf())[0]).toMatchObject({ now: null, versions: [{ agreed: null }] });
  const waits = await director.post('/api/targets', asked);
  expect(waits.body.code).toBe('figures.target_waits');
  const decide = (who: Caller, code: string, agree: boolean) =>
    who.post(`/api/targets/${code}/decide`, { agree });
  expect((await decide(officer, first.body.code, true)).status).toBe(403);
  expect((await decide(director, first.body.code, true)).status).toBe(200);
  expect((await decide(director, first.body.code, true)).body.code).toBe('figures.target_decided');
  const [standing] = await itemsOf();
  expect(standing.now).toMatchObject({ goal: 12, done: 3, expected: 3, standing: 'ahead' });
  const revised = await director.post('/api/targets', { ...asked, goal: 40, reason: 'بازنگری' });
  expect((await decide(director, revised.body.code, true)).body.code).toBe('figures.target_own');
  expect((await itemsOf())[0].now.goal).toBe(12);
  expect((await decide(second, revised.body.code, true)).status).toBe(200);
  const [after] = await itemsOf(expert);
  expect(after.now).toMatchObject({ goal: 40, done: 3, standing: 'behind' });
  expect(
    after.versions.map(({ number, goal }: { number: number; goal: number }) => [number, goal]),
  ).toEqual([
    [2, 40],
    [1, 12],
  ]);
});

test('each level names its own, and its day lies in its year', async () => {
  const codes = async (more: object) =>
    (await director.post('/api/targets', { ...asked, ...more })).body.code;
  expect(await codes({ level: 'agency' })).toBe('figures.target_level');
  expect(await codes({ level: 'province', county: '0401' })).toBe('figures.target_level');
  expect(await codes({ dueOn: '1402-01-01' })).toBe('figures.target_day');
  expect(await codes({ level: 'agency', agency: 'MELLAT' })).toBe('figures.target_agency');
  expect(await codes({ level: 'country' })).toBe('platform.forbidden');
  expect((await expert.post('/api/targets', asked)).status).toBe(403);
});

test('the ministry plans for the country, whose sum is of all provinces', async () => {
  const { body } = await ministry.post('/api/targets', { ...asked, level: 'country', goal: 100 });
  await peer.post(`/api/targets/${body.code}/decide`, { agree: true });
  const country = (await itemsOf()).find((one: { level: string }) => one.level === 'country');
  expect(country.now).toMatchObject({ goal: 100, done: 3 });
});

test('the pace is the calendar’s: what is expected grows by the day up to the target and no further', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 0, max: 364 }),
      (goal, days) => {
        const today = new Date(Date.UTC(2022, 2, 21 + days)).toISOString().slice(0, 10);
        const pace = paceOf({ fiscalYear: 1401, dueOn: '2023-03-20', goal, done: 0, today });
        expect(pace.expected).toBe(Math.round((goal * (days + 1)) / 365));
        expect(pace.projected).toBe(0);
      },
    ),
  );
  const late = { fiscalYear: 1401, dueOn: '2022-06-01', goal: 5, today: '2022-06-22' };
  expect(paceOf({ ...late, done: 4 })).toMatchObject({ expected: 5, standing: 'missed' });
  expect(paceOf({ ...late, done: 5 })).toMatchObject({ standing: 'reached', elapsedBp: 10_000 });
});
