import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askToken, callerWith, openBankClient } from '../../test/bank-client.ts';
import { certificates } from '../../test/certificates.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { certificateOf } from '../platform/client-token.ts';

let house: TestHouse;
let admin: Caller;
beforeAll(async () => {
  house = await testHouse();
  admin = await house.signIn({ role: 'admin', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

const client = { bankId: 'MELLAT', name: 'ملت، سامانه تسهیلات', scopes: ['referrals.read'] };
const grant = { grant_type: 'client_credentials' };
const list = '/api/bank/v1/referrals';

test('the administrator makes a client, is told its secret once, and ends it', async () => {
  const made = await admin.post('/api/bank-clients', client);
  expect(made.status).toBe(201);
  const { clientId, secret } = made.body;
  const listed = await admin.get('/api/bank-clients');
  expect(listed.body.clients[0]).toMatchObject({ clientId, name: client.name, revokedAt: null });
  const kept = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('bank_clients').selectAll().execute(),
  );
  const operations = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('operations').select('answer').execute(),
  );
  expect(JSON.stringify([listed.body, kept, operations])).not.toContain(secret);
  const { token_type, expires_in, scope, access_token } = (await askToken(house, clientId, secret))
    .body;
  expect({ token_type, expires_in, scope }).toEqual({
    ...{ token_type: 'Bearer', expires_in: 900, scope: 'referrals.read' },
  });
  expect((await callerWith(house, access_token).get(list)).status).toBe(200);
  expect((await admin.post(`/api/bank-clients/${clientId}/revoke`)).status).toBe(200);
  // The token it still holds is worth nothing either.
  expect((await callerWith(house, access_token).get(list)).status).toBe(401);
  expect((await askToken(house, clientId, secret)).body).toEqual({ error: 'invalid_client' });
});

test('nobody else makes clients, and only of banks', async () => {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  for (const caller of [director, bank]) {
    expect((await caller.post('/api/bank-clients', client)).status).toBe(403);
    expect((await caller.get('/api/bank-clients')).status).toBe(403);
  }
  const agency = await admin.post('/api/bank-clients', { ...client, bankId: 'SMT' });
  expect(agency.body.code).toBe('accounts.unknown_bank');
  const elsewhere = await openBankClient(house, { bankId: 'MELLAT', provinceId: 7 });
  const revoked = await admin.post(`/api/bank-clients/${elsewhere.clientId}/revoke`);
  expect(revoked.status).toBe(404);
});

describe('the door for tokens answers as RFC 6749 says', () => {
  let id: string;
  let secret: string;
  beforeAll(async () => {
    ({ clientId: id, secret } = await openBankClient(house, {
      bankId: 'MELLAT',
      scopes: ['referrals.read', 'plans.write'],
    }));
  });

  test('to a client in a header or in the form, and keeps the answer from caches', async () => {
    const basic = await askToken(house, id, secret, { ...grant, scope: 'referrals.read' });
    expect(basic.headers['cache-control']).toBe('no-store');
    expect(basic.body.scope).toBe('referrals.read');
    const form = { ...grant, client_id: id, client_secret: secret };
    const inForm = await postForm(new URLSearchParams(form).toString());
    expect(inForm.json().access_token).toMatch(/^04\./);
  });

  test.each([
    ['a wrong secret', () => askToken(house, id, 'wrong'), 401, 'invalid_client'],
    ['an unknown client', () => askToken(house, 'nobody', secret), 401, 'invalid_client'],
    [
      'another grant',
      () => askToken(house, id, secret, { grant_type: 'password' }),
      400,
      'unsupported_grant_type',
    ],
    ['no grant', () => askToken(house, id, secret, {}), 400, 'invalid_request'],
    [
      'a scope it was not given',
      () => askToken(house, id, secret, { ...grant, scope: 'payments.write' }),
      400,
      'invalid_scope',
    ],
    [
      'two ways of showing itself',
      () => askToken(house, id, secret, { ...grant, client_secret: secret }),
      400,
      'invalid_request',
    ],
  ])('to %s', async (_name, ask, status, error) => {
    const reply = await ask();
    expect([reply.status, reply.body]).toEqual([status, { error }]);
    expect(reply.headers['content-type']).toContain('application/json');
    expect(reply.headers['cache-control']).toBe('no-store');
    if (status === 401) expect(reply.headers['www-authenticate']).toMatch(/^Basic/);
  });

  test('to a field given twice, and to what is no form', async () => {
    const twice = await postForm('grant_type=client_credentials&grant_type=password');
    expect([twice.statusCode, twice.json()]).toEqual([400, { error: 'invalid_request' }]);
    const json = await house.app.inject({ method: 'POST', url: '/oauth/token', payload: grant });
    expect([json.statusCode, json.json()]).toEqual([400, { error: 'invalid_request' }]);
  });

  const postForm = (payload: string) =>
    house.app.inject({
      ...{ method: 'POST', url: '/oauth/token', payload },
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });

  test('a form opens no other door', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = 'username=a&password=b';
    const reply = await house.app.inject({ method: 'POST', url: '/api/session', headers, payload });
    expect(reply.statusCode).toBe(415);
  });
});

test('a token opens the banks’ doors for a quarter of an hour, and no person’s', async () => {
  const mellat = await openBankClient(house, { bankId: 'MELLAT' });
  expect((await mellat.get(list)).status).toBe(200);
  expect((await mellat.get('/api/cases')).status).toBe(401);
  const person = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  const withCookie = await person.get(list);
  expect(withCookie.status).toBe(401);
  expect(withCookie.headers['www-authenticate']).toBe('Bearer');
  const wrong = await callerWith(house, `04.${'A'.repeat(43)}`).get(list);
  expect(wrong.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  const before = house.clock.now();
  house.clock.moveTo(new Date(before.getTime() + 15 * 60_000));
  expect((await mellat.get(list)).status).toBe(401);
  house.clock.moveTo(before);
});

describe('a client with a certificate', () => {
  test('the thumbprint is taken from a proxy of this machine only, where one is configured', () => {
    const headers = { 'x-client-cert': certificates.mine };
    const from = (remoteAddress: string) => ({ headers, socket: { remoteAddress } as never });
    expect(certificateOf(from('127.0.0.1'), 'X-Client-Cert')).toMatch(/^[\w-]{43}$/);
    expect(certificateOf(from('127.0.0.1'), undefined)).toBeUndefined();
    expect(certificateOf(from('203.0.113.9'), 'X-Client-Cert')).toBeUndefined();
    const der = Buffer.from('no certificate').toString('base64');
    const other = { headers: { 'x-client-cert': `:${der}:` }, socket: { remoteAddress: '::1' } };
    expect(certificateOf(other as never, 'X-Client-Cert')).toBeUndefined();
  });

  test('12.1.3: gets no token without it, and its token is worth nothing without it', async () => {
    const bound = await testHouse(undefined, true, { certificateHeader: 'X-Client-Cert' });
    try {
      const mine = { 'x-client-cert': certificates.mine };
      const request = { headers: mine, socket: { remoteAddress: '127.0.0.1' } };
      const certificate = certificateOf(request as never, 'X-Client-Cert');
      const office = await bound.signIn({ role: 'admin', organisationId: 'DIRECTORATE' });
      const made = (await office.post('/api/bank-clients', { ...client, certificate })).body;
      const ask = (headers: Record<string, string>) =>
        askToken(bound, made.clientId, made.secret, grant, headers);
      expect((await ask({})).status).toBe(401);
      expect((await ask({ 'x-client-cert': certificates.other })).status).toBe(401);
      const token = (await ask(mine)).body.access_token;
      expect((await callerWith(bound, token, mine).get(list)).status).toBe(200);
      expect((await callerWith(bound, token).get(list)).status).toBe(401);
    } finally {
      await bound.close();
    }
  });
});
