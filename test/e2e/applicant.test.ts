import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobHandlers } from '../../src/app.ts';
import { generateNationalId } from '../../src/kit/identifiers.ts';
import { startWorker } from '../../src/platform/jobs.ts';
import { outboxSms } from '../../src/platform/sms.ts';
import { silentLog } from '../../src/platform/telemetry.ts';
import { expectAccessible, openPage } from '../browser.ts';
import { publicUrl, type TestHouse, testHouse } from '../house.ts';
import { pngBytes } from '../picture-bytes.ts';
import { buildPages } from './pages.ts';

const mobile = '09145550011';
let house: TestHouse;
let worker: Awaited<ReturnType<typeof startWorker>>;
let address: string;

beforeAll(async () => {
  await buildPages();
  house = await testHouse();
  const handlers = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
  const { clock } = house;
  worker = await startWorker(house.database, handlers, { clock, log: silentLog, schedule: [] });
  await house.app.listen({ port: 0, host: '127.0.0.1' });
  address = `http://127.0.0.1:${(house.app.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});

async function codeSent(): Promise<string> {
  const province = { province: 4, organisation: '', person: '' } as const;
  const [row] = await house.database.transaction(province, (tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', mobile).execute(),
  );
  return (/\d{6}/.exec(row?.text ?? '') ?? [''])[0];
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/sign-in?next=/my/who');
  await page.locator('label', { hasText: 'متقاضیان' }).click();
  await page.getByLabel(/تلفن همراه/).fill(mobile);
  await page.locator('form:visible button[type=submit]').click();
  const code = page.getByLabel(/کد/).first();
  await code.waitFor();
  await code.fill(await codeSent());
  await page.locator('form:visible button[type=submit]').click();
  await page.waitForURL('**/my/who');
}

async function sayWho(page: Page): Promise<void> {
  await page.getByLabel('کد ملی').fill(generateNationalId('276', 4321));
  await page.getByLabel('نام', { exact: true }).fill('لیلا');
  await page.getByLabel('نام خانوادگی').fill('دوزنده');
  await page.getByLabel('تاریخ تولد').fill('۱۳۶۹/۰۲/۱۱');
  await page.getByRole('radio', { name: 'زن' }).check();
  await page.getByRole('button', { name: 'ثبت و ادامه' }).click();
  await page.waitForURL('**/my');
}

async function findTailoring(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'درخواست تازه' }).click();
  await page.getByLabel('با زبان خودتان بنویسید').fill('لباس میدوزم');
  await page.getByRole('button', { name: 'پیدا کن' }).click();
  await page.getByRole('button', { name: 'همین است: خیاطی', exact: true }).click();
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  await page.waitForURL('**/my/apply/*');
}

async function fillIn(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'محل کار' }).click();
  await page.getByLabel('شهرستان').selectOption({ label: 'ارومیه' });
  await page.getByRole('radio', { name: 'شهر', exact: true }).check();
  await page.getByLabel('نشانی').fill('کوچه دوم، پلاک ۴');
  // A phone that ran out of battery loses nothing that was typed.
  await page.reload();
  expect(await page.getByLabel('نشانی').inputValue()).toBe('کوچه دوم، پلاک ۴');
  await page.getByRole('button', { name: 'ثبت و ادامه' }).click();
  await page.waitForURL('**/work');
  await page.getByRole('radio', { name: 'بله' }).first().waitFor();
  for (const yes of await page.getByRole('radio', { name: 'بله' }).all()) await yes.check();
  await page.getByRole('button', { name: 'ثبت و ادامه' }).click();
  await page.waitForURL('**/documents');
}

async function sendDocuments(page: Page): Promise<void> {
  const places = page.locator('input[type=file]');
  const count = await places.count();
  expect(count).toBe(6);
  for (let at = 0; at < count; at += 1) {
    const photo = { name: 'photo.png', mimeType: 'image/png', buffer: pngBytes(60, 40) };
    await places.nth(at).setInputFiles(photo);
    await expect
      .poll(() => page.getByText('رسید', { exact: true }).count(), { timeout: 30_000 })
      .toBe(at + 1);
    await expect.poll(() => places.count(), { timeout: 30_000 }).toBe(count);
  }
}

test('an independent tailor applies on a phone and sees where it is', async () => {
  await using phone = await openPage(address, { screen: 'phone' });
  const { page } = phone;
  await signIn(page);
  await sayWho(page);
  await findTailoring(page);
  await fillIn(page);
  await sendDocuments(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'ثبت و ادامه' }).click();
  await page.waitForURL('**/check');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'فرستادن درخواست' }).click();
  await page.waitForURL('**/my/cases/*');
  await page.getByRole('heading', { name: 'پرونده کجاست' }).waitFor();
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  expect(phone.foreign).toEqual([]);
  // The sign-in page asks for the cast, which only the demonstration has.
  expect(phone.errors.filter((error) => !error.includes('404'))).toEqual([]);
}, 240_000);
