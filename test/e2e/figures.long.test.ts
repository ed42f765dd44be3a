import { parse as parseCsv } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toAsciiDigits } from '../../src/kit/persian-text.ts';
import { expectAccessible, openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct(true, new Date('2022-06-22T08:00:00Z'));
}, 300_000);
afterAll(() => product.close());

/** «۱٬۲۳۴ ردیف» as 1234. */
const numberIn = (text: string | null): number =>
  Number(toAsciiDigits(text ?? '').replace(/[^\d]/g, ''));

/** A part of a page, by the name of its heading. */
const sheet = (page: Page, id: string) => page.locator(`section[aria-labelledby="${id}"]`);

/** The list says how long it is, and that it is the number it was opened from. */
async function expectListOf(page: Page, number: string): Promise<void> {
  await page.getByText(`این عدد از همین فهرست به دست آمده است: ${number} ردیف.`).waitFor();
}

const desks = [
  { username: 'modir', parts: ['stuck', 'year', 'arrears'] },
  { username: 'karshenas', parts: ['stuck', 'year'] },
  { username: 'samt', parts: ['stuck', 'year'] },
  { username: 'mehr-iran', parts: ['stuck', 'year'] },
  { username: 'hesabras', parts: ['stuck', 'year'] },
  { username: 'nazer', parts: [] },
];

test.for(desks)(
  'the desk of $username tells what waits, in numbers that open lists',
  { timeout: 60_000 },
  async ({ username, parts }) => {
    await using open = await openPage(product.address);
    const { page } = open;
    await signIn(page, username);
    await page.goto('/office/desk');
    await page.locator('#waits').waitFor();
    for (const part of parts) await sheet(page, part).waitFor();
    await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
    await expectAccessible(page);
    const queue = page.locator('section[aria-labelledby="waits"] a[href^="/office/queue"]');
    if ((await queue.count()) > 0) {
      const number = numberIn(await queue.first().locator('span').first().textContent());
      await queue.first().click();
      const said = page.getByRole('status').filter({ hasText: /[۰-۹]/ }).first();
      await said.waitFor();
      expect(numberIn(await said.textContent())).toBe(number);
    }
    expectQuiet(open);
  },
);

test('this year beside the same days of last year, each number with its list', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'modir');
  await page.goto('/office/desk');
  const row = sheet(page, 'year').getByRole('row', { name: 'مجوزهای صادرشده' });
  const links = row.getByRole('link');
  await links.first().waitFor();
  const [now, before] = [await links.nth(0).textContent(), await links.nth(1).textContent()];
  await links.nth(0).click();
  await expectListOf(page, now ?? '');
  await page.goBack();
  await links.nth(1).click();
  await expectListOf(page, before ?? '');
  expectQuiet(open);
});

test('what is left at the deadline is foretold with its error, and moving a share is seen, not done', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'modir');
  await page.goto('/office/ahead?tab=forecast');
  await page.getByText(/^شیوه: .* آزمون/).waitFor();
  await page.locator('summary').filter({ hasText: 'همهٔ شیوه‌ها و خطای هر یک' }).click();
  await page.getByRole('table', { name: 'همهٔ شیوه‌ها و خطای هر یک' }).waitFor();
  const moving = sheet(page, 'what-if');
  await moving.locator('select').nth(0).selectOption({ index: 1 });
  await moving.locator('select').nth(1).selectOption({ index: 2 });
  await moving.getByLabel('چند میلیون تومان').fill('500');
  await moving.getByRole('status').getByText('ماندهٔ این دو در پایان').waitFor();
  const address = new URL(page.url());
  expect(address.searchParams.get('amount')).toBe('500');
  await page.reload();
  await moving.getByRole('status').getByText('ماندهٔ این دو در پایان').waitFor();
  await expectAccessible(page);
  expectQuiet(open);
}, 60_000);

test('a report is built, opens its lists, is kept, and becomes a file', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'modir');
  await page.goto('/office/reports');
  await page.getByLabel('طرح‌های معرفی‌شده به بانک', { exact: true }).check();
  await page.getByLabel('به تفکیک').first().selectOption('agency');
  await page.getByLabel('بازه').first().selectOption('lastYear');
  const row = sheet(page, 'preview').getByRole('row', { name: 'صنعت، معدن و تجارت' });
  const number = row.getByRole('link').last();
  await number.waitFor();
  await expectAccessible(page);
  const said = (await number.textContent()) ?? '';
  await number.click();
  await expectListOf(page, said);
  await page.goBack();
  await page.getByLabel('نام گزارش').fill('معرفی‌های پارسال');
  await page.getByRole('button', { name: 'ساختن پرونده' }).click();
  const file = sheet(page, 'runs')
    .getByRole('link', { name: /دریافت/ })
    .first();
  await file.waitFor();
  const text = await textAt(page, (await file.getAttribute('href')) ?? '');
  const industry = rowsOf(text).find(([name]) => name === 'صنعت، معدن و تجارت');
  expect(Number(industry?.at(-1))).toBe(numberIn(said));
  await page.getByLabel('نام گزارش').fill('هر ماه');
  await page.getByRole('checkbox', { name: 'نگه داشتن' }).check();
  await page.getByLabel('خودکار').selectOption('month');
  await page.getByRole('button', { name: 'نگه داشتن' }).click();
  await sheet(page, 'kept').getByText('هر ماه').first().waitFor();
  expectQuiet(open);
}, 90_000);

const rowsOf = (csv: string): string[][] => parseCsv(csv, { bom: true });

async function textAt(page: Page, href: string): Promise<string> {
  const reply = await page.context().request.get(new URL(href, product.address).href);
  expect(reply.status()).toBe(200);
  return reply.text();
}

test('a journalist recomputes the table of a bulletin from its public file', async () => {
  await publish();
  await using reading = await openPage(product.address, { screen: 'phone' });
  const { page } = reading;
  await page.goto('/bulletins');
  await page.locator('.bulletin-list a').first().click();
  await page.locator('.bulletin table').first().waitFor();
  const shown = (await page.evaluate(
    "[...document.querySelector('.bulletin table').tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent))",
  )) as string[][];
  const cells = page.getByRole('link', { name: /CSV/ }).last();
  const rows = rowsOf(await textAt(page, (await cells.getAttribute('href')) ?? ''));
  const [head = [], ...parts] = rows;
  const plans = head.indexOf('plans_funded');
  const sums = new Map<string, number>();
  for (const part of parts) {
    const agency = part[1] ?? '';
    sums.set(agency, (sums.get(agency) ?? 0) + Number(part[plans]));
  }
  expect(sums.size).toBe(4);
  for (const [agency, sum] of sums) {
    const line = shown.find(([name]) => name === agency) ?? [];
    expect(
      line.map((cell) => numberIn(cell)),
      agency,
    ).toContain(sum);
  }
  expectQuiet(reading);
}, 90_000);

/** The bulletin of the fifteen months, signed by one and published by another. */
async function publish(): Promise<void> {
  const headers = () => ({ 'idempotency-key': crypto.randomUUID() });
  await using office = await openPage(product.address);
  await using directors = await openPage(product.address);
  await signIn(office.page, 'karshenas');
  await signIn(directors.page, 'modir');
  const post = async ({ page }: typeof office, path: string, data: object) => {
    const reply = await page.request.post(`/api/bulletins${path}`, { data, headers: headers() });
    expect(reply.ok(), await reply.text()).toBe(true);
    return (await reply.json()) as { code: string };
  };
  const period = { from: '1400/01/01', to: '1401/03/31', language: 'fa' };
  const { code } = await post(office, '', period);
  const seen = async () => {
    const asked = await office.page.request.get(`/api/bulletins/${code}`);
    const { revision } = ((await asked.json()) as { draft: { revision: number } }).draft;
    return { revision };
  };
  await post(office, `/${code}/signBulletin`, await seen());
  await post(directors, `/${code}/publishBulletin`, await seen());
}

test('a pasted article is taken apart, and what does not hold in it is said', async () => {
  await using reading = await openPage(product.address);
  const { page } = reading;
  await page.goto('/check');
  await page
    .getByRole('textbox')
    .first()
    .fill(
      'از ۱۲۰۰ طرح معرفی شده به بانک‌ها، ۹۰۰ طرح معادل ۸۵ درصد تسهیلات گرفتند. بیش از ۴۰ میلیارد تومان به ۸۰۰ طرح پرداخت شد.',
    );
  await page.getByRole('button', { name: 'بررسی کن' }).click();
  await page.getByText('نسبت این دو عدد ۷۵ درصد است، نه ۸۵ درصد.').first().waitFor();
  expect(await page.locator('main').textContent()).toContain('۴۰ میلیارد تومان');
  await expectAccessible(page);
  expectQuiet(reading);
}, 60_000);
