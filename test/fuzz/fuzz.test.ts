import { expect, test } from 'vitest';
import { setScene } from '../permissions/scene.ts';
import { fuzz } from './fuzz.ts';

test('of six hundred hostile requests none breaks the server or looks into it', async () => {
  const scene = await setScene();
  try {
    const cookies = ['', ...[...scene.callers.values()].map(({ cookie }) => cookie)];
    const report = await fuzz(scene.house.app, 600, 1401, { cookies, codes: [scene.code] });
    expect(report.faults.slice(0, 20)).toEqual([]);
    // They were not all turned away at the gate.
    expect([...report.statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404]));
  } finally {
    await scene.house.close();
  }
});
