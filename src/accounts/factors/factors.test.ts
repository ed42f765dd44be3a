import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicUrl, type Reply, type TestHouse, testHouse } from '../../../test/house.ts';
import { softPasskey } from '../../../test/passkey.ts';
import { holding, openStaff, ownPassword } from '../../../test/staff-account.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
});
afterAll(() => house.close());

const signIn = (username: string, password = ownPassword): Promise<Reply> =>
  house.nobody.post('/api/session', { username, password });

/** The app's code now, or so many seconds from now. */
const codeOf = (secret: string, seconds = 0) =>
  generate({ secret, epoch: Math.floor(house.clock.now().getTime() / 1000) + seconds });

const wait = (seconds: number) =>
  house.clock.moveTo(new Date(house.clock.now().getTime() + seconds * 1000));

async function enrol(username: string): Promise<{ secret: string; codes: string[] }> {
  const first = await signIn(username);
  expect(first.body.next).toBe('enrol');
  const half = holding(house, first);
  const begun = await half.post('/api/my/factors/totp', {});
  const { factor, secret, qr } = begun.body;
  expect(qr).toMatch(/^data:image\/svg/);
  const done = await half.post('/api/my/factors/totp/confirm', {
    ...{ factor, code: await codeOf(secret) },
  });
  expect(done.status, JSON.stringify(done.body)).toBe(200);
  const whole = holding(house, done);
  expect((await whole.get('/api/session')).body.account.confinedTo).toBeNull();
  wait(60);
  return { secret, codes: done.body.recoveryCodes };
}

test('a role that signs sets a second factor up before it does anything', async () => {
  await openStaff(house, 'o.yek', 'officer');
  const half = holding(house, await signIn('o.yek'));
  expect((await half.get('/api/session')).body.account).toMatchObject({
    ...{ confinedTo: 'enrol', permissions: [] },
  });
  const refused = await half.get('/api/cases');
  expect([refused.status, refused.body.code]).toEqual([403, 'platform.second_factor_first']);
  const { secret } = await enrol('o.yek');
  // The token of the half session is worth nothing any more.
  const again = holding(house, await signIn('o.yek'));
  expect((await again.get('/api/cases')).body.code).toBe('platform.second_factor_first');
  // Whoever has stolen the password can't add an app of their own.
  expect((await again.post('/api/my/factors/totp', {})).status).toBe(403);
  const code = await codeOf(secret);
  const second = await again.post('/api/session/second', { code });
  expect(second.status, JSON.stringify(second.body)).toBe(200);
  expect((await holding(house, second).get('/api/cases')).status).toBe(200);
  // A code counts once, and the one before it not at all.
  const replay = holding(house, await signIn('o.yek'));
  for (const used of [code, await codeOf(secret, -30)]) {
    const reply = await replay.post('/api/session/second', { code: used });
    expect(reply.body.code).toBe('accounts.wrong_second_factor');
  }
});

test('the demonstration’s cast is exempt, and its sessions say so', async () => {
  await openStaff(house, 'c.yek', 'director', { demonstration: true });
  const reply = await signIn('c.yek');
  expect(reply.body.next).toBeNull();
  const { sessions } = (await holding(house, reply).get('/api/my/sessions')).body;
  expect(sessions).toMatchObject([{ current: true, factors: ['password', 'exempt'] }]);
  const factors = (await holding(house, reply).get('/api/my/factors')).body;
  expect(factors).toMatchObject({ needed: false, exempt: true });
});

test('a recovery code opens once; five wrong codes end the session', async () => {
  await openStaff(house, 'r.yek', 'director');
  const { codes, secret } = await enrol('r.yek');
  expect(new Set(codes).size).toBe(10);
  const [first = ''] = codes;
  const half = holding(house, await signIn('r.yek'));
  expect((await half.post('/api/session/second', { code: first.toLowerCase() })).status).toBe(200);
  const next = holding(house, await signIn('r.yek'));
  const wrong = [first, '000000', '111111', '222222', 'x'];
  for (const code of wrong) {
    expect((await next.post('/api/session/second', { code })).status).toBe(401);
  }
  const ended = await next.post('/api/session/second', { code: await codeOf(secret) });
  expect(ended.body.code).toBe('platform.not_signed_in');
  const kept = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('recovery_codes')
      .innerJoin('sign_in_factors as f', 'f.account_id', 'recovery_codes.account_id')
      .select(['code_mac', 'sealed_secret'])
      .execute(),
  );
  const text = kept.map((row) => [row.code_mac, row.sealed_secret].map(String).join(' ')).join();
  expect([...codes, secret].filter((one) => text.includes(one))).toEqual([]);
});

test('a passkey signs in alone, is asked for its owner, and can’t be replayed or used elsewhere', async () => {
  await openStaff(house, 'k.yek', 'bank', { organisationId: 'MELLAT' });
  const half = holding(house, await signIn('k.yek'));
  const { options } = (await half.post('/api/my/factors/passkey/options', {})).body;
  const passkey = softPasskey(publicUrl);
  const stranger = softPasskey('https://evil.example').create(options);
  const foreign = { name: 'x', response: stranger };
  expect((await half.post('/api/my/factors/passkey', foreign)).body.code).toBe(
    'accounts.passkey_failed',
  );
  const asked = (await half.post('/api/my/factors/passkey/options', {})).body.options;
  const made = { name: 'تلفن', response: passkey.create(asked) };
  const kept = await half.post('/api/my/factors/passkey', made);
  expect(kept.status, JSON.stringify(kept.body)).toBe(200);
  expect(kept.body.recoveryCodes).toHaveLength(10);
  const ask = async () => (await house.nobody.post('/api/session/passkey/options')).body.options;
  const response = passkey.get(await ask());
  const reply = await house.nobody.post('/api/session/passkey', { response });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  const { account } = (await holding(house, reply).get('/api/session')).body;
  expect(account).toMatchObject({ role: 'bank', confinedTo: null });
  const bad = [response, passkey.get(await ask(), false), softPasskey(publicUrl).get(await ask())];
  for (const one of bad) {
    const refused = await house.nobody.post('/api/session/passkey', { response: one });
    expect(refused.body.code).toBe('accounts.passkey_failed');
  }
  // With the password, too, the second factor is asked for.
  expect((await signIn('k.yek')).body.next).toBe('code');
});

test('what one signs in with is changed with the password; the last factor stays', async () => {
  await openStaff(house, 'f.yek', 'admin');
  const { secret } = await enrol('f.yek');
  const half = holding(house, await signIn('f.yek'));
  const code = await codeOf(secret);
  const whole = holding(house, await half.post('/api/session/second', { code }));
  expect((await whole.post('/api/my/factors/totp', {})).body.code).toBe('accounts.password_needed');
  const password = ownPassword;
  const begun = await whole.post('/api/my/factors/totp', { password, name: 'تلفن دوم' });
  wait(60);
  const second = { factor: begun.body.factor, code: await codeOf(begun.body.secret) };
  expect((await whole.post('/api/my/factors/totp/confirm', second)).body.recoveryCodes).toBeNull();
  const [one, two] = (await whole.get('/api/my/factors')).body.factors;
  const remove = (factor: { code: string }) =>
    whole.post(`/api/my/factors/${factor.code}/remove`, { password });
  expect((await remove(one)).body.factors).toHaveLength(1);
  expect((await remove(two)).body.code).toBe('accounts.last_factor');
  const anew = await whole.post('/api/my/recovery-codes', { password });
  expect(anew.body.recoveryCodes).toHaveLength(10);
});

test('one’s sessions are listed and ended, nobody else’s', async () => {
  await openStaff(house, 's.yek', 'counter');
  await openStaff(house, 's.do', 'counter');
  const [here, there, other] = await Promise.all(['s.yek', 's.yek', 's.do'].map(signIn1));
  const listed = async () => (await here?.get('/api/my/sessions'))?.body.sessions;
  expect(await listed()).toHaveLength(2);
  const [foreign] = (await other?.get('/api/my/sessions'))?.body.sessions ?? [];
  expect((await here?.post(`/api/my/sessions/${foreign.code}/end`))?.status).toBe(404);
  const away = (await listed()).find((row: { current: boolean }) => !row.current);
  expect((await here?.post(`/api/my/sessions/${away.code}/end`))?.body.sessions).toHaveLength(1);
  expect((await there?.get('/api/session'))?.body.account).toBeNull();
  const third = await signIn1('s.yek');
  await here?.post('/api/my/sessions/end-others');
  expect((await third.get('/api/session')).body.account).toBeNull();
  expect((await here?.get('/api/session'))?.body.account).not.toBeNull();
});

const signIn1 = async (username: string) => holding(house, await signIn(username));
