import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeBackJob } from '../../src/employment/index.ts';
import { uuid7 } from '../../src/kit/uuid7.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { openPage } from '../browser.ts';
import { expectQuiet, type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct(true, new Date('2022-06-22T08:00:00Z'));
}, 300_000);
afterAll(() => product.close());

const press = (name: string) => ({ name, exact: true });

test('a director publishes, a late correction changes a number, and version 2 explains itself', async () => {
  await using office = await openPage(product.address);
  const { page } = office;
  await signIn(page, 'karshenas');
  await page.goto('/office/bulletins');
  await page.getByLabel('از روز').fill('۱۴۰۰/۰۱/۰۱');
  await page.getByLabel('تا روز').fill('۱۴۰۱/۰۳/۳۱');
  await page.getByRole('button', press('نوشتن پیش‌نویس')).click();
  await page.getByRole('heading', { name: /بیش از ۲۲۰۰ نفر/ }).waitFor();
  await page.getByRole('button', press('امضا')).click();
  await page.getByText('امضا شد. اکنون کس دیگری منتشر می‌کند.').waitFor();
  const address = page.url();
  await using directors = await openPage(product.address);
  await signIn(directors.page, 'modir');
  await directors.page.goto(address);
  await directors.page.getByRole('button', press('انتشار')).click();
  await directors.page.getByText('منتشر شد.').waitFor();
  await takeBackOneJob();
  await directors.page.getByLabel('چرا اصلاح می‌شود').fill('یک شغل دو بار ثبت شده بود.');
  await directors.page.getByRole('button', press('آغاز اصلاح')).click();
  await directors.page.getByText('پیش‌نویس نسخهٔ تازه آماده است.').waitFor();
  await directors.page.getByText('۲ هزار و ۲۳۹').locator('visible=true').first().waitFor();
  await page.goto(address);
  await page.getByRole('button', press('امضا')).click();
  await page.getByText('امضا شد. اکنون کس دیگری منتشر می‌کند.').waitFor();
  await directors.page.goto(address);
  await directors.page.getByRole('button', press('انتشار')).click();
  await directors.page.getByText('منتشر شد.').waitFor();
  await using reader = await openPage(product.address, { scripts: false, screen: 'phone' });
  await reader.page.goto('/bulletins');
  await reader.page.getByRole('link', { name: /بیش از ۲۲۰۰ نفر/ }).click();
  await reader.page.getByRole('heading', { name: 'چه چیز نسبت به نسخهٔ پیش عوض شد' }).waitFor();
  await reader.page.getByText('یک شغل دو بار ثبت شده بود.').waitFor();
  const changes = (await reader.page.locator('#changes').textContent()) ?? '';
  expect(changes).toContain('۲٬۲۴۰');
  expect(changes).toContain('۲٬۲۳۹');
  await reader.page.getByRole('link', { name: 'نسخهٔ ۱' }).click();
  await reader.page.getByText('این نسخه جای خود را به نسخهٔ تازه‌تر داده است.').waitFor();
  for (const open of [office, directors, reader]) expectQuiet(open);
}, 120_000);

test('a reader comments and gets an answer', async () => {
  await using reading = await openPage(product.address);
  const { page } = reading;
  await page.goto('/bulletins');
  await page.getByRole('link', { name: /بیش از ۲۲۰۰ نفر/ }).click();
  await page.getByLabel('نظر شما دربارهٔ این نسخه').fill('چرا یک شغل کم شد؟');
  await page.getByRole('checkbox').focus();
  await page.keyboard.press('Space');
  await page.locator('input[name=altcha][value]:not([value=""])').waitFor({ state: 'attached' });
  await page.getByRole('button', press('فرستادن نظر')).click();
  await page.getByText('نظر شما رسید. پس از خواندن نمایش داده می‌شود.').waitFor();
  await using office = await openPage(product.address);
  await signIn(office.page, 'karshenas');
  await office.page.goto('/office/comments');
  await office.page.getByText('چرا یک شغل کم شد؟').waitFor();
  await office.page.getByRole('button', press('ثبت تصمیم')).click();
  await office.page.getByText('تصمیم ثبت شد.').waitFor();
  await office.page.getByText('پاسخ اداره').click();
  await office.page.getByLabel('متن پاسخ').fill('چون دو بار ثبت شده بود.');
  await office.page.getByRole('button', press('نمایش پاسخ')).click();
  await office.page.getByText('پاسخ نمایش داده شد.').waitFor();
  await page.reload();
  await page.getByText('چون دو بار ثبت شده بود.').waitFor();
  for (const open of [reading, office]) expectQuiet(open);
}, 120_000);

async function takeBackOneJob(): Promise<void> {
  const { rows } = await product.database.pools.migrator.query(
    `select h.case_id from history h join history_heads d on d.case_id = h.case_id and d.seq = h.seq
     where h.verb = 'employment.register' and h.sign = 1 and h.people = 1 limit 1`,
  );
  const now = new Date('2022-06-22T08:00:00Z');
  const today = '2022-06-22';
  const opId = uuid7(now.getTime());
  const act = { provinceId: 4, actorId: null, organisationId: null, now, today, opId };
  await product.database.transaction(provinceContext(4), (tx) =>
    takeBackJob(tx, act, [{ caseId: rows[0].case_id, reason: 'دو بار' }]),
  );
}
