import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { closeMonthsNow, done, openBooks, type Weaver } from '../../test/supporter-books.ts';
import { checkProvince } from '../figures/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const at = (one: Weaver) => `/api/covers/${one.code}`;

test('a supporter that breaks its word is in default by the dated rule, and its people choose another', async () => {
  const books = await openBooks(house);
  const other = await openBooks(house);
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const [first] = other.weavers as [Weaver];
  const declare = `/api/supporters/${other.code}/declare-default`;
  const reason = 'خریدی نکرده است';
  expect((await director.post(declare, { reason })).body.code).toBe('supporters.no_default');
  await closeMonthsNow(house);
  await done(director, declare, { reason });
  const { state, acts } = (await first.caller.get(at(first))).body;
  expect({ state, choose: acts.includes('supporters.choose') }).toEqual({
    ...{ state: 'seeking', choose: true },
  });
  const line = (await director.get(`/api/supporters/${other.code}`)).body.people.find(
    (one: { code: string }) => one.code === first.code,
  );
  const panel = `/api/cases/${line.ownCaseCode}/covers`;
  // The other supporter is full.
  expect((await first.caller.get(panel)).body.items).toMatchObject([
    { code: first.code, state: 'seeking', supporterState: 'in_default', others: 0 },
  ]);
  const blocked = await other.caller.post(`${at(first)}/issue`, {
    ...{ materialId: other.yarn, amount: '1', unit: 'kg' },
  });
  expect(blocked.body.code).toBe('supporters.not_covered');
  // Full supporters are not offered; one that ends a cover has a place again.
  const offers = async () => (await first.caller.get(`${at(first)}/others`)).body.items;
  expect((await offers()).map((one: { code: string }) => one.code)).not.toContain(books.code);
  await done(books.caller, `${at(books.weavers[1] as Weaver)}/end`, { reason: 'رفت' });
  expect((await offers()).map((one: { code: string }) => one.code)).toContain(books.code);
  const next = await done(first.caller, `${at(first)}/choose`, { supporter: books.code });
  expect((await first.caller.get(`/api/covers/${next.code}`)).body.state).toBe('named');
  await done(director, `/api/supporters/${other.code}/end-default`, { reason: 'خرید کرد' });
  expect((await first.caller.get(at(first))).body.state).toBe('moved');
  const second = other.weavers[1] as Weaver;
  expect((await second.caller.get(at(second))).body.state).toBe('covered');
  await ownCases(director, first, second, { from: other.code, to: books.code });
});

/** The people's own cases say what became of them, step by step, and what comes next. */
async function ownCases(
  director: Caller,
  moved: Weaver,
  resumed: Weaver,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const home = async (code: string, one: Weaver) => {
    const { people } = (await director.get(`/api/supporters/${code}`)).body;
    return people.find((line: { code: string }) => line.code === one.code)?.ownCaseCode;
  };
  const verbsOf = async (caseCode: string) => {
    const { history, state } = (await director.get(`/api/cases/${caseCode}`)).body;
    expect(state).toBe('issued');
    return history
      .filter(({ verb }: { verb: string }) => verb.startsWith('supporters.'))
      .map(({ verb, to: state }: { verb: string; to: string }) => `${verb} ${state}`);
  };
  const first = await home(from, moved);
  expect(await verbsOf(first)).toEqual(['supporters.reopen seeking', 'supporters.move moved']);
  const { items } = (await moved.caller.get(`/api/cases/${first}/covers`)).body;
  expect(items).toMatchObject([
    { state: 'named', supporterState: 'approved', contract: null, others: null },
    { state: 'moved', supporterState: 'approved', contract: 'in_force' },
  ]);
  expect((await resumed.caller.get(`/api/cases/${first}/covers`)).status).toBe(404);
  const second = await home(from, resumed);
  expect(await verbsOf(second)).toEqual(['supporters.reopen seeking', 'supporters.resume covered']);
  const theirs = (await director.get(`/api/supporters/${to}`)).body.people;
  expect(theirs.map(({ ownCaseCode }: { ownCaseCode: string }) => ownCaseCode)).toContain(first);
  const { checks } = await checkProvince(house.database, 4);
  expect(checks.filter((one) => one.differences.length > 0)).toEqual([]);
}
