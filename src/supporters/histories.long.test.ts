import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { openBooks } from '../../test/supporter-books.ts';
import { booksAgree, randomOperations } from '../../test/supporter-histories.ts';

/** How many; fewer for a look, as `KARKHANEH_OPERATIONS=2000`. */
const operations = Number(process.env.KARKHANEH_OPERATIONS ?? 100_000);

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse('2022-07-20T08:00:00Z');
});
afterAll(() => house.close());

test('a hundred thousand random operations on many supporters at once leave books that agree', async () => {
  let seed = 1389;
  const draw = (below: number) => {
    // The multiplier and modulus of the minimal standard generator (Park and Miller, 1988).
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % below;
  };
  // Ledgers are short, as real ones are: new supporters take their turn after some thousands.
  const each = Math.min(2_500, operations);
  for (let done = 0; done < operations; done += 2 * each) {
    const pair = [await openBooks(house), await openBooks(house)];
    const made = await Promise.all(
      pair.map((books) => randomOperations(house, books, draw, { operations: each, atOnce: 16 })),
    );
    expect(Math.min(...made)).toBeGreaterThan(each / 10);
    expect(await booksAgree(house)).toEqual([]);
  }
}, 7_200_000);
