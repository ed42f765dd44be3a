import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { holding, openStaff, ownPassword } from '../../test/staff-account.ts';
import { networkOf } from './tries.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(undefined, true, { limitByAddress: true });
});
afterAll(() => house.close());

const tryOut = async (by: Caller, username: string, password: string) => {
  const { status, body } = await by.post('/api/session', { username, password });
  return status === 201 ? 'in' : body.code;
};

test('6.3.1: guessing closes a name to strangers, known or not, and never to its owner’s browser', async () => {
  await openStaff(house, 'g.malek', 'counter');
  const first = await house.nobody.post('/api/session', {
    username: 'g.malek',
    password: ownPassword,
  });
  const owner = holding(house, first);
  expect(owner.cookie).toContain('karkhaneh-device');
  for (const name of ['g.malek', 'nobody.here']) {
    // Side by side, so that none slips past the count.
    const guesses = await Promise.all(
      Array.from({ length: 14 }, (_, at) => tryOut(house.nobody, name, `wrong ${at}`)),
    );
    const of = (code: string) => guesses.filter((guess) => guess === code).length;
    expect([of('accounts.wrong_sign_in'), of('accounts.too_many_tries')]).toEqual([10, 4]);
    expect(await tryOut(house.nobody, name, ownPassword)).toBe('accounts.too_many_tries');
  }
  expect(await tryOut(owner, 'g.malek', ownPassword)).toBe('in');
  const admin = await house.signIn({ role: 'admin', organisationId: 'DIRECTORATE' });
  const { alarms } = (await admin.get('/api/alarms')).body;
  expect(alarms).toMatchObject([{ kind: 'guessing', account: { en: 'Test' } }]);
  house.clock.moveTo(new Date(house.clock.now().getTime() + 16 * 60_000));
  expect(await tryOut(house.nobody, 'g.malek', ownPassword)).toBe('in');
});

test('a made-up device is no known device', async () => {
  await openStaff(house, 'g.dovom', 'counter');
  for (let at = 0; at < 10; at += 1) await tryOut(house.nobody, 'g.dovom', 'wrong');
  const made = house.holding('karkhaneh-device=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
  expect(await tryOut(made, 'g.dovom', ownPassword)).toBe('accounts.too_many_tries');
});

test('6.6.3: codes are counted by number, by browser and by address', async () => {
  const ask = (by: Caller, at: number) =>
    by.post('/api/session/code', { mobile: `0914${String(1_000_000 + at)}` });
  const first = await ask(house.nobody, 0);
  const browser = holding(house, first);
  const byBrowser = [];
  for (let at = 1; at < 12; at += 1) byBrowser.push((await ask(browser, at)).status);
  expect(byBrowser.filter((status) => status === 202)).toHaveLength(9);
  expect(byBrowser.at(-1)).toBe(429);
  const byAddress = [];
  for (let at = 100; at < 165; at += 1) byAddress.push((await ask(house.nobody, at)).status);
  expect(byAddress.at(0)).toBe(202);
  expect(byAddress.at(-1)).toBe(429);
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('the network of %s is %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});
