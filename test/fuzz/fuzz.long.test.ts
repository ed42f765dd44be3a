import { expect, test } from 'vitest';
import { setScene } from '../permissions/scene.ts';
import { fuzz } from './fuzz.ts';

/** A hundred thousand unless KARKHANEH_REQUESTS says otherwise. */
const requests = Number(process.env.KARKHANEH_REQUESTS ?? 100_000);

test('of a hundred thousand hostile requests none breaks the server, looks into it, or fills its memory', {
  timeout: 1_800_000,
}, async () => {
  const scene = await setScene();
  try {
    const cookies = ['', ...[...scene.callers.values()].map(({ cookie }) => cookie)];
    const seed = Number(process.env.FUZZ_SEED ?? 1);
    const around = { cookies, codes: [scene.code] };
    const report = await fuzz(scene.house.app, requests, seed, around);
    expect(report.faults.slice(0, 20), `seed ${seed}`).toEqual([]);
    expect(report.sent).toBe(requests);
    const [early, late] = report.heap;
    expect((late - early) / 2 ** 20, 'MiB more after four fifths of them').toBeLessThan(100);
  } finally {
    await scene.house.close();
  }
});
