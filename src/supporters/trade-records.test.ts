import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { done, permitOf } from '../../test/supporter-books.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

async function supporter(firm = {}) {
  const { code, personId } = await permitOf(house, 'supporter');
  const caller = await house.signIn({ role: 'citizen', personId });
  await done(caller, `/api/supporters/${code}/apply`, firm);
  return { code, personId, caller };
}

const add = (caller: Caller, code: string, datedOn: string) =>
  caller.post(`/api/supporters/${code}/trade`, {
    ...{ kind: 'order', number: datedOn, buyer: 'خریدار', amountRial: '1000', datedOn },
  });

test('a document is of no day that has not come, and of none that is longer ago than it can be', async () => {
  const { code, caller } = await supporter();
  expect((await add(caller, code, '2022-06-23')).body.code).toBe('supporters.future_day');
  // Before the first year of the calendar here, 1206.
  for (const datedOn of ['0001-01-01', '1820-05-05', '1922-06-22']) {
    const said = await add(caller, code, datedOn);
    expect(said.body).toMatchObject({ code: 'supporters.too_long_ago', status: 422 });
    expect(said.body.title).toBe('این روز دورتر از آن است که بشود پذیرفت.');
    expect(said.body.next).toContain('۱۳۰۱/۰۴/۰۱');
  }
  expect((await add(caller, code, '1922-06-23')).status).toBeLessThan(300);
  expect((await caller.get(`/api/supporters/${code}`)).body.trade).toHaveLength(1);
});

test('a person’s document is of no day before their birth; a firm’s may be', async () => {
  const firm = { firmName: 'قالی نمونه', legalId: '10380284790' };
  for (const [given, status] of [
    [{}, 422],
    [firm, 201],
  ] as const) {
    const { code, personId, caller } = await supporter(given);
    await house.database.migratorTransaction((tx) =>
      tx.updateTable('people').set({ birth_on: '1980-01-01' }).where('id', '=', personId).execute(),
    );
    const said = await add(caller, code, '1979-12-31');
    expect(said.status >= 300).toBe(status === 422);
    if (status === 422) expect(said.body.code).toBe('supporters.too_long_ago');
    expect((await add(caller, code, '1980-01-01')).status).toBeLessThan(300);
  }
});
