import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { expectAccessible, type OpenPage, openPage } from '../browser.ts';
import { type Caller, type TestHouse, testHouse } from '../house.ts';
import { buildPages } from './pages.ts';

let house: TestHouse;
let expert: Caller;
let address: string;

beforeAll(async () => {
  await buildPages();
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT', username: 'walker' });
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`;
});
afterAll(() => house.close());

async function submit(serial: number): Promise<string> {
  const reply = await expert.post('/api/permits', {
    person: {
      nationalId: generateNationalId('275', serial),
      idKind: 'national',
      firstName: 'مریم',
      lastName: `میزکار ${serial}`,
      sex: 'female',
      mobile: '09140000777',
    },
    household: { countyId: '0401', area: 'urban', address: `کوچه میز ${serial}` },
    kind: 'independent',
    occupationId: 'tailoring',
  });
  expect(reply.status).toBe(201);
  return reply.body.code;
}

async function enter(look: Parameters<typeof openPage>[1] = {}): Promise<OpenPage> {
  const open = await openPage(address, look);
  await open.page.request.post('/api/session', {
    data: { username: 'walker', password: 'a password of tests' },
    headers: { origin: address },
  });
  await open.page.goto('/office/queue');
  return open;
}

/** Browsers on a busy machine take their time. */
const patient = { timeout: 30_000 };

const stateOf = async (code: string) => (await expert.get(`/api/cases/${code}`)).body.state;

test('an officer goes through the queue by keyboard, two keys to a signature', async () => {
  await Promise.all([submit(1), submit(2), submit(3)]);
  const [first, second] = (await expert.get('/api/queue')).body.items;
  await using office = await enter();
  const { page } = office;
  const rows = page.getByRole('list', { name: 'صف کار' }).getByRole('listitem');
  await expect.poll(() => rows.count(), patient).toBe(3);
  const current = page.locator('li[aria-current=true]');
  await page.getByRole('heading', { level: 2, name: first.name }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(() => current.textContent(), patient).toContain(second.name);
  await page.keyboard.press('k');
  await page.getByRole('heading', { level: 2, name: first.name }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count(), patient).toBe(2);
  expect(await stateOf(first.code)).toBe('agency_signed');
  // The next one has taken its place.
  await expect.poll(() => current.textContent(), patient).toContain(second.name);
  await page.keyboard.press('c');
  await expect.poll(() => current.textContent(), patient).toContain('در دست شما');
  await expectAccessible(page);
  expect(office.errors).toEqual([]);
  expect(office.foreign).toEqual([]);
});

test('marks several cases and signs them after seeing what will happen', async () => {
  await using office = await enter();
  const { page } = office;
  await page.getByRole('button', { name: /نشان‌کردن .* پرونده/ }).click();
  await page
    .getByRole('button', { name: /^امضای نخست/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'ببینید چه خواهد شد' }).click();
  await expect.poll(() => page.getByText('پذیرفته می‌شود').count(), patient).toBe(2);
  await page.getByRole('button', { name: /امضای نخست .*: ۲ پرونده/ }).click();
  await page.getByText('در این بخش کاری در انتظار شما نیست').waitFor();
  expect((await expert.get('/api/queue')).body.total).toBe(0);
});

test('fits a phone', async () => {
  await submit(4);
  await using office = await enter({ screen: 'phone' });
  const { page } = office;
  await page.getByRole('link', { name: 'مریم میزکار 4' }).waitFor();
  const overflow = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
  expect(await page.evaluate(overflow)).toBe(false);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'مریم میزکار 4' }).click();
  await page.getByRole('heading', { level: 1, name: 'مریم میزکار 4' }).waitFor();
});
