import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  // A year for which the demonstration has no allocation: what is free is what this story opens.
  product = await startProduct(true, new Date('2026-11-24T08:00:00Z'));
}, 300_000);
afterAll(() => product.close());

const dialog = (page: Page) => page.getByRole('dialog');
const field = (page: Page, name: string) => dialog(page).getByLabel(name, { exact: false });

async function decide(page: Page): Promise<void> {
  await field(page, 'تصمیم‌گیرنده').fill('کارگروه استان');
  await field(page, 'دلیل').fill('تقسیم سال');
  await dialog(page).getByRole('button', { name: 'ثبت', exact: true }).click();
}

async function openAllocation(page: Page): Promise<void> {
  await page.goto('/office/allocations');
  await page.getByRole('button', { name: 'ثبت تخصیص' }).click();
  await field(page, 'خط اعتباری').selectOption('home-jobs');
  await field(page, 'قانون').fill('قانون بودجه کل کشور');
  await field(page, 'سهم استانی').fill('۲٬۰۰۰');
  await field(page, 'سهم ملی').fill('500');
  await decide(page);
  await page.getByText('ثبت شد.').waitFor();
}

test('a director opens an allocation and splits it, and is told what is too much', async () => {
  await using open = await openPage(product.address);
  const { page, errors } = open;
  await signIn(page, 'modir');
  await openAllocation(page);
  await page.getByRole('button', { name: 'تقسیم یا بازنگری سهم' }).click();
  await field(page, 'دستگاه اجرایی').selectOption('SMT');
  await field(page, 'سقف').fill('2501');
  await decide(page);
  await dialog(page).getByRole('alert').getByText('جمع سهم‌ها').first().waitFor();
  await field(page, 'سقف').fill('دو هزار');
  await dialog(page).getByRole('button', { name: 'ثبت', exact: true }).click();
  await dialog(page).getByRole('alert').getByText('به رقم').first().waitFor();
  await field(page, 'سقف').fill('1000');
  await dialog(page).getByRole('button', { name: 'ثبت', exact: true }).click();
  const shares = page.locator('section[aria-labelledby="shares"]');
  await shares.getByText('صنعت، معدن و تجارت').waitFor();
  const decisions = page.locator('section[aria-labelledby="revisions"]');
  expect(await decisions.textContent()).toContain('تصمیم کارگروه استان');
  expect(await decisions.textContent()).toContain('۲٬۵۰۰ میلیون تومان');
  expect(errors.every((error) => error.includes('409'))).toBe(true);
});

test('a committee is called to speak of forty, and what it decided is recorded with its minutes', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await page.goto('/office/referrals?agency=SMT');
  await page.getByRole('button', { name: /^برگزیدن همه ۴۰/ }).click();
  await page.getByRole('button', { name: 'دستور جلسه با ۴۰ پرونده' }).click();
  await dialog(page).getByRole('button', { name: 'ثبت', exact: true }).click();
  await page.getByText('۴۰ پرونده در دستور جلسه است.').waitFor();
  const agenda = page.getByRole('link', { name: 'دستور جلسه (PDF)' });
  expect(await paperAt(page, (await agenda.getAttribute('href')) ?? '')).toBe('%PDF-');
  await page.getByRole('button', { name: 'ثبت تصمیم‌های جلسه' }).click();
  await field(page, 'اعضا').fill('فرماندار\nرئیس اداره');
  await dialog(page).getByRole('button', { name: 'ثبت', exact: true }).click();
  await page.getByText('تصمیم درباره ۴۰ پرونده ثبت شد.').waitFor();
  await page.getByText('تصویب ۴۰، تعویق ۰، رد ۰').waitFor();
  const minutes = page.getByRole('link', { name: 'صورت‌جلسه (PDF)' }).first();
  expect(await paperAt(page, (await minutes.getAttribute('href')) ?? '')).toBe('%PDF-');
  expect(await agenda.count()).toBe(0);
  expectQuiet(open);
}, 120_000);

/** The first bytes of a file that the page links to, fetched as who is signed in. */
async function paperAt(page: Page, href: string): Promise<string> {
  const reply = await page.context().request.get(new URL(href, product.address).href);
  return (await reply.body()).subarray(0, 5).toString();
}

test('an officer sees what a list of forty will do, and refers those that pass', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'karshenas');
  await page.goto('/office/referrals?agency=SMT');
  await page.getByRole('button', { name: /^برگزیدن همه ۴۰/ }).click();
  await page.getByRole('button', { name: 'معرفی ۴۰ پرونده' }).click();
  await field(page, 'بانک عامل').selectOption('MELLAT');
  await field(page, 'مبلغ هر طرح').fill('۴۰');
  await field(page, 'خوداظهاری').check();
  await dialog(page).getByRole('button', { name: 'دیدن فهرست' }).click();
  // A thousand million toman are enough for 25 plans of forty.
  await dialog(page).getByText('۲۵ پرونده از ۴۰ پرونده معرفی می‌شود.').waitFor();
  await dialog(page).getByText('مانده: ۰ ریال').first().waitFor();
  await dialog(page).getByRole('button', { name: 'معرفی ۲۵ پرونده به بانک' }).click();
  await page.getByText('۲۵ پرونده معرفی شد.').waitFor();
  expect((await checkProvince(product.database, 4)).differences).toBe(0);
  expectQuiet(open);
}, 120_000);

test('the number of cases that could still use it opens a list of that length', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'modir');
  await page.goto('/office/allocations');
  const link = page.getByRole('link', { name: /پرونده هنوز می‌تواند/ });
  const [number = ''] = ((await link.textContent()) ?? '').split(' ');
  await link.click();
  await page
    .getByRole('status')
    .filter({ hasText: `${number} پرونده` })
    .waitFor();
  expectQuiet(open);
});
