import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { statementXml } from '../bank-statement.ts';
import { expectAccessible } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import { expectQuiet } from './product.ts';
import { patient, type StoryHouse, startStory } from './story-house.ts';

const rial = 300_000_000n;
let story: StoryHouse;
let references: string[];

beforeAll(async () => {
  story = await startStory();
  const { house } = story;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const wanted = { bankId: 'MELLAT', rial, serials: [701, 702] };
  const codes = await contractedPlans(house, wanted);
  const orders = codes.map((code) => ({ code, amountRial: String(rial) }));
  expect((await officer.post('/api/payment-orders', { orders })).status).toBe(201);
  const rows = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('payment_orders').select('reference').orderBy('reference').execute(),
  );
  references = rows.map(({ reference }) => reference);
}, 300_000);
afterAll(() => story.close());

async function send(page: Page, name: string, content: string): Promise<void> {
  await page.goto('/office/bank-files');
  const buffer = Buffer.from(content);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/xml', buffer });
  await page.getByRole('button', { name: 'فرستادن', exact: true }).click();
  await page.getByText('فایل رسید و خوانده می‌شود.').waitFor(patient);
}

test('a bank sends its statement; what does not match is found and settled, and the books close', async () => {
  await using open = await story.staff('bank', 'MELLAT', 'کارشناس بانک');
  const { page } = open;
  const [whole = '', part = ''] = references;
  const bookings = [
    { reference: whole, rial, bankReference: 'E-1' },
    { reference: part, rial: 100_000_000n, bankReference: 'E-2' },
  ];
  await send(page, 'statement.xml', statementXml(bookings, { messageId: 'E-1' }));
  await page.getByText('۲ ردیف: ۱ خودکار، ۱ در انتظار').waitFor(patient);
  await expectAccessible(page);
  await page.goto('/office/books');
  await page.getByRole('alert').getByText('تفاوت ۱۰۰٬۰۰۰٬۰۰۰ ریال').waitFor(patient);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'ردیف‌های در انتظار' }).click();
  await page.getByText('تنها بخشی از مبلغ دستور پرداخت شده است.').waitFor(patient);
  await expectAccessible(page);
  await page.getByLabel('تصمیم').selectOption('book_and_end');
  await page.getByLabel('دلیل').fill('شعبه گفت باقی نمی‌آید');
  await page.getByRole('button', { name: 'ثبت تصمیم' }).click();
  await page.getByText('ردیفی در انتظار نیست.').waitFor(patient);
  await page.goto('/office/books');
  await page.getByText('بسته است').first().waitFor(patient);
  expect(await page.getByRole('alert').count()).toBe(0);
  expectQuiet(open);
}, 120_000);

test('an officer orders the next payment of one plan from its case, and of others together', async () => {
  await using open = await story.staff('officer', 'DIRECTORATE', 'کارشناس اداره کل');
  const { page } = open;
  const [first = ''] = await contractedPlans(story.house, {
    bankId: 'SADERAT',
    rial,
    serials: [711, 712, 713],
  });
  await page.goto(`/office/cases/${first}`);
  const orders = page.getByRole('region', { name: 'دستور پرداخت', exact: true });
  await orders.getByRole('button', { name: 'دستور پرداخت بعدی' }).click(patient);
  await orders.getByLabel('مبلغ (تومان)').fill('۱۰٬۰۰۰٬۰۰۰');
  await orders.getByRole('button', { name: 'ثبت این دستور' }).click();
  await orders.getByText('در انتظار بانک').waitFor(patient);
  await expectAccessible(page);

  await page.goto('/office/bank-files?tab=orders');
  await page.getByLabel('طرح‌های کدام بانک؟').selectOption('SADERAT');
  await page.getByText('۲ طرح از ۲').waitFor(patient);
  await page.getByLabel('چه بخشی از هر طرح؟').selectOption('40');
  await page.getByRole('button', { name: 'دیدن فهرست (۲)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('۱۲٬۰۰۰٬۰۰۰ تومان').first().waitFor(patient);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'ثبت ۲ دستور' }).click();
  await page.getByText('۲ دستور ثبت شد.').waitFor(patient);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'گرفتن pain.001' }).first().click();
  expect((await downloading).suggestedFilename()).toBe('SADERAT-2022-06-22.xml');
  expectQuiet(open);
}, 120_000);

test('an officer is told what is wrong with a file, and takes the orders along', async () => {
  await using open = await story.staff('officer', 'DIRECTORATE', 'کارشناس اداره کل');
  const { page } = open;
  await page.goto('/office/bank-files');
  await page.getByLabel('از کدام بانک است؟').selectOption('MELLAT');
  const broken = Buffer.from(statementXml([], { messageId: 'E-2' }).slice(0, -30));
  const file = { name: 'cut.xml', mimeType: 'text/xml', buffer: broken };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'فرستادن', exact: true }).click();
  await page.getByText('فایل ناتمام است').waitFor(patient);
  await page.getByRole('tab', { name: 'دستورهای پرداخت' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'گرفتن pain.001' }).last().click();
  expect((await downloading).suggestedFilename()).toBe('MELLAT-2022-06-22.xml');
  expectQuiet(open);
}, 120_000);
