import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CAST_PASSWORD } from '../../demo/cast.ts';
import { toPersianDigits } from '../../src/kit/persian-text.ts';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

type Line = { code: string; name: string; nationalId: string; permitNumber: string | null };

async function ask(page: Page, query: string): Promise<{ total: number; items: Line[] }> {
  const answer = await page.request.get(`/api/cases?${query}`);
  expect(answer.status()).toBe(200);
  return (await answer.json()) as { total: number; items: Line[] };
}

const rows = (page: Page) => page.locator('[data-row-link]');
const search = (page: Page) => page.getByRole('searchbox', { name: 'جستجو' });

async function openCases(page: Page): Promise<void> {
  await signIn(page, 'modir');
  await page.goto('/office/cases');
  await rows(page).first().waitFor();
}

/** The case of somebody with both letters that an Arabic keyboard writes otherwise, and with a permit. */
async function somebody(page: Page): Promise<Line & { permitNumber: string }> {
  const { items } = await ask(page, 'state=issued&limit=200');
  const found = items.find(({ name }) => name.includes('ی') && name.includes('ک'));
  if (!found?.permitNumber) throw new Error('nobody has both letters');
  return { ...found, permitNumber: found.permitNumber };
}

test('a case is found by name in Arabic letters, by national ID and by permit number', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCases(page);
  const { name, nationalId, permitNumber, code } = await somebody(page);
  const arabic = name.replaceAll('ی', 'ي').replaceAll('ک', 'ك');
  const ways = [
    { typed: arabic, total: (await ask(page, `q=${encodeURIComponent(name)}`)).total },
    { typed: toPersianDigits(nationalId), total: (await ask(page, `q=${nationalId}`)).total },
    { typed: permitNumber, total: 1 },
  ];
  for (const { typed, total } of ways) {
    await search(page).fill(typed);
    await page.waitForURL((url) => url.searchParams.get('q') === typed);
    const said = `${toPersianDigits(String(total))} پرونده`;
    await page.getByRole('status').filter({ hasText: said }).waitFor();
    await page.locator(`a[href="/office/cases/${code}"]`).waitFor();
    expect(new Set(await rows(page).allTextContents())).toEqual(new Set([name]));
  }
  expectQuiet(open);
});

test('nothing found says what to try', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCases(page);
  await search(page).fill('قلندرخان');
  await page.getByText('پرونده‌ای با این نشانی‌ها نیست').waitFor();
  await page.getByRole('button', { name: 'پاک کردن همه' }).click();
  await rows(page).first().waitFor();
  expect(await search(page).inputValue()).toBe('');
  expectQuiet(open);
});

test('filters are in the address and outlive a reload', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCases(page);
  await page.getByRole('button', { name: 'پالایش' }).click();
  await page.getByLabel('وضعیت مجوز').selectOption({ label: 'در بررسی دستگاه' });
  await page.getByLabel('شهرستان').selectOption({ label: 'ارومیه' });
  await page.getByLabel('فقط دیرکردها').check();
  const asked = '?state=submitted&county=0401&late=true';
  await page.waitForURL((url) => url.search === asked);
  const { total } = await ask(page, asked.slice(1));
  expect(total).toBeGreaterThan(0);
  const said = page
    .getByRole('status')
    .filter({ hasText: `${toPersianDigits(String(total))} پرونده` });
  await said.waitFor();
  await page.reload();
  await said.waitFor();
  expect(await page.getByLabel('وضعیت مجوز').inputValue()).toBe('submitted');
  expect(await page.getByLabel('شهرستان').inputValue()).toBe('0401');
  expect(await page.getByLabel('فقط دیرکردها').isChecked()).toBe(true);
  expectQuiet(open);
});

test('the list goes on as far as one goes down', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCases(page);
  await page.getByText(/^۵۰ از /).scrollIntoViewIfNeeded();
  await page.getByText(/^۱۰۰ از /).waitFor();
  expectQuiet(open);
});

/** Presses Tab until the element that has the focus is the wanted one. */
async function tabTo(page: Page, selector: string): Promise<void> {
  await page.locator(selector).first().waitFor();
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator(`${selector}:focus`).count()) return;
  }
  throw new Error(`Tab does not come to ${selector}`);
}

test('the keyboard alone signs in, opens a number, a case and the next one, and goes back', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  const { keyboard } = page;
  await page.goto('/sign-in?next=/office');
  await tabTo(page, 'input[name=username]');
  await keyboard.type('modir');
  await keyboard.press('Tab');
  await keyboard.type(CAST_PASSWORD);
  await keyboard.press('Enter');
  await page.waitForURL('**/office');
  await tabTo(page, 'main a[href*="measure=plans_funded"]');
  await keyboard.press('Enter');
  await rows(page).first().waitFor();
  await keyboard.press('j');
  await keyboard.press('j');
  await keyboard.press('k');
  expect(await rows(page).first().and(page.locator(':focus')).count()).toBe(1);
  const [first, second] = await rows(page).allTextContents();
  await keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: first ?? '' }).waitFor();
  await keyboard.press('j');
  await page.getByRole('heading', { level: 1, name: second ?? '' }).waitFor();
  await tabTo(page, 'main nav a[href*="measure=plans_funded"]');
  await keyboard.press('Enter');
  await page.getByText('این عدد از همین فهرست به دست آمده است: ۸۵۳ ردیف.').waitFor();
  expectQuiet(open);
});

test('the palette goes to a page, and searches, from anywhere', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCases(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('رستمی');
  await page.getByText('جستجوی «رستمی» در پرونده‌ها').waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === 'رستمی');
  expectQuiet(open);
});
