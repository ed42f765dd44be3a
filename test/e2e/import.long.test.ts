import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toPersianDigits } from '../../src/kit/persian-text.ts';
import { expectAccessible, openPage } from '../browser.ts';
import { smallRegister, smallRegisterRows } from '../small-register.ts';
import { screens } from '../start-browser.ts';
import { expectNoSidewaysScroll } from './looks.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
let register: Awaited<ReturnType<typeof smallRegister>>;
beforeAll(async () => {
  product = await startProduct(false);
  register = await smallRegister();
}, 300_000);
afterAll(() => product.close());

const { told, fresh, wrong } = smallRegisterRows;
const persian = (n: number) => toPersianDigits(String(n));

/** Puts a file where a person would drop it, and has it checked. */
async function check(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.goto('/office/import');
  await page.locator('input[type=file]').setInputFiles({
    name,
    mimeType: 'application/octet-stream',
    buffer: bytes,
  });
  await page.getByRole('button', { name: 'بررسی بدون ثبت' }).click();
}

/** The four counts as the page shows them, and the sum beside them. */
async function expectCounts(
  page: Page,
  counts: { accepted: number; unchanged: number; rejected: number },
): Promise<void> {
  const { accepted, unchanged, rejected } = counts;
  const read = accepted + unchanged + rejected;
  const sum = `${persian(read)} = ${persian(accepted)} + ${persian(unchanged)} + ${persian(rejected)}`;
  await page.getByText(sum, { exact: true }).waitFor();
  const numbers = await page.locator('main dl dd').allTextContents();
  expect(numbers).toEqual([read, accepted, unchanged, rejected].map(persian));
}

test('a register is checked, recorded, and the second time changes nothing', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await check(page, register.name, register.bytes);
  await page.getByText('بررسی شد؛ هنوز چیزی ثبت نشده است').waitFor();
  await expectCounts(page, { accepted: told + fresh, unchanged: 0, rejected: wrong });
  const rejected = page.getByRole('row').filter({ hasText: '1234567890' });
  expect(await rejected.textContent()).toContain('رقم کنترل کد ملی جور نیست');
  expect(await page.locator('tbody tr').count()).toBe(wrong);
  await expectAccessible(page);
  await page.setViewportSize(screens.phone);
  await expectNoSidewaysScroll(page);
  await page.setViewportSize(screens.desktop);
  await page.getByRole('button', { name: `ثبت ${persian(told + fresh)} ردیف پذیرفتنی` }).click();
  await page.getByText('ثبت شد', { exact: true }).first().waitFor();
  await expectCounts(page, { accepted: told + fresh, unchanged: 0, rejected: wrong });
  await page.getByRole('link', { name: 'پرونده‌ها' }).click();
  const listed = `${persian(told + fresh)} پرونده`;
  await page.getByRole('status').filter({ hasText: listed }).waitFor();
  await check(page, register.name, register.bytes);
  await page.getByText('ردیف تازه‌ای برای ثبت نیست.').waitFor();
  await expectCounts(page, { accepted: 0, unchanged: told + fresh, rejected: wrong });
  expectQuiet(open);
});

test('rejected rows come back as a spreadsheet to put right', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await check(page, register.name, register.bytes);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'دریافت ردیف‌های ردشده برای درست کردن' }).click();
  expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  expect(await (await download).failure()).toBeNull();
  await page.getByRole('button', { name: 'از نو' }).click();
  await page.getByRole('heading', { name: 'دفترهای پیشین' }).waitFor();
  expectQuiet(open);
});

test.for([
  {
    what: 'no spreadsheet',
    name: 'permits.xlsx',
    bytes: '%PDF-1.7\n\u0000',
    said: 'صفحه‌گسترده نیست',
  },
  { what: 'an empty file', name: 'empty.csv', bytes: '', said: 'این پرونده خالی است' },
  {
    what: 'other columns',
    name: 'other.csv',
    bytes: 'a,b\n1,2\n',
    said: 'سرستون',
  },
])('a file that is $what gets a clear answer', async ({ name, bytes, said }) => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await check(page, name, Buffer.from(bytes));
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toContain(said);
  expect(await page.locator('main').textContent()).not.toMatch(/Error|at .*\.ts/);
  expectQuiet(open);
});

test('without a file nothing is sent', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await page.goto('/office/import');
  await page.getByRole('button', { name: 'بررسی بدون ثبت' }).click();
  await page.getByRole('alert').getByText('پرونده‌ای برنگزیده‌اید.').waitFor();
  expectQuiet(open);
});
