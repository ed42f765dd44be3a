import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { closeMonthsNow, done, openBooks, type Weaver } from '../../test/supporter-books.ts';

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
});
