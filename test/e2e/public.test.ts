import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

test('the first page is complete without JavaScript, and light enough for a slow line', async () => {
  await using open = await openPage(product.address, { scripts: false, screen: 'phone' });
  const { page } = open;
  const loaded: { url: string; bytes: Promise<number> }[] = [];
  page.on('requestfinished', (request) => {
    const bytes = request
      .sizes()
      .then((sizes) => sizes.responseBodySize + sizes.responseHeadersSize);
    loaded.push({ url: request.url(), bytes });
  });
  await page.goto('/', { waitUntil: 'networkidle' });
  const text = (await page.locator('body').textContent()) ?? '';
  for (const number of ['۲٬۳۴۰', '۱٬۲۰۳', '۸۵۳', '۲٬۲۴۰', '۴۷۷', '۱۲۷', '۱۰۱', '۱۴۸']) {
    expect(text).toContain(number);
  }
  expect(text).toContain('ساختگی');
  let total = 0;
  for (const { url, bytes } of loaded) if (!url.endsWith('.woff2')) total += await bytes;
  expect(loaded.length).toBeGreaterThan(1);
  expect(total).toBeLessThan(100_000);
  expectQuiet(open);
});

test('another period is asked for without JavaScript', async () => {
  await using open = await openPage(product.address, { scripts: false });
  const { page } = open;
  await page.goto('/');
  await page.getByLabel('تا تاریخ').fill('۱۴۰۰/۱۲/۲۹');
  await page.getByRole('button', { name: 'نمایش آمار' }).click();
  await page.getByRole('heading', { name: 'از ۱ فروردین ۱۴۰۰ تا ۲۹ اسفند ۱۴۰۰' }).waitFor();
  expect(await page.locator('data.figure-value').first().textContent()).toBe('۱٬۷۸۸');
  expectQuiet(open);
});

test('a permit is checked by its number, without JavaScript, as people type it', async () => {
  await using open = await openPage(product.address, { scripts: false, screen: 'phone' });
  const { page, errors } = open;
  await signIn(page, 'modir');
  const scope = 'measure=permits_issued&province=04&from=1401-03-01&to=1401-03-31&limit=1';
  const answer = await page.request.get(`/api/entries?${scope}`);
  const { items } = (await answer.json()) as { items: { permitNumber: string; name: string }[] };
  const [permit] = items;
  if (!permit) throw new Error('no permit was issued');
  await page.goto('/');
  await page.getByLabel('شمارهٔ مجوز').fill(permit.permitNumber.replace(/(....)(....)/, '$1 $2-'));
  await page.getByRole('button', { name: 'بررسی' }).click();
  await page.waitForURL(`**/p/${permit.permitNumber}`);
  expect(await page.locator('main').textContent()).toContain(permit.name);
  await page.goto('/p/040000000000');
  await page.getByText('مجوزی با این شماره نیست').waitFor();
  expect(errors.every((error) => error.includes('404'))).toBe(true);
});
