import { sql } from 'kysely';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { aProduct, makeMaker } from '../../test/maker.ts';
import { type Commonness, mostWith, readCommonness } from './commonness.ts';
import { findShown } from './find-products.ts';
import { forgetFound } from './found-keys.ts';
import { knownOf } from './known-words.ts';
import { termsOf } from './search-terms.ts';

const common: Commonness = {
  total: 1_000_000,
  shares: new Map([
    ['مانتو', 0.02],
    ['مانتوی', 0.01],
    ['گلدار', 0.005],
    ['#p4', 0.03],
  ]),
  rarest: 0.001,
};
const one = (word: string, begins = false) => ({ typed: word, ways: [[{ word, begins }]] });

test('no more products can have all words than have the rarest of them', () => {
  expect(mostWith(common, [one('مانتو')], {})).toBe(20_000);
  expect(mostWith(common, [one('مانتو'), one('گلدار')], {})).toBe(5000);
  expect(mostWith(common, [one('مانتو'), one('یکتا')], {})).toBe(1000);
  expect(mostWith(common, [one('مانتو')], { province: 4 })).toBe(20_000);
  expect(mostWith(common, [one('مانتو')], { county: 401 })).toBe(1000);
});

test('ways of saying a thing are added up, and so is all that begins alike', () => {
  const either = { typed: 'مانتو', ways: [...one('مانتو').ways, ...one('مانتوی').ways] };
  expect(mostWith(common, [either], {})).toBe(30_000);
  expect(mostWith(common, [one('مانت', true)], {})).toBeCloseTo(31_000);
});

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  const maker = await makeMaker(house);
  for (let nth = 0; nth < 60; nth += 1) {
    const title = nth % 6 === 0 ? 'مربای یکتای زعفران' : 'مانتوی گلدار';
    await maker.caller.post(`/api/stalls/${maker.stall}/products`, { ...aProduct, title });
  }
});
afterAll(() => house.close());

test('what the statistics say changes how it is looked for, and never what is found', async () => {
  expect(await readCommonness(house.database)).toBeUndefined();
  await house.database.migratorTransaction((tx) => sql`analyze products`.execute(tx));
  const read = await readCommonness(house.database);
  // A coordinator keeps none of its tables' rows, so it has no statistics of them either.
  if (inject('testServer').coordinator?.kind === 'citus') expect(read).toBeUndefined();
  else expect([read?.total, read?.shares.get('مانتوی')]).toEqual([60, expect.closeTo(50 / 60)]);
  const { vocabulary } = await knownOf(house.database);
  const today = '2022-06-22';
  const words = new Set(['مانتوی', 'گلدار', 'مربای', 'یکتای', 'زعفران']);
  for (const q of ['مانتوی', 'زعفران', 'مربای گلدار', 'مر', 'یکتای زعفران']) {
    const asked = { today, terms: termsOf(q, vocabulary) };
    // Whatever these words find is not kept: each way has to look.
    forgetFound(house.database, { id: '', kind: '', stallId: '', words });
    const ways = [undefined, read, common, { ...common, total: 1 }];
    const found = await Promise.all(
      ways.map((way) => findShown(house.database, { ...asked, common: way }, 24)),
    );
    for (const other of found) expect(other).toEqual(found[0]);
    if (q === 'زعفران') expect(found[0]).toHaveLength(10);
  }
});
