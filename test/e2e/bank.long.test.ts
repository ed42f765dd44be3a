import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenPage } from '../browser.ts';
import { openPage } from '../browser.ts';
import { type Referred, referCase } from '../referred-case.ts';
import { expectQuiet } from './product.ts';
import { patient, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
let returned: Referred;
let paid: Referred;
beforeAll(async () => {
  story = await startStory();
  returned = await referCase(story.house);
  paid = await referCase(story.house, 'MELLAT', '09141112233');
}, 300_000);
afterAll(() => story.close());

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** The borrower's own phone, signed in. */
async function borrower({ personId }: Referred, address: string): Promise<OpenPage> {
  await story.house.signIn({ role: 'citizen', personId, username: 'borrower' });
  const open = await openPage(address, { screen: 'phone' });
  const data = { username: 'borrower', password: 'a password of tests' };
  expect((await open.page.request.post('/api/session', { data })).status()).toBe(201);
  return open;
}

/** Whether somebody was asked about a payment yet. */
async function isAsked({ planId }: Referred): Promise<boolean> {
  const found = await story.house.database.migratorTransaction((tx) =>
    tx.selectFrom('payment_asks').select('tranche_id').where('plan_id', '=', planId).execute(),
  );
  return found.length > 0;
}

/** Further tranches, until one of them is in the sample. */
async function payUntilAsked(page: Page, it: Referred): Promise<void> {
  for (let number = 2; !(await isAsked(it)); number += 1) {
    const reply = await page.request.post(`/api/plans/${it.code}/pay`, {
      data: { amountRial: '1000000', bankReference: `T-${number}` },
      headers: { 'idempotency-key': crypto.randomUUID() },
    });
    expect(reply.status()).toBe(200);
  }
}

test('a bank officer returns a plan and pays a first tranche; the applicant sees the next instalment and says what came', async () => {
  await using bank = await story.staff('bank', 'MELLAT', 'کارشناس بانک');
  const { page } = bank;
  await page.goto(`/office/cases/${returned.code}`);
  const acts = part(page, 'کار بانک');
  await acts.getByRole('button', { name: 'بازگرداندن طرح' }).click(patient);
  await acts.getByLabel('دلیل بازگرداندن').selectOption('no_guarantee');
  await acts.getByLabel('توضیح').fill('ضامن کارمند نیست');
  await acts.getByRole('button', { name: 'بازگرداندن این طرح' }).click();
  await part(page, 'تسهیلات').getByText('بازگشته از بانک').waitFor(patient);

  await page.goto(`/office/cases/${paid.code}`);
  await acts.getByRole('button', { name: 'ثبت پرداخت' }).click(patient);
  await acts.getByLabel('مبلغ (تومان)').fill('۱۰٬۰۰۰٬۰۰۰');
  await acts.getByLabel('شماره پیگیری بانک').fill('T-1');
  await acts.getByRole('button', { name: 'ثبت این پرداخت' }).click();
  await part(page, 'بازپرداخت').getByText('قسط بعدی').first().waitFor(patient);
  await payUntilAsked(page, paid);

  await using own = await borrower(paid, new URL(page.url()).origin);
  const phone = own.page;
  await phone.goto(`/my/cases/${paid.code}`);
  await part(phone, 'بازپرداخت').getByText('قسط بعدی').first().waitFor(patient);
  const asked = part(phone, 'پرداخت به دستتان رسید؟');
  await asked.getByRole('button', { name: 'مبلغ دیگری رسید' }).click();
  await asked.getByLabel('مبلغی که رسید (تومان)').fill('۹۰۰۰');
  await asked.getByRole('button', { name: 'فرستادن پاسخ' }).click();
  await asked.getByText('گفته شد').waitFor(patient);
  expectQuiet(bank);
  expectQuiet(own);
}, 240_000);

test('an officer sees what the applicant said, and closes it with what was found', async () => {
  await using office = await story.staff('officer', 'DIRECTORATE', 'کارشناس اداره کل');
  await office.page.goto('/office/banks');
  await office.page.getByText('می‌گوید ۹٬۰۰۰ تومان رسیده است').waitFor(patient);
  await office.page.getByRole('link', { name: 'آزمون وام‌خواه' }).click();
  const enquiry = part(office.page, 'پرداخت به دستتان رسید؟');
  await enquiry.getByLabel('نتیجه پیگیری').fill('کارمزد جدا برداشته شده بود');
  await enquiry.getByRole('button', { name: 'بستن پیگیری' }).click();
  await enquiry.getByText('نتیجه پیگیری: کارمزد').waitFor(patient);
  expectQuiet(office);
}, 120_000);

test('the administrator makes an id for a bank, sees its secret once, and ends it', async () => {
  await using admin = await story.staff('admin', 'DIRECTORATE', 'راهبر');
  const { page } = admin;
  await page.goto('/office/banks');
  const clients = part(page, 'سامانه‌های بانک‌ها');
  await clients.getByLabel('بانک', { exact: true }).selectOption('MELLAT');
  await clients.getByLabel('نام سامانه').fill('تسهیلات ملت');
  await clients.getByRole('button', { name: 'ساختن شناسه' }).click();
  await clients.getByText('این رمز تنها همین یک بار').waitFor(patient);
  await clients.getByRole('button', { name: 'لغو' }).click();
  await clients.getByRole('button', { name: 'لغو همین شناسه' }).click();
  await clients.getByText('لغوشده').waitFor(patient);
  expectQuiet(admin);
}, 120_000);
