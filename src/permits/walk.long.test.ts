import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { untruths } from '../../test/walk/truth.ts';
import { anySequence, Walk, walkedVerbs } from '../../test/walk/walk.ts';

/** Longer than any machine should need; the other tests' limit is for one of their own size. */
const twoHours = 2 * 60 * 60 * 1000;

test('ten thousand random sequences of acts by random people', { timeout: twoHours }, async () => {
  await using database = await testDatabase();
  const walk = await Walk.begin(database);
  let sequences = 0;
  await fc.assert(
    fc.asyncProperty(anySequence(10), async (moves) => {
      await walk.sequence(moves);
      sequences += 1;
      // The whole province is read again for each look, so looks are far apart.
      if (sequences % 500 === 0) expect(await untruths(database, 4)).toEqual([]);
    }),
    { numRuns: 10_000, seed: 1401, endOnFailure: true },
  );
  expect(sequences).toBe(10_000);
  expect(walk.forbidden()).toEqual([]);
  expect(await untruths(database, 4)).toEqual([]);
  expect(walk.done()).toEqual(walkedVerbs.toSorted());
});
