import { afterAll, beforeAll, expect, test } from 'vitest';
import { tellCountry } from '../../demo/country/load.ts';
import { referenceOf } from '../../src/accounts/index.ts';
import { closeProvinces } from '../../src/financing/index.ts';
import { expectAccessible, openPage } from '../browser.ts';
import { testSigningKey } from '../house.ts';
import { expectNoSidewaysScroll } from './looks.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
  const { database } = product;
  const reference = await referenceOf(database);
  await tellCountry(database, reference, { cases: 6_000, sealer: testSigningKey });
  await closeProvinces(database, reference, '2022-06-21', new Date('2022-06-22T08:00:00Z'));
}, 600_000);
afterAll(() => product.close());

const period = 'from=1400-01-01&to=1401-03-31';

test('the ministry holds its provinces against each other, and enters how many people one has', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await signIn(page, 'setad');
  await page.goto(`/office/nation?${period}`);
  await page.getByText('جمع روزهای بستهٔ ۳۱ استان').waitFor();
  await page.locator('label', { hasText: 'مجوز در ۱۰۰ هزار نفر' }).first().click();
  await page.locator('#order').getByText('بی جمعیت، نسبتی نیست').waitFor();
  await page.getByLabel('استان', { exact: true }).selectOption('04');
  await page.getByLabel('جمعیت', { exact: true }).fill('۳٬۰۰۰٬۰۰۰');
  await page.getByLabel('روز شمارش').fill('۱۳۹۵/۰۸/۰۱');
  await page.getByLabel('منبع').fill('شماری ساختگی برای آزمون');
  await page.getByLabel('چه جور عددی است؟').selectOption('assumed');
  await page.getByRole('button', { name: 'وارد کردن' }).click();
  // 2,340 permits among three million people.
  await page.locator('#order').getByText('۷۸').first().waitFor();
  await page.getByText('شماری ساختگی برای آزمون (فرض ما)').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expectQuiet(open);
});

test('anybody sorts the provinces, reads the caveats and takes the table, without JavaScript', async () => {
  await using open = await openPage(product.address, { scripts: false, screen: 'phone' });
  const { page } = open;
  await page.goto(`/provinces?${period}`);
  await page.getByText('جمع ۳۱ استان از ۳۱').waitFor();
  await page.getByRole('link', { name: 'مجوز', exact: true }).click();
  expect(await page.locator('th[aria-sort=descending]').textContent()).toBe('مجوز');
  const first = await page.locator('#table tbody tr').first().locator('td').nth(2).textContent();
  const second = await page.locator('#table tbody tr').nth(1).locator('td').nth(2).textContent();
  expect([first, second]).not.toContain('۰');
  await page.getByText('پیش از سنجیدن بخوانید').waitFor();
  await expectNoSidewaysScroll(page);
  const csv = await page.request.get(`/provinces.csv?${period}`);
  expect((await csv.text()).trim().split(/\r?\n/)).toHaveLength(32);
  expectQuiet(open);
});

test.for([
  { lang: 'fa', screen: 'phone', dark: false },
  { lang: 'fa', screen: 'desktop', dark: true },
  { lang: 'en', screen: 'phone', dark: true },
  { lang: 'en', screen: 'desktop', dark: false },
] as const)('both pages are open to everybody: $lang, $screen, dark: $dark', async (look) => {
  await using open = await openPage(product.address, look);
  const { page } = open;
  await page.goto(`/provinces?${period}`);
  await page.locator('#months').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  await signIn(page, 'setad');
  await page.goto(`/office/nation?${period}`);
  await page.locator('#months').waitFor();
  await expectAccessible(page);
  await expectNoSidewaysScroll(page);
  expectQuiet(open);
});
