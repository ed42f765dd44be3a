import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse, testSigningKey } from '../../../test/house.ts';
import { makeRoot } from '../../platform/roots/index.ts';
import { isSignedBy } from '../../platform/signing-key.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

test('anybody downloads the roots and checks them with nothing but the file and the key', async () => {
  const page = async (query = '') =>
    String((await house.nobody.get(`/history-roots${query}`, { accept: 'text/html' })).body);
  expect(await page()).toContain('هنوز ریشه‌ای ساخته نشده است');
  const now = house.clock.now();
  for (const _ of [1, 2]) await makeRoot(house.database, testSigningKey, 4, { asOf: now, now });
  const { body } = await house.nobody.get('/history-roots.json');
  expect(body.key).toBe(testSigningKey.id);
  expect(body.roots).toHaveLength(2);
  for (const { statement, signature } of body.roots) {
    const bytes = Buffer.from(statement);
    expect(isSignedBy(body.key, bytes, Buffer.from(signature, 'base64'))).toBe(true);
  }
  expect(body.roots[1].previous).not.toBeNull();
  expect(await page('?lang=en')).toContain(body.roots[1].hash);
});
