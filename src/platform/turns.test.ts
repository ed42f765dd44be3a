import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

test('few at a time, in the order of coming, whatever becomes of those before', async () => {
  const turns = new Turns({ atOnce: 2, waiting: 10 });
  const begun: number[] = [];
  let atWork = 0;
  let most = 0;
  const work = async (nth: number) => {
    begun.push(nth);
    atWork += 1;
    most = Math.max(most, atWork);
    await sleep(1);
    atWork -= 1;
    if (nth % 3 === 0) throw new Error('x');
    return nth;
  };
  const all = await Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((n) => turns.take(() => work(n))));
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(most).toBe(2);
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(3);
  expect(await turns.take(async () => 'free')).toBe('free');
});

test('who would wait behind too many is told so at once', async () => {
  const turns = new Turns({ atOnce: 1, waiting: 1 });
  const first = turns.take(() => sleep(5, 'first'));
  const second = turns.take(async () => 'second');
  await expect(turns.take(async () => 'third')).rejects.toMatchObject({ code: 'platform.busy' });
  expect(await Promise.all([first, second])).toEqual(['first', 'second']);
});
