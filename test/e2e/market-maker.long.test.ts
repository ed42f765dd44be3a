import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { expectAccessible } from '../browser.ts';
import { makeHolder } from '../maker.ts';
import { pngBytes } from '../picture-bytes.ts';
import { browserOf } from './market-pages.ts';
import { patient, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

/** Opens a stall, puts a coat into it with a photo as a phone takes it; gives the codes of both. */
async function openStall(page: Page): Promise<{ stall: string; product: string }> {
  await page.goto('/my/stall');
  await page.getByLabel('نام غرفه').fill('دوخت لیلا');
  await page.getByRole('button', { name: 'باز کردن غرفه' }).click();
  await page.getByRole('link', { name: 'کالای تازه' }).click();
  await page.getByLabel('نام کالا').fill('مانتوی کتان');
  await page.getByLabel('قیمت، تومان').fill('۱۲۰۰۰۰۰');
  await page.getByLabel('واحد', { exact: true }).fill('عدد');
  await page.getByLabel('چند تا آماده دارید؟').fill('۵');
  await page.getByRole('button', { name: 'ذخیره' }).click();
  await page.getByRole('button', { name: 'افزودن عکس' }).waitFor(patient);
  const [product = '', stall = ''] = page.url().split('/').reverse();
  await addPhoto(page);
  await expectAccessible(page);
  return { stall, product };
}

/** The photo is made small on the phone, sent with its small copy, looked into, and seen. */
async function addPhoto(page: Page): Promise<void> {
  const picture = { name: 'coat.png', mimeType: 'image/png', buffer: pngBytes(2400, 1800) };
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/product-photos')) sent.push(request.method());
  });
  await page.locator('input[type=file]').setInputFiles(picture);
  const photo = page.getByRole('img', { name: 'عکس ۱' });
  for (let tries = 0; tries < 20 && !(await photo.isVisible()); tries += 1) {
    await page.waitForTimeout(1_000);
    await page.reload();
    await page.getByRole('button', { name: 'افزودن عکس' }).waitFor(patient);
  }
  const width: number = await photo.evaluate(async (image) => {
    const picture = Object(image);
    await picture.decode();
    return picture.naturalWidth;
  });
  expect([sent, width]).toEqual([['POST', 'POST'], 1200]);
}

/** Orders two, refuses to pay at the gateway, then pays. */
async function buyOnline(page: Page, product: string): Promise<string> {
  await page.goto(`/my/buy/${product}`);
  await page.getByLabel('تعداد').fill('۲');
  await page.getByText('جمع: ۲٬۴۰۰٬۰۰۰ تومان').waitFor();
  await page.getByLabel('نام گیرنده').fill('سارا خریدار');
  await page.getByLabel('موبایل گیرنده').fill('۰۹۱۲۱۲۳۴۵۶۷');
  await page.getByLabel('نشانی').fill('شیراز، خیابان آزمون، پلاک ۴');
  await page.getByLabel('پرداخت').selectOption('online');
  await page.getByRole('button', { name: 'ثبت سفارش' }).click();
  await page.waitForURL('**/my/orders/*', patient);
  for (const answer of ['نمی‌پردازم', 'پرداختم']) {
    await page.getByRole('button', { name: 'پرداخت', exact: true }).click(patient);
    await page.getByRole('link', { name: 'رفتن به درگاه پرداخت' }).click(patient);
    await page.getByText('مبلغ: ۲٬۴۰۰٬۰۰۰ تومان').waitFor(patient);
    await expectAccessible(page);
    await page.getByRole('button', { name: answer }).click();
    await page.waitForURL('**/my/orders/*', patient);
  }
  await page.getByText('در انتظار سازنده').first().waitFor(patient);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function press(page: Page, name: string, then: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click(patient);
  await page.getByText(then).first().waitFor(patient);
}

async function complain(page: Page): Promise<void> {
  await page.locator('summary', { hasText: 'ثبت شکایت' }).click();
  const sheet = page.locator('section', { has: page.getByText('شکایت به اداره کل') }).last();
  await sheet.getByLabel('بنویسید').fill('یک دکمه کم داشت.');
  await press(page, 'ثبت شکایت', 'در انتظار پاسخ اداره کل');
}

/** The directorate answers the complaint and pays the maker what is owed. */
async function settle(page: Page): Promise<void> {
  await page.goto('/office/market?tab=complaints');
  await page.getByText('یک دکمه کم داشت.').waitFor(patient);
  await page.getByRole('link', { name: 'دیدن سفارش' }).click();
  await page.getByLabel('پاسخ').fill('سازنده دکمه را فرستاد.');
  await press(page, 'فرستادن پاسخ', 'پاسخ: سازنده دکمه را فرستاد.');
  await page.goto('/office/market?tab=dues');
  await page.getByText('طلب ۲٬۴۰۰٬۰۰۰ تومان').waitFor(patient);
  await page.locator('summary', { hasText: 'پرداخت شد' }).click();
  await page.getByLabel('شمارهٔ پیگیری بانک').fill('۱۲۳');
  await press(page, 'پرداخت شد', 'کسی طلبی ندارد.');
}

test('a maker opens a stall from a phone, a buyer pays online and complains, the directorate settles', async () => {
  const { house } = story;
  const maker = await makeHolder(house);
  const buyer = await house.signIn({ role: 'citizen', provinceId: 7 });
  await using hers = await browserOf(story, maker.caller);
  await using theirs = await browserOf(story, buyer);
  await using office = await story.staff('officer', 'DIRECTORATE', 'کارشناس بازار');

  const { stall, product } = await openStall(hers.page);
  const order = await buyOnline(theirs.page, product);
  await hers.page.goto(`/my/orders/${order}`);
  await press(hers.page, 'می‌پذیرم', 'در حال آماده‌شدن');
  await press(hers.page, 'فرستادم', 'فرستاده‌شده');
  await theirs.page.reload();
  await press(theirs.page, 'رسید', 'رسیده');
  await complain(theirs.page);
  await settle(office.page);

  await hers.page.goto(`/my/stall/${stall}`);
  await hers.page.getByRole('tab', { name: 'صورت‌حساب' }).click();
  await hers.page.getByText('پرداخت به سازنده').waitFor(patient);
  await expectAccessible(hers.page);
  await hers.page.getByLabel('ماه', { exact: true }).selectOption({ index: 1 });
  await hers.page.getByText('در این ماه چیزی جابه‌جا نشده است.').waitFor(patient);
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
  for (const { foreign, errors } of [hers, theirs, office]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 400_000);
