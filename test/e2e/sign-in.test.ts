import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

const background = (page: Page) =>
  page.evaluate('getComputedStyle(document.body).backgroundColor') as Promise<string>;

test('an applicant signs in with the code from the outbox, and sees their own case alone', async () => {
  await using open = await openPage(product.address, { screen: 'phone' });
  const { page } = open;
  await page.goto('/sign-in');
  await page.locator('label', { hasText: 'متقاضیان' }).click();
  const mobile = page.getByText(/^۰۹۱۴/).first();
  const number = (await mobile.textContent()) ?? '';
  await page.getByLabel('شمارهٔ تلفن همراه').fill(number);
  await page.getByRole('button', { name: 'فرستادن کد' }).click();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'صندوق پیامک‌های نمایشی' }).click();
  const outbox = await opened;
  const message = outbox.getByText('کد ورود شما به کارخانه').first();
  await message.waitFor();
  const code = /کد ورود شما به کارخانه: (\S+)/.exec((await message.textContent()) ?? '')?.[1] ?? '';
  await outbox.close();
  await page.getByLabel('کد پیامک‌شده').fill(code);
  await page.getByRole('button', { name: 'ورود', exact: true }).click();
  await page.waitForURL('**/my');
  await page.locator('main a[href^="/my/cases/04"]').click();
  await page.getByRole('heading', { name: 'پرونده کجاست' }).waitFor();
  expectQuiet(open);
});

test('a wrong password is said in words, and what was typed stays', async () => {
  await using open = await openPage(product.address);
  const { page, errors } = open;
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'ورود', exact: true }).click();
  await page.getByRole('link', { name: 'نام کاربری را وارد کنید.' }).click();
  await page.keyboard.type('modir');
  await page.getByLabel('گذرواژه').fill('ghalat');
  await page.getByRole('button', { name: 'ورود', exact: true }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('نام کاربری یا گذرواژه درست نیست.').waitFor();
  expect(await alert.textContent()).toContain('زبان صفحه‌کلید');
  expect(await page.getByLabel('نام کاربری').inputValue()).toBe('modir');
  expect(errors.every((error) => error.includes('401'))).toBe(true);
});

test('a press on one of the cast signs in as them, and out again', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'نسرین علی‌زاده' }).click();
  await page.waitForURL('**/office/desk');
  // What the desk asks for is answered before its asker leaves.
  await page.waitForLoadState('networkidle');
  await page
    .locator('header')
    .getByRole('button', { name: /نسرین علی‌زاده/ })
    .click();
  await page.getByRole('menuitem', { name: 'خروج' }).click();
  await page.getByRole('link', { name: 'ورود' }).first().waitFor();
  await page.goto('/office/cases');
  await page.waitForURL('**/sign-in?**');
  expectQuiet(open);
});

test('English keeps the page and what was asked of it, and stays chosen', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'modir');
  await page.goto('/office?from=1400-07-01&to=1400-12-29');
  const issued = page.locator('main a[href*="measure=permits_issued"]').first();
  await issued.waitFor();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'Home businesses in West Azerbaijan' }).waitFor();
  expect(new URL(page.url()).search).toBe('?from=1400-07-01&to=1400-12-29');
  expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
  expect(await issued.textContent()).toMatch(/^[0-9,]+$/);
  await page.reload();
  await page.getByRole('heading', { name: 'Home businesses in West Azerbaijan' }).waitFor();
  await page.getByRole('button', { name: 'فارسی' }).click();
  await page.getByRole('heading', { name: 'مشاغل خانگی آذربایجان غربی' }).waitFor();
  expectQuiet(open);
});

test('dark is chosen by hand, whatever the device says, and stays', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await page.goto('/sign-in');
  const light = await background(page);
  await page.getByRole('button', { name: /^نما/ }).click();
  await page.getByRole('menuitem', { name: 'تیره' }).click();
  await expect.poll(() => background(page), { timeout: 10_000 }).not.toBe(light);
  const dark = await background(page);
  await page.reload();
  await page.getByRole('heading', { name: 'ورود به سامانه' }).waitFor();
  expect(await background(page)).toBe(dark);
  expectQuiet(open);
});

test('scripts that do not come are told of, and the page opened again has them', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await page.goto('/sign-in');
  await page.route(/MenuList/, (route) => route.abort());
  await page.getByRole('button', { name: /^نما/ }).click();
  await page.getByRole('alert').getByText('این بخش نیامد').waitFor();
  await page.unrouteAll();
  await page.getByRole('alert').getByRole('button').click();
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^نما/ }).press('ArrowUp');
  await page.locator(':focus', { hasText: 'تیره' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator(':focus[aria-label^="نما"]').waitFor();
});
