import { afterAll, beforeAll, expect, test } from 'vitest';
import { codesSent, signInByCode } from '../../test/applicant.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse(undefined, true, { limitByAddress: true });
});
afterAll(() => house.close());

const wait = (minutes: number) =>
  house.clock.moveTo(new Date(house.clock.now().getTime() + minutes * 60_000));

/** Asks for a code from a browser, a new one unless said; the answer, and the browser from then on. */
async function ask(mobile: string, from: Caller = house.nobody, remoteAddress = '192.0.2.1') {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/api/session/code',
    headers: from.cookie ? { cookie: from.cookie } : {},
    payload: { mobile },
    remoteAddress,
  });
  const set = [reply.headers['set-cookie']].flat().map((text) => String(text).split(';')[0]);
  return {
    status: reply.statusCode,
    code: reply.json().code as string | undefined,
    browser: house.holding(set.join('; ')),
  };
}
/** The same from another address. */
const askFrom = (address: string, mobile: string) => ask(mobile, house.nobody, address);

const enter = async (by: Caller, mobile: string, code: string | undefined) => {
  const { status, body } = await by.post('/api/session/citizen', { mobile, code });
  return status === 201 ? 'in' : body.code;
};

const newest = async (mobile: string) => (await codesSent(house, mobile))[0];
const otherThan = (code: string | undefined) => (code === '111111' ? '222222' : '111111');

test('a code is good in the browser that asked for it and in no other', async () => {
  const mobile = '09150000001';
  const { browser } = await ask(mobile);
  const code = await newest(mobile);
  const stranger = (await ask('09150000002')).browser;
  for (const other of [house.nobody, stranger]) {
    expect(await enter(other, mobile, code)).toBe('accounts.wrong_code');
  }
  expect(await enter(browser, mobile, code)).toBe('in');
  expect(await enter(browser, mobile, code)).toBe('accounts.wrong_code');
});

test('a stranger’s newer code and wrong tries leave the owner’s code as it was', async () => {
  const mobile = '09150000003';
  const { browser } = await ask(mobile);
  const code = await newest(mobile);
  wait(0.01);
  const stranger = (await ask(mobile)).browser;
  for (const by of [stranger, house.nobody]) {
    const tried = Array.from({ length: 8 }, () => enter(by, mobile, otherThan(code)));
    expect(new Set(await Promise.all(tried))).toEqual(new Set(['accounts.wrong_code']));
  }
  expect(await enter(browser, mobile, code)).toBe('in');
});

test('five wrong tries end a code, side by side or not', async () => {
  const mobile = '09150000004';
  const { browser } = await ask(mobile);
  const code = await newest(mobile);
  await Promise.all(Array.from({ length: 9 }, () => enter(browser, mobile, otherThan(code))));
  const [row] = await rowsOf(mobile);
  expect(row?.wrong_tries).toBe(5);
  expect(await enter(browser, mobile, code)).toBe('accounts.wrong_code');
});

test('a stranger who uses up the codes of a number closes it to no browser it signed in from', async () => {
  const mobile = '09150000005';
  const owner = await signInByCode(house, mobile);
  wait(25 * 60);
  // Side by side, so that none slips past the count.
  const near = await Promise.all(Array.from({ length: 6 }, () => ask(mobile)));
  expect(near.filter(({ status }) => status === 202)).toHaveLength(3);
  expect(near.find(({ status }) => status === 429)?.code).toBe('accounts.too_many_codes');
  // Whoever is new to the number too, at another address, is not in the way of one stranger.
  expect((await askFrom('192.0.2.9', mobile)).status).toBe(202);
  const far = [];
  for (let at = 0; at < 6; at += 1) far.push(await askFrom(`198.51.100.${at}`, mobile));
  expect(far.filter(({ status }) => status === 202)).toHaveLength(2);
  const again = await ask(mobile, owner);
  expect(again.status).toBe(202);
  wait(0.01);
  expect(await enter(again.browser, mobile, await newest(mobile))).toBe('in');
});

test('strangers of the whole world get fifteen codes a day for a number, so seventy-five guesses', async () => {
  const mobile = '09150000006';
  let sent = 0;
  for (let hour = 0; hour < 23; hour += 1) {
    const asked = await Promise.all(
      Array.from({ length: 3 }, (_, at) => askFrom(`203.0.113.${hour * 3 + at}`, mobile)),
    );
    sent += asked.filter(({ status }) => status === 202).length;
    wait(60);
  }
  expect(sent).toBe(15);
  expect(await rowsOf(mobile)).toHaveLength(15);
  wait(120);
  expect((await askFrom('203.0.113.200', mobile)).status).toBe(202);
});

test('the owner’s own browser is counted too', async () => {
  const mobile = '09150000007';
  const owner = await signInByCode(house, mobile);
  wait(60);
  const asked = await Promise.all(Array.from({ length: 6 }, () => ask(mobile, owner)));
  expect(asked.filter(({ status }) => status === 202)).toHaveLength(3);
  expect((await ask(mobile)).status).toBe(202);
});

const rowsOf = (mobile: string) =>
  house.database.transaction({ province: 4, organisation: '', person: '' }, (tx) =>
    tx
      .selectFrom('sign_in_codes')
      .select(['wrong_tries'])
      .where('province_id', '=', 4)
      .where('mobile', '=', mobile)
      .execute(),
  );
