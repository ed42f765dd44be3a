import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { openBooks } from '../../test/supporter-books.ts';
import { booksAgree, randomOperations } from '../../test/supporter-histories.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse('2022-07-20T08:00:00Z');
});
afterAll(() => house.close());

test('random entries and reversals, many at once and in any order of days, leave books that agree', async () => {
  const books = await openBooks(house);
  let seed = 1401;
  const draw = (below: number) => {
    // The multiplier and modulus of the minimal standard generator (Park and Miller, 1988).
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % below;
  };
  const made = await randomOperations(house, books, draw, { operations: 240, atOnce: 12 });
  expect(made).toBeGreaterThan(80);
  expect(made).toBeLessThan(240);
  expect(await booksAgree(house)).toEqual([]);
});
