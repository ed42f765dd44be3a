import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDatabase } from '../../test/database.ts';
import { untruths } from '../../test/walk/truth.ts';
import { anySequence, Walk, walkedVerbs } from '../../test/walk/walk.ts';

/** Longer than any machine should need; the other tests' limit is for one of their own size. */
const twoHours = 2 * 60 * 60 * 1000;
/** The calendar goes on from sequence to sequence, and ends: each lifetime has a database of its own. */
const sequences = 50;
/** 400 sequences by themselves; KARKHANEH_WALKS=200 walks ten thousand, a quarter of an hour. */
const lifetimes = Number(process.env.KARKHANEH_WALKS ?? 8);

test('random sequences of acts by random people', { timeout: twoHours }, async () => {
  const done = new Set<string>();
  for (let seed = 0; seed < lifetimes; seed += 1) {
    await using database = await testDatabase();
    const walk = await Walk.begin(database);
    await fc.assert(
      fc.asyncProperty(anySequence(10), async (moves) => {
        await walk.sequence(moves);
      }),
      { numRuns: sequences, seed, endOnFailure: true },
    );
    expect(walk.forbidden(), `seed ${seed}`).toEqual([]);
    expect(await untruths(database, 4), `seed ${seed}`).toEqual([]);
    for (const verb of walk.done()) done.add(verb);
  }
  expect([...done].sort()).toEqual(walkedVerbs.toSorted());
});
