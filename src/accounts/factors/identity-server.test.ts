import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, publicUrl, type TestHouse, testHouse } from '../../../test/house.ts';
import {
  client,
  type IdentityProvider,
  startIdentityProvider,
  walkThrough,
} from '../../../test/identity-provider.ts';
import { holding, openStaff } from '../../../test/staff-account.ts';
import { readConfig } from '../../platform/config.ts';
import { openIdentityServer } from '../../platform/identity-server.ts';
import { provinceContext } from '../../platform/policy.ts';
import { setExternalName } from '../staff/queries.ts';

const back = `${publicUrl}/sign-in/back`;
let provider: IdentityProvider;
let house: TestHouse;
beforeAll(async () => {
  provider = await startIdentityProvider(back);
  const identityServer = openIdentityServer({
    identityServer: { ...client, issuer: provider.issuer, name: 'Ministry' },
  });
  house = await testHouse(new Date().toISOString(), true, { identityServer });
});
afterAll(async () => {
  await house.close();
  await provider.close();
});

/** Leaves for the provider as somebody. @returns what the browser comes back with */
async function leave(subject: string, amr: string[]): Promise<{ browser: Caller; query: string }> {
  provider.next = { subject, amr };
  const left = await house.nobody.post('/api/session/oidc');
  expect(left.status, JSON.stringify(left.body)).toBe(200);
  const { search } = await walkThrough(left.body.url, back);
  return { browser: holding(house, left), query: search };
}

const comeBack = ({ browser, query }: Awaited<ReturnType<typeof leave>>) =>
  browser.post('/api/session/oidc/back', { query });

async function known(username: string, subject: string): Promise<void> {
  const id = await openStaff(house, username, 'officer');
  await house.database.transaction(provinceContext(4), (tx) => setExternalName(tx, 4, id, subject));
}

test('whom a real identity server vouches for is signed in, as far as it vouches', async () => {
  expect((await house.nobody.get('/api/session/servers')).body.identityServer).toBe('Ministry');
  await known('v.yek', 'ministry-1');
  const strong = await comeBack(await leave('ministry-1', ['pwd', 'otp']));
  expect(strong.status, JSON.stringify(strong.body)).toBe(201);
  expect(strong.body.next).toBeNull();
  const { account } = (await holding(house, strong).get('/api/session')).body;
  expect(account).toMatchObject({ role: 'officer', confinedTo: null });
  // The password alone is no more there than it is here.
  expect((await comeBack(await leave('ministry-1', ['pwd']))).body.next).toBe('enrol');
  const unknown = await comeBack(await leave('ministry-2', ['otp']));
  expect([unknown.status, unknown.body.code]).toEqual([401, 'accounts.unknown_to_us']);
});

test('10.5.1: an answer counts in the browser that asked for it, unchanged, and once', async () => {
  await known('v.do', 'ministry-3');
  const mine = await leave('ministry-3', ['otp']);
  const other = await leave('ministry-3', ['otp']);
  const refused = [
    { ...mine, browser: other.browser },
    { ...mine, browser: house.nobody },
    { ...mine, query: mine.query.replace(/code=[^&]+/, 'code=made-up') },
    { ...mine, query: mine.query.replace(/state=[^&]+/, 'state=made-up') },
    { ...mine, query: '?error=access_denied' },
  ];
  for (const one of refused) {
    expect((await comeBack(one)).body.code).toBe('accounts.identity_server_failed');
  }
  expect((await comeBack(other)).status).toBe(201);
  expect((await comeBack(other)).body.code).toBe('accounts.identity_server_failed');
});

test('12.2.1: an identity server is spoken to over TLS, but on this machine', () => {
  const rest = { OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' };
  expect(() => readConfig({ ...rest, OIDC_ISSUER: 'http://id.example' })).toThrow('https');
  const read = readConfig({ ...rest, OIDC_ISSUER: 'https://id.example' }).identityServer;
  expect(read).toMatchObject({ issuer: 'https://id.example', name: 'id.example' });
  expect(() => readConfig({ OIDC_ISSUER: 'https://id.example' })).toThrow('OIDC_CLIENT_ID');
});
