import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { expectAccessible } from '../browser.ts';
import { aProduct, makeMaker } from '../maker.ts';
import { browserOf } from './market-pages.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

const sweets = {
  ...aProduct,
  ...{ title: 'شیرینی زعفرانی', unit: 'جعبه', priceRial: '1420000', onHand: 8 },
  ...{ ingredients: 'آرد برنج، شکر، زعفران', allergens: ['egg'], healthNumber: '57/1' },
};

/** Finds the sweets without an account, though a letter is wrong, and orders three boxes. */
async function orderThree(page: Page): Promise<string> {
  await page.goto('/market');
  await page.getByLabel('چه می‌خواهید؟').fill('شیرنی زعفرانی');
  await page.getByRole('button', { name: 'جست‌وجو' }).click();
  await page.getByRole('link', { name: 'شیرینی زعفرانی' }).first().click();
  await page.getByText('معتبر است').first().waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'سفارش بدهید' }).click();
  await page.getByLabel('تعداد').fill('۳');
  await page.getByLabel('نام گیرنده').fill('سارا خریدار');
  await page.getByLabel('موبایل گیرنده').fill('۰۹۱۲۱۲۳۴۵۶۷');
  await page.getByLabel('نشانی').fill('شیراز، خیابان آزمون، پلاک ۴');
  await page.getByRole('button', { name: 'ثبت سفارش' }).click();
  await page.waitForURL('**/my/orders/*');
  await page.getByText('در انتظار سازنده').first().waitFor();
  await expectAccessible(page);
  return page.url().split('/').at(-1) ?? '';
}

async function press(page: Page, name: string, then: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.getByText(then).first().waitFor();
}

async function sendOneBack(page: Page): Promise<void> {
  await page.reload();
  await press(page, 'رسید', 'رسیده');
  await page.locator('summary', { hasText: 'می‌خواهم پس بدهم' }).click();
  await page.getByLabel('شیرینی زعفرانی: چند تا؟').fill('۱');
  await page.getByLabel('دلیل').fill('یکی از جعبه‌ها شکسته رسید.');
  await page.getByRole('button', { name: 'می‌خواهم پس بدهم' }).click();
  await page.getByText('درخواست پس‌دادن').first().waitFor();
}

test('a buyer in another province orders saffron sweets and returns one', async () => {
  const { house } = story;
  const kitchen = { occupationId: 'sweet-making', agency: 'AGRI', stall: 'شیرینی لیلا' };
  const maker = await makeMaker(house, kitchen);
  const made = await maker.caller.post(`/api/stalls/${maker.stall}/products`, sweets);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  const label = await maker.caller.get(`/api/products/${made.body.code}/label`);
  expect(label.bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const buyer = await house.signIn({ role: 'citizen', provinceId: 7 });
  await using hers = await browserOf(story, buyer);
  await using theirs = await browserOf(story, maker.caller);

  const code = await orderThree(hers.page);
  await theirs.page.goto(`/my/orders/${code}`);
  await press(theirs.page, 'می‌پذیرم', 'در حال آماده‌شدن');
  await press(theirs.page, 'فرستادم', 'فرستاده‌شده');
  await sendOneBack(hers.page);
  await theirs.page.reload();
  await theirs.page.getByLabel('سالم است و دوباره فروخته می‌شود').check();
  await press(theirs.page, 'پس می‌گیرم', 'پس‌داده‌شده');

  const order = (await buyer.get(`/api/orders/${code}`)).body;
  expect(order).toMatchObject({ state: 'returned', goodsRial: '4260000', returnedRial: '1420000' });
  const { products } = (await maker.caller.get(`/api/my-stalls/${maker.stall}`)).body;
  expect(products[0].onHand).toBe(6);
  const { measures } = (await house.nobody.get('/api/figures?province=04')).body;
  expect(measures).toMatchObject({ sales: 1, rial_sold: '4260000', rial_returned: '1420000' });
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
  for (const { foreign, errors } of [hers, theirs]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 240_000);
