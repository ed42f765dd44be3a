import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { expectAccessible } from '../browser.ts';
import { aProduct, type Maker, makeMaker } from '../maker.ts';
import { browserOf } from './market-pages.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

/** From the page of a product a shop asks all tailors of the province for sixty. */
async function askForSixty(page: Page, product: string): Promise<string> {
  await page.goto(`/market/products/${product}`);
  await page.getByRole('link', { name: 'از چند سازنده' }).click();
  await page.waitForURL('**/my/ask/*');
  await page.getByLabel('چه می‌خواهید؟').fill('پیش‌بند کار');
  await page.getByLabel('چند تا؟').fill('۶۰');
  await page.getByLabel('هر کدام دست‌بالا چند تومان؟').fill('۱۲۰۰۰۰');
  await page.getByLabel('تا چه روزی پیشنهاد بدهند؟').fill('۱۴۰۱/۰۴/۱۰');
  await page.getByLabel('تا چه روزی لازم دارید؟').fill('۱۴۰۱/۰۵/۲۰');
  await page.getByLabel('نام گیرنده').fill('فروشگاه آزمون');
  await page.getByLabel('موبایل گیرنده').fill('۰۹۱۲۱۲۳۴۵۶۷');
  await page.getByLabel('نشانی').fill('شیراز، خیابان آزمون، پلاک ۹');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'فرستادن برای سازندگان' }).click();
  await page.waitForURL('**/my/requests/*');
  await page.getByText('در انتظار پیشنهاد').first().waitFor();
  return page.url().split('/').at(-1) ?? '';
}

/** The first tailor pledges on her phone; the buyer's name and address are not hers to see yet. */
async function pledgeByHand(page: Page): Promise<void> {
  await page.goto('/my/fill');
  await page.getByText('پیش‌بند کار').first().waitFor();
  expect(await page.locator('main').textContent()).not.toContain('فروشگاه آزمون');
  await page.locator('summary', { hasText: 'پیشنهاد بدهید' }).click();
  await page.getByLabel('چند تا می‌دهید؟').fill('۲۵');
  await page.getByLabel('هر کدام چند تومان؟').fill('۱۱۰۰۰۰');
  await page.getByLabel('تا چه روزی آماده است؟').fill('۱۴۰۱/۰۵/۱۰');
  await page.getByRole('button', { name: 'پیشنهاد بدهید' }).click();
  await page.getByText('برجاست').first().waitFor();
  await expectAccessible(page);
}

/** The buyer takes all of the first, and parts of two others: sixty together. */
async function acceptSixty(page: Page): Promise<void> {
  await page.reload();
  for (const [nth, part] of ['۲۵', '۲۰', '۱۵'].entries()) {
    await page.getByLabel('از این چند تا؟').nth(nth).fill(part);
  }
  await expectAccessible(page);
  await page.getByRole('button', { name: 'پذیرفتن و سفارش' }).click();
  await page.getByText('دیدن سفارش').nth(2).waitFor();
}

async function deliver(maker: Maker, order: string, buyer: Maker['caller']): Promise<void> {
  for (const verb of ['accept', 'send'] as const) {
    expect((await maker.caller.post(`/api/orders/${order}/${verb}`)).status, verb).toBe(200);
  }
  expect((await buyer.post(`/api/orders/${order}/deliver`)).status).toBe(200);
}

test('three tailors fill what one shop asked for, each with an order of its own', async () => {
  const { house } = story;
  const tailors = [];
  for (const stall of ['دوخت لیلا', 'دوخت مریم', 'دوخت زهرا']) {
    tailors.push(await makeMaker(house, { stall }));
  }
  const [first, second, third] = tailors as [Maker, Maker, Maker];
  const made = await first.caller.post(`/api/stalls/${first.stall}/products`, aProduct);
  const shop = await house.signIn({ role: 'citizen', provinceId: 7 });
  await using hers = await browserOf(story, shop);
  await using theirs = await browserOf(story, first.caller);

  const request = await askForSixty(hers.page, made.body.code);
  await pledgeByHand(theirs.page);
  for (const [maker, quantity, eachRial] of [
    [second, 20, '1150000'],
    [third, 30, '1180000'],
  ] as const) {
    const body = { stall: maker.stall, quantity, eachRial, readyOn: '2022-08-05' };
    const reply = await maker.caller.post(`/api/requests/${request}/pledges`, body);
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  }
  await acceptSixty(hers.page);

  const { body } = await shop.get(`/api/requests/${request}`);
  expect(body).toMatchObject({ state: 'filled', quantity: 60, ordered: 60 });
  const orders = body.pledges.map(({ order }: { order: string }) => order);
  expect(new Set(orders).size).toBe(3);
  await theirs.page.goto(`/my/orders/${orders[0]}`);
  await theirs.page.getByText('فروشگاه آزمون').first().waitFor();
  for (const [nth, maker] of tailors.entries()) await deliver(maker, orders[nth], shop);

  const { measures } = (await house.nobody.get('/api/figures?province=04')).body;
  const sold = 25 * 1_100_000 + 20 * 1_150_000 + 15 * 1_180_000;
  expect(measures).toMatchObject({ sales: 3, rial_sold: String(sold) });
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
  for (const { foreign, errors } of [hers, theirs]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 240_000);
