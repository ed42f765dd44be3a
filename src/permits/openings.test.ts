import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { type Maker, makeMaker } from '../../test/maker.ts';

let house: TestHouse;
let expert: Caller;
let officer: Caller;
let maker: Maker;

beforeAll(async () => {
  house = await testHouse();
  [expert, officer] = await Promise.all([
    house.signIn({ role: 'expert', organisationId: 'SMT' }),
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
  ]);
  maker = await makeMaker(house);
});
afterAll(() => house.close());

const openings = async (caller: Caller) =>
  (await caller.get(`/api/cases/${maker.caseCode}/openings?lang=en`)).body.items;

const wait = (minutes: number) =>
  house.clock.moveTo(new Date(house.clock.now().getTime() + minutes * 60_000));

test('an applicant reads which office opened their case, and when; once an hour for each', async () => {
  wait(120);
  const before = (await openings(maker.caller)).length;
  const page = `/api/cases/${maker.caseCode}`;
  for (const caller of [expert, expert, officer]) expect((await caller.get(page)).status).toBe(200);
  wait(60);
  await expert.get(page);
  // One's own looking is not told, nor is that of somebody who was shown nothing.
  await maker.caller.get(page);
  const stranger = await house.signIn({ role: 'expert', organisationId: 'HERITAGE' });
  expect((await stranger.get(page)).status).toBe(404);
  const now = await openings(maker.caller);
  expect(now).toHaveLength(before + 3);
  expect(now[0]).toEqual({
    ...{ what: 'case', role: 'Agency expert', openedAt: house.clock.now().toISOString() },
    organisation: expect.objectContaining({ en: expect.stringContaining('Industry') }),
  });
});

test('who opened a case is nothing to strangers, nor to those who open it', async () => {
  const url = `/api/cases/${maker.caseCode}/openings`;
  const other = await house.signIn({ role: 'citizen' });
  expect((await other.get(url)).status).toBe(404);
  expect((await expert.get(url)).status).toBe(403);
});
