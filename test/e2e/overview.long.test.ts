import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

/** What the province published, as the page writes it. */
const published = [
  { name: 'مجوزهای صادرشده', number: '۲٬۳۴۰' },
  { name: 'طرح‌های معرفی‌شده به بانک', number: '۱٬۲۰۳' },
  { name: 'طرح‌های تسهیلات‌گرفته', number: '۸۵۳' },
  { name: 'شغل‌های ثبت‌شده', number: '۲٬۲۴۰' },
] as const;

const headline = (page: Page, name: string) =>
  page.locator('main li').filter({ hasText: name }).getByRole('link').first();

async function openOverview(page: Page): Promise<void> {
  await signIn(page, 'modir');
  await page.goto('/office');
  await headline(page, published[0].name).waitFor();
}

/** Waits until the number over a name is this one. */
async function expectNumber(page: Page, name: string, number: string): Promise<void> {
  await headline(page, name)
    .and(page.getByText(number, { exact: true }))
    .waitFor();
}

/** The list says how long it is, and that it is the number it was opened from. */
async function expectListOf(page: Page, number: string): Promise<void> {
  await page.getByText(`این عدد از همین فهرست به دست آمده است: ${number} ردیف.`).waitFor();
}

test('the director signs in in Persian and sees the published numbers', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await page.goto('/office/cases');
  await page.getByLabel('نام کاربری').fill('modir');
  await page.getByLabel('گذرواژه').fill(CAST_PASSWORD);
  await page.getByRole('button', { name: 'ورود', exact: true }).click();
  await page.getByRole('heading', { name: 'پرونده‌ها' }).waitFor();
  await page.getByRole('link', { name: 'نمای استان' }).click();
  await page.getByRole('heading', { name: 'مشاغل خانگی آذربایجان غربی' }).waitFor();
  for (const { name, number } of published) {
    await expectNumber(page, name, number);
  }
  expect(await headline(page, 'تسهیلات پرداخت‌شده').textContent()).toContain('۴۰٫۹۱');
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
  expectQuiet(open);
});

test('a number opens the list of exactly that many', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  for (const { name, number } of published) {
    await headline(page, name).click();
    await page.getByRole('heading', { name, exact: true }).waitFor();
    await expectListOf(page, number);
    await page.getByText(`۱۰۰ از ${number}`).waitFor();
    await page.getByRole('link', { name: 'بازگشت به نمای استان' }).click();
    await expectNumber(page, name, number);
  }
  expectQuiet(open);
});

const figure = (page: Page, title: string) =>
  page.getByRole('region', { name: title, exact: true });
const asTable = (page: Page, title: string) =>
  figure(page, title).getByText('جدول', { exact: true }).click();

test("an agency's number opens its list, and its name its own page", async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  await asTable(page, 'دستگاه‌های اجرایی');
  const row = figure(page, 'دستگاه‌های اجرایی').getByRole('row', { name: 'صنعت، معدن و تجارت' });
  await row.getByRole('link', { name: '۴۷۷' }).click();
  await expectListOf(page, '۴۷۷');
  expect(new URL(page.url()).searchParams.get('agency')).toBe('SMT');
  await page.goBack();
  await figure(page, 'دستگاه‌های اجرایی').getByRole('link', { name: 'جهاد کشاورزی' }).click();
  await expectNumber(page, 'طرح‌های تسهیلات‌گرفته', '۱۲۷');
  await page.getByRole('link', { name: 'برداشتن جهاد کشاورزی' }).click();
  await expectNumber(page, 'طرح‌های تسهیلات‌گرفته', '۸۵۳');
  expectQuiet(open);
});

test("a month's number opens a list with as many rows, each a case", async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  await asTable(page, 'ماه به ماه');
  const row = figure(page, 'ماه به ماه').getByRole('row', { name: 'اسفند ۱۴۰۰' });
  await row.getByRole('link', { name: '۸۸', exact: true }).click();
  await expectListOf(page, '۸۸');
  expect(await page.locator('tbody tr').count()).toBe(88);
  expect(await page.locator('tbody a[href^="/office/cases/04"]').count()).toBe(88);
  expectQuiet(open);
});

test('a chart is a table too, with the whole as its last row', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  const months = figure(page, 'ماه به ماه');
  await months.locator('canvas').waitFor();
  expect(await months.getByRole('img').getAttribute('aria-label')).toContain('اسفند ۱۴۰۰: ۸۸');
  await asTable(page, 'ماه به ماه');
  expect(await months.locator('tbody tr').count()).toBe(15);
  const total = await months.locator('tfoot').textContent();
  for (const { number } of published) expect(total).toContain(number);
  await months.getByText('نمودار', { exact: true }).click();
  await months.locator('canvas').waitFor();
  expectQuiet(open);
});

test('another period changes the numbers and the address', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  await page.getByRole('spinbutton', { name: /^سال, تا تاریخ/ }).click();
  await page.keyboard.type('14001229');
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.search === '?from=1400-01-01&to=1400-12-29');
  await expectNumber(page, 'مجوزهای صادرشده', '۱٬۷۸۸');
  await headline(page, 'طرح‌های تسهیلات‌گرفته').click();
  await expectListOf(page, '۶۵۶');
  await page.goBack();
  await page.getByRole('link', { name: 'همهٔ دورهٔ ثبت‌شده' }).click();
  await page.waitForURL((url) => url.search === '?from=1400-01-01&to=1401-03-31');
  await expectNumber(page, 'مجوزهای صادرشده', '۲٬۳۴۰');
  expectQuiet(open);
});

test('by what became of its permits, a period counts otherwise', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openOverview(page);
  await page.getByRole('link', { name: 'سرگذشت مجوزهای بازه' }).click();
  await page.waitForURL((url) => url.searchParams.get('view') === 'cohort');
  await page
    .getByText('هر عدد می‌گوید بر سر مجوزهای صادرشده در بازه تا امروز چه آمده است.')
    .waitFor();
  expectQuiet(open);
});
