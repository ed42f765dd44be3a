import type { InjectOptions } from 'fastify';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type * as passwords from '../src/accounts/password.ts';
import { encodeCode } from '../src/kit/code.ts';
import { toAsciiDigits } from '../src/kit/persian-text.ts';
import { isPublicAddress } from '../src/platform/outgoing.ts';
import { type Caller, type Reply, type TestHouse, testHouse } from './house.ts';
import { declaredEndpoints } from './permissions/every.ts';
import { openStaff, ownPassword } from './staff-account.ts';

// Items of the OWASP Application Security Verification Standard 5.0.0; the table is in SECURITY.md.

const compared: string[] = [];
vi.mock('../src/accounts/password.ts', async (original) => {
  const real = await original<typeof passwords>();
  return {
    ...real,
    matchesSecret: (secret: string, hash: string) => {
      compared.push(hash.slice(0, 10));
      return real.matchesSecret(secret, hash);
    },
  };
});

let house: TestHouse;
let officer: Caller;
beforeAll(async () => {
  house = await testHouse(undefined, true, { publicUrl: 'https://karkhaneh.example' });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

/** The cookies that an answer set, as a browser sends them back. */
const cookieOf = ({ headers }: Reply): string =>
  [headers['set-cookie'] ?? []]
    .flat()
    .map((one) => String(one).split(';', 1)[0])
    .join('; ');

const overTls = (request: InjectOptions) =>
  house.app.inject({
    ...request,
    remoteAddress: '127.0.0.1',
    headers: { 'x-forwarded-proto': 'https', ...request.headers },
  });

test('3.3.1, 3.3.2, 3.3.3, 3.3.4: the cookie is bound to its host, secure, unread by scripts', async () => {
  await openStaff(house, 'a.cookie', 'counter');
  const payload = { username: 'a.cookie', password: ownPassword };
  const reply = await overTls({ method: 'POST', url: '/api/session', payload });
  expect(reply.statusCode).toBe(201);
  const cookies = [reply.headers['set-cookie']].flat().map(String);
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-karkhaneh(?:-device)?=/);
    for (const word of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
      expect(cookie).toContain(word);
    }
    expect(cookie).not.toContain('Domain');
  }
});

test('3.4.1, 3.4.3, 3.4.4, 3.4.5, 3.4.6: headers of every answer', async () => {
  for (const url of ['/', '/api/session', '/nowhere', '/p']) {
    const { headers } = await house.app.inject(url);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("object-src 'none'");
    expect(policy).toContain("base-uri 'none'");
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
    expect(String(headers['strict-transport-security'])).toMatch(/max-age=\d{8}/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
  }
});

test('3.5.1, 3.5.3: a write that another site sends is refused, and no read writes', async () => {
  for (const site of ['cross-site', 'same-site']) {
    const { statusCode } = await house.app.inject({
      ...{ method: 'DELETE', url: '/api/session' },
      headers: { cookie: officer.cookie, 'sec-fetch-site': site },
    });
    expect(statusCode).toBe(403);
  }
  const form = await house.app.inject({
    ...{ method: 'POST', url: '/api/my/sessions/end-others', payload: 'a=b' },
    headers: { cookie: officer.cookie, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(form.statusCode).toBe(415);
  expect((await officer.get('/api/session')).body.account).not.toBeNull();
});

test('1.3.6: no address inside the house is spoken to for anybody', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '169.254.169.254', '::1', 'fd00::1', '0.0.0.0']) {
    expect(isPublicAddress(address), address).toBe(false);
  }
  expect(isPublicAddress('203.0.114.7')).toBe(true);
});

test.each([
  '/api/field-photos/..%2f..%2f..%2fetc%2fpasswd',
  '/assets/..%2f..%2fpackage.json',
  '/assets/%2e%2e/%2e%2e/package.json',
  '/api/documents/..%2f..%2fpassword',
])('5.3.2: %s leads out of no folder', async (url) => {
  const { status, body } = await officer.get(url);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(JSON.stringify(body)).not.toMatch(/karkhaneh"|root:x/);
});

test('5.2.1: no upload and no body is taken that is larger than its route says', async () => {
  const uploads = (await declaredEndpoints()).filter(({ upload }) => upload !== undefined);
  const sizes = uploads.map(({ upload }) => upload?.maxBytes ?? Number.POSITIVE_INFINITY);
  expect(uploads.length).toBeGreaterThan(3);
  const huge = uploads.filter(({ upload }) => (upload?.maxBytes ?? 0) > 50 * 1024 * 1024);
  // A bank's file has the payments of a province.
  expect(huge.map(({ id }) => id)).toEqual(['financing.sendBankFile']);
  const form = new FormData();
  const least = Math.min(...sizes);
  form.append('file', new Blob([new Uint8Array(least + 1)]), 'a.xlsx');
  const smallest = uploads.find(({ upload }) => upload?.maxBytes === least);
  const roles = smallest && 'permission' in smallest.access ? smallest.access : undefined;
  const role = roles?.table[roles.permission]?.[0] ?? 'officer';
  const sender = await house.signIn({ role, organisationId: 'DIRECTORATE' });
  const kept = house.files.kept.size;
  const sent = await sender.upload(smallest?.url ?? '', form);
  expect([sent.status, sent.body.code]).toEqual([413, 'platform.too_large']);
  expect(house.files.kept.size).toBe(kept);
  const body = { username: 'x'.repeat(300 * 1024), password: 'x' };
  expect((await house.nobody.post('/api/session', body)).status).toBe(413);
});

test('6.6.2, 6.5.1: a code of an SMS counts once, and no longer than three minutes', async () => {
  const mobile = '09140000009';
  await house.signIn({ role: 'citizen', username: mobile });
  const code = async () => {
    const asked = await house.nobody.post('/api/session/code', { mobile });
    const { rows } = await house.database.migratorTransaction((tx) =>
      sql<{ text: string }>`select text from sms_outbox where mobile = ${mobile}
        order by id desc limit 1`.execute(tx),
    );
    const digits = toAsciiDigits(rows[0]?.text ?? '').match(/\d{6}/)?.[0] ?? '';
    return { device: house.holding(cookieOf(asked)), digits };
  };
  const enter = ({ device, digits }: Awaited<ReturnType<typeof code>>) =>
    device.post('/api/session/citizen', { mobile, code: digits });
  const first = await code();
  expect((await enter(first)).status).toBe(201);
  expect((await enter(first)).status).toBe(401);
  const late = await code();
  house.clock.moveTo(new Date(house.clock.now().getTime() + 181_000));
  expect((await enter(late)).status).toBe(401);
});

test('6.3.8: an unknown name is compared like a wrong password, and answered alike', async () => {
  const answers = [];
  for (const username of ['a.cookie', 'nobody.at.all']) {
    compared.length = 0;
    const { status, body } = await house.nobody.post('/api/session', { username, password: 'x' });
    answers.push({ status, code: body.code, title: body.title, compared: [...compared] });
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.compared).toEqual(['$argon2id$']);
});

test('6.3.8: who asks for a code is not told who is registered', async () => {
  await house.signIn({ role: 'citizen', username: '09140000001' });
  const known = await house.nobody.post('/api/session/code', { mobile: '09140000001' });
  const unknown = await house.nobody.post('/api/session/code', { mobile: '09140000002' });
  expect(known.status).toBe(unknown.status);
  expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
});

test('8.2.2: another’s row under a code of one’s own making is not found', async () => {
  const { id } = (await officer.get('/api/session')).body.account;
  const other = await house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  for (const code of [encodeCode(4, id), encodeCode(7, id)]) {
    expect((await other.post(`/api/my/sessions/${code}/end`)).status).toBe(404);
    expect((await other.get(`/api/cases/${code}`)).status).toBe(404);
  }
});

test('15.3.3: fields that nobody asked for are refused, the root of objects too', async () => {
  const body = { username: 'a.cookie', password: ownPassword, role: 'admin' };
  expect((await house.nobody.post('/api/session', body)).status).toBe(400);
  const { statusCode } = await house.app.inject({
    ...{ method: 'POST', url: '/api/session' },
    headers: { 'content-type': 'application/json' },
    payload: '{"username":"a","password":"b","__proto__":{"role":"admin"}}',
  });
  expect(statusCode).toBe(400);
});

type Documented = { paths: Record<string, { get?: { operationId: string } }> };

test('14.3.2: no answer of the API is kept by browser or proxy, good or bad', async () => {
  const { body } = await house.nobody.get('/api/openapi.json');
  const reads = Object.entries((body as Documented).paths).filter(([, { get }]) => get);
  expect(reads.length).toBeGreaterThan(80);
  const code = encodeCode(4, crypto.randomUUID());
  const kept: string[] = [];
  let good = 0;
  for (const [path] of reads.filter(([url]) => url.startsWith('/api/'))) {
    const { status, headers } = await officer.get(path.replaceAll(/\{\w+\}/g, code));
    if (status === 200) good += 1;
    if (!/\bno-store\b/.test(String(headers['cache-control']))) kept.push(`${path} ${status}`);
  }
  expect(kept).toEqual([]);
  expect(good).toBeGreaterThan(30);
  const [page, signIn] = [await house.nobody.get('/'), await officer.post('/api/session', {})];
  expect(page.headers['cache-control']).toBe('no-cache');
  expect([signIn.status, signIn.headers['cache-control']]).toEqual([400, 'private, no-store']);
});

test('16.5.1: an answer says what to do next and nothing of the inside', async () => {
  const bad = await house.nobody.post('/api/session', { username: 'a\u0000', password: 'b' });
  expect([bad.status, bad.body.code]).toEqual([400, 'platform.bad_request']);
  expect(JSON.stringify(bad.body)).not.toMatch(/node_modules|\.ts:|postgres|sql/i);
});
