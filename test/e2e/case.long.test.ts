import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

type Step = { seq: number; verb: string; happenedOn: string };

/** The code of the n-th case of a list. */
async function caseOf(page: Page, query: string, n = 0): Promise<string> {
  const answer = await page.request.get(`/api/cases?${query}`);
  const { items } = (await answer.json()) as { items: { code: string }[] };
  const code = items[n]?.code;
  if (!code) throw new Error(`no case ${n} of ${query}`);
  return code;
}

async function goTo(page: Page, code: string): Promise<string> {
  await page.goto(`/office/cases/${code}`);
  await page.getByRole('heading', { name: 'سرگذشت پرونده' }).waitFor();
  return code;
}

/** Opens the n-th case of a list as somebody of the cast. */
async function openCase(page: Page, who: string, query: string, n = 0): Promise<string> {
  await signIn(page, who);
  return goTo(page, await caseOf(page, query, n));
}

/** Opens, as an expert, the first case that waits for nothing but the expert's signature. */
async function openSignable(page: Page, expert: string): Promise<string> {
  await signIn(page, expert);
  for (let n = 0; n < 30; n += 1) {
    const code = await caseOf(page, 'state=submitted', n);
    const answer = await page.request.get(`/api/cases/${code}`);
    const { acts } = (await answer.json()) as { acts: { verb: string; enabled: boolean }[] };
    if (acts.some(({ verb, enabled }) => verb === 'permits.sign' && enabled)) {
      return goTo(page, code);
    }
  }
  throw new Error(`${expert} has nothing to sign`);
}

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const where = (page: Page) => part(page, 'پرونده کجاست؟');

test('a case says where it is, who holds it, since when and what unlocks it', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  await openCase(page, 'modir', 'state=submitted&agency=AGRI');
  const told = await where(page).textContent();
  expect(told).toContain('در بررسی دستگاه');
  expect(told).toMatch(/در دست\s*جهاد کشاورزی/);
  expect(told).toMatch(/از تاریخ\s*[۰-۹]+ \S+ ۱۴۰۱/);
  expect(told).toMatch(/مهلت\s*[۰-۹]+ \S+ ۱۴۰۱/);
  expect(told).toContain('تأیید دستگاه اجرایی');
  const iso = await where(page).locator('time').first().getAttribute('datetime');
  expect(iso).toMatch(/^2022-/);
  expectQuiet(open);
});

test('its whole history is there, the newest first, each step with its day and its place in the chain', async () => {
  await using open = await openPage(product.address);
  const { page } = open;
  const code = await openCase(page, 'modir', 'planState=paying&kind=independent', 3);
  const answer = await page.request.get(`/api/cases/${code}`);
  const { history } = (await answer.json()) as { history: Step[] };
  expect(history.length).toBeGreaterThan(4);
  const steps = part(page, 'سرگذشت پرونده').getByRole('listitem');
  expect(await steps.count()).toBe(history.length);
  const times = await steps.locator('xpath=./div/div[1]/span/time').all();
  const days = await Promise.all(times.map((time) => time.getAttribute('datetime')));
  const newestFirst = [...history].sort((a, b) => b.seq - a.seq);
  expect(days).toEqual(newestFirst.map(({ happenedOn }) => happenedOn));
  expect(await steps.last().textContent()).toContain('ثبت درخواست');
  await steps.last().locator('summary').click();
  expect(await steps.last().textContent()).toMatch(/زنجیره: [0-9a-f]{64}/);
  expectQuiet(open);
});

test('an expert signs a waiting case, and another person grants it', async () => {
  await using expert = await openPage(product.address);
  const code = await openSignable(expert.page, 'samt');
  await expert.page.getByRole('button', { name: /^امضای نخست/ }).click();
  const dialog = expert.page.getByRole('dialog');
  await dialog.getByText('با این کار دستگاه شما درخواست را تأیید می‌کند').waitFor();
  await dialog.getByRole('button', { name: /^امضای نخست/ }).click();
  await expert.page.getByText('ثبت شد: امضای نخست (دستگاه)').waitFor();
  await where(expert.page).getByText('در انتظار امضای دوم').waitFor();
  expect(await where(expert.page).textContent()).toMatch(/در دست\s*اداره کل/);
  await using director = await openPage(product.address);
  await signIn(director.page, 'modir');
  await director.page.goto(`/office/cases/${code}`);
  // Three keys: a opens what is to be done, and Enter does it.
  await director.page.getByRole('button', { name: /^صدور مجوز/ }).waitFor();
  await director.page.keyboard.press('a');
  await director.page.getByRole('dialog').waitFor();
  await director.page.keyboard.press('Enter');
  await director.page.getByText('ثبت شد: صدور مجوز').waitFor();
  await where(director.page).getByText('صادرشده').waitFor();
  const number = part(director.page, 'مجوز').getByText(/^۰۴[۰-۹]{10}$/);
  await number.waitFor();
  await director.page.goto(`/p/${await number.textContent()}`);
  await director.page.getByText('این مجوز معتبر است').waitFor();
  expectQuiet(expert);
  expectQuiet(director);
});

test('what was done meanwhile by somebody else is said in words, and nothing is done twice', async () => {
  await using open = await openPage(product.address);
  const { page, errors } = open;
  const code = await openSignable(page, 'jahad');
  const meanwhile = await page.request.post(`/api/permits/${code}/sign`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: {},
  });
  expect(meanwhile.status()).toBe(200);
  await page.getByRole('button', { name: /^امضای نخست/ }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^امضای نخست/ })
    .click();
  const alert = page.getByRole('alert');
  await alert.getByText('پرونده اکنون در وضعیتی نیست که این کار را بشود کرد.').waitFor();
  expect(await alert.textContent()).toContain('صفحه را تازه کنید');
  expect(errors.every((error) => error.includes('409'))).toBe(true);
});

test('an application goes back with what is to be corrected, not without', async () => {
  await using open = await openPage(product.address);
  const { page, errors } = open;
  await openCase(page, 'jahad', 'state=submitted', 2);
  await page.getByRole('button', { name: 'بازگرداندن برای اصلاح' }).click();
  const dialog = page.getByRole('dialog');
  const send = dialog.getByRole('button', { name: 'بازگرداندن برای اصلاح' });
  await send.click();
  await dialog.getByRole('alert').getByText('دلیل را ننوشته‌اید.').waitFor();
  await dialog.getByRole('checkbox', { name: 'عکس' }).check();
  await send.click();
  await dialog.getByRole('alert').getByRole('link').click();
  await page.keyboard.type('چهره در عکس پیدا نیست.');
  await send.click();
  await where(page).getByText('نیازمند اصلاح').waitFor();
  const history = await part(page, 'سرگذشت پرونده').textContent();
  expect(history).toContain('چهره در عکس پیدا نیست.');
  expect(errors.every((error) => error.includes('422'))).toBe(true);
});

test('a case of another agency is not there, in words', async () => {
  await using open = await openPage(product.address);
  const { page, errors } = open;
  await signIn(page, 'modir');
  const code = await caseOf(page, 'agency=AGRI');
  await signIn(page, 'samt');
  await page.goto(`/office/cases/${code}`);
  await page.getByText('چنین چیزی پیدا نشد.').waitFor();
  expect(errors.every((error) => error.includes('404'))).toBe(true);
});
