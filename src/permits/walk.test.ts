import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { untruths } from '../../test/walk/truth.ts';
import { anySequence, Walk } from '../../test/walk/walk.ts';

test('random people cannot walk a case to where the table does not lead', async () => {
  await using database = await testDatabase();
  const walk = await Walk.begin(database);
  await fc.assert(
    fc.asyncProperty(anySequence(25), async (moves) => {
      await walk.sequence(moves);
    }),
    { numRuns: 24, seed: 1401, endOnFailure: true },
  );
  expect(walk.forbidden()).toEqual([]);
  expect(await untruths(database, 4)).toEqual([]);
  expect(walk.done().length).toBeGreaterThan(15);
});
