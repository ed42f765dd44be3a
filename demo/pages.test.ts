import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertAccount } from '../src/accounts/index.ts';
import { provinceContext } from '../src/platform/policy.ts';
import { sendSms } from '../src/platform/sms.ts';
import { type TestHouse, testHouse } from '../test/house.ts';
import { messagesTo } from '../test/inbound-sms.ts';
import { CAST_PASSWORD } from './cast.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { toldUrl } from './told-url.ts';

let house: TestHouse;
const browser = { accept: 'text/html' };

beforeAll(async () => {
  house = await testHouse(undefined, true, { publicUrl: 'http://localhost:9090' });
  const { database, clock } = house;
  await database.transaction(provinceContext(PROVINCE_ID), async (tx) => {
    const nobody = { provinceId: PROVINCE_ID, passwordHash: null, personId: null };
    const staff = { role: 'director', organisationId: 'DIRECTORATE', username: 'modir' } as const;
    const citizen = { role: 'citizen', organisationId: null, username: '09140000001' } as const;
    const named = { nameFa: 'نمونه', nameEn: 'Sample', demonstration: true };
    await insertAccount(tx, { ...nobody, ...named, ...citizen }, clock.now());
    await insertAccount(tx, { ...nobody, ...named, ...staff }, clock.now());
    const real = { ...nobody, ...named, ...staff, username: 'real', demonstration: false };
    await insertAccount(tx, real, clock.now());
  });
});
afterAll(() => house.close());

describe('the outbox', () => {
  test('says how to get a message when there is none', async () => {
    const { body } = await house.nobody.get('/demo/outbox', browser);
    expect(body).toContain('هنوز پیامی نیست');
    expect(body).toContain('href="/sign-in"');
  });

  test('shows messages to people and programs, the newest first, as text', async () => {
    for (const [minute, text] of ['first', '<b>second'].entries()) {
      const now = new Date(Date.parse('2022-06-22T08:00:00Z') + minute * 60_000);
      await house.database.transaction(provinceContext(PROVINCE_ID), (tx) =>
        sendSms(tx, { provinceId: PROVINCE_ID, mobile: '09140000001', text, now }),
      );
    }
    const page = (await house.nobody.get('/demo/outbox', browser)).body;
    expect(page).toContain('&lt;b&gt;second');
    expect(page.indexOf('second')).toBeLessThan(page.indexOf('first'));
    expect(page).toContain('۰۹۱۴۰۰۰۰۰۰۱');
    expect(page).not.toMatch(/<script|style=/);
    const english = (await house.nobody.get('/demo/outbox?lang=en', browser)).body;
    expect(english).toContain('09140000001');
    const list = (await house.nobody.get('/demo/outbox?format=json')).body;
    expect(list.messages.map(({ text }: { text: string }) => text)).toEqual(['<b>second', 'first']);
    expect((await house.nobody.get('/demo/outbox', { accept: 'application/json' })).status).toBe(
      200,
    );
  });
});

describe('an answer as a phone', () => {
  const post = (fields: Record<string, string>, more: Record<string, string> = {}) =>
    house.app.inject({
      ...{ method: 'POST', url: '/demo/outbox', payload: new URLSearchParams(fields).toString() },
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...more },
    });
  const mobile = '09140000009';

  test('goes in as a provider’s message would, and the page shows what comes of it', async () => {
    const said = await post({ from: '+98 914 000 0009', text: 'سلام', lang: 'en' });
    expect(said.statusCode).toBe(303);
    expect(said.headers.location).toBe(`/demo/outbox?from=${mobile}&end=sent&lang=en#answer`);
    expect(await messagesTo(house, mobile)).toEqual([expect.stringContaining('خوانده نشد')]);
    const page = (await house.nobody.get('/demo/outbox?end=sent&from=09140000009', browser)).body;
    expect(page).toContain('<form class="stack" id="answer" action="/demo/outbox"');
    expect(page).toContain(`value="${mobile}"`);
    expect(page).toContain('پیامک فرستاده شد');
    expect(page).toContain(`href="/demo/outbox?from=${mobile}#answer"`);
    expect(page).not.toMatch(/<script|style=/);
  });

  test('is of a mobile, from this site, and of no more than a message has', async () => {
    expect((await post({ from: '123', text: '1' })).headers.location).toContain('end=no_mobile');
    const long = await post({ from: mobile, text: '1'.repeat(2001) });
    expect(long.headers.location).toContain('end=refused');
    expect((await post({ from: mobile, text: '1'.repeat(9000) })).statusCode).toBe(413);
    const foreign = { 'sec-fetch-site': 'cross-site' };
    expect((await post({ from: mobile, text: '1' }, foreign)).statusCode).toBe(403);
    const wrong = '/demo/outbox?from="><b>&end=nothing';
    expect((await house.nobody.get(encodeURI(wrong), browser)).body).not.toContain('"><b>');
  });
});

test('messages of the story name the address at which the house is served', async () => {
  const [provinceId, mobile] = [PROVINCE_ID, '09140000001'];
  const text = `ببینید: ${toldUrl}/my/work و ${toldUrl}/my/covers/x`;
  await house.database.transaction(provinceContext(PROVINCE_ID), (tx) =>
    sendSms(tx, { provinceId, mobile, text, now: new Date('2022-06-22T09:00:00Z') }),
  );
  const [newest] = (await house.nobody.get('/demo/outbox?format=json')).body.messages;
  const here = 'http://localhost:9090';
  expect(newest.text).toBe(`ببینید: ${here}/my/work و ${here}/my/covers/x`);
  expect((await house.nobody.get('/demo/outbox', browser)).body).not.toContain(toldUrl);
});

test('the cast has passwords for staff and mobiles for applicants, and no real account', async () => {
  const { body } = await house.nobody.get('/api/demo/cast');
  expect(body.members).toHaveLength(2);
  expect(body.members[0]).toMatchObject({
    role: 'director',
    username: 'modir',
    password: CAST_PASSWORD,
    mobile: null,
    organisation: { fa: expect.stringContaining('اداره کل') },
    about: { en: expect.any(String) },
  });
  expect(body.members[1]).toMatchObject({
    role: 'citizen',
    password: null,
    mobile: '09140000001',
    organisation: null,
    about: { fa: expect.stringContaining('خریدار') },
  });
});

test('no other house has these pages', async () => {
  const real = await testHouse(undefined, false);
  expect((await real.nobody.get('/demo/outbox')).status).toBe(404);
  expect((await real.nobody.post('/demo/outbox')).status).toBe(404);
  expect((await real.nobody.get('/api/demo/cast')).status).toBe(404);
  await real.close();
});
