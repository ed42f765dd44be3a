import { expect, test } from 'vitest';
import { machine, median, medianTimes, percentile } from './measure.ts';

test.for([
  [[3], 3],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[10, 9, 1, 1, 1], 1],
] as const)('the median of %j is %d', ([values, middle]) => {
  expect(median(values)).toBe(middle);
});

test('so many in a hundred do not exceed a percentile', () => {
  const values = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect([50, 95, 99, 100].map((share) => percentile(values, share))).toEqual([100, 190, 198, 200]);
  expect(percentile([], 95)).toBeNaN();
});

test('no values have no median', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('works take turns, and the first round is not counted', async () => {
  const turns: string[] = [];
  const times = await medianTimes(
    { ours: () => turns.push('ours'), bare: async () => turns.push('bare') },
    2,
  );
  expect(turns).toEqual(['ours', 'bare', 'ours', 'bare', 'ours', 'bare']);
  expect(Object.keys(times)).toEqual(['ours', 'bare']);
  expect(times.ours).toBeGreaterThanOrEqual(0);
});

test('the machine is described', () => {
  expect(machine()).toMatchObject({
    ...{ cores: expect.any(Number), node: process.version },
    ...{ postgres: expect.stringMatching(/^\d+\.\d+/), commit: expect.any(String) },
  });
});
