import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../browser.ts';
import { pngBytes } from '../picture-bytes.ts';
import { patient, personOf, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const next = 'ثبت و ادامه';

async function writeDown(page: Page): Promise<void> {
  const { nationalId, firstName, lastName } = personOf({
    ...{ firstName: 'گلابتون', lastName: 'بی‌گوشی', serial: 6401 },
  });
  await page.getByLabel('کد ملی').fill(nationalId);
  await page.getByLabel('نام', { exact: true }).fill(firstName);
  await page.getByLabel('نام خانوادگی').fill(lastName);
  await page.getByLabel('تاریخ تولد').fill('۱۳۴۵/۰۳/۰۴');
  await page.getByRole('radio', { name: 'زن' }).check();
  await page.getByLabel(/تلفن همراه متقاضی/).fill('09145550041');
  await page.getByRole('button', { name: next }).click();
  await page.waitForURL('**/where');
}

async function sendAll(page: Page): Promise<void> {
  const places = page.locator('input[type=file]');
  await places.first().waitFor({ state: 'attached' });
  const count = await places.count();
  for (let at = 0; at < count; at += 1) {
    const buffer = pngBytes(60, 40);
    await places.nth(at).setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer });
    await expect.poll(() => page.getByText('رسید', { exact: true }).count(), patient).toBe(at + 1);
    await expect.poll(() => places.count(), patient).toBe(count);
  }
}

test('a clerk applies for somebody without a telephone, and the case says so', async () => {
  await using desk = await story.staff('counter', 'DIRECTORATE', 'ژیلا پیشخوان');
  await using samt = await story.staff('expert', 'SMT', 'نسرین صمتی');
  const { page } = desk;
  await page.goto('/office/apply');
  await page.getByRole('link', { name: 'درخواست تازه برای متقاضی' }).click();
  await page.getByLabel('با زبان خودتان بنویسید').fill('خیاطی');
  await page.getByRole('button', { name: 'پیدا کن' }).click();
  await page.getByRole('button', { name: 'همین است: خیاطی', exact: true }).click();
  await page.getByRole('button', { name: 'شروع درخواست' }).click();
  await page.waitForURL('**/office/apply/*');
  await page.getByText('شما این درخواست را برای دیگری پر می‌کنید').first().waitFor();
  await expectAccessible(page);
  await page.goto(`${new URL(page.url()).pathname}/who`);
  await writeDown(page);
  await page.getByLabel('شهرستان').selectOption({ label: 'ارومیه' });
  await page.getByRole('radio', { name: 'روستا', exact: true }).check();
  await page.getByLabel(/^نشانی/).fill('روستای بند، خانهٔ نخست');
  await page.getByRole('button', { name: next }).click();
  await page.waitForURL('**/work');
  await page.getByRole('radio', { name: 'بله' }).first().waitFor();
  for (const yes of await page.getByRole('radio', { name: 'بله' }).all()) await yes.check();
  await page.getByRole('button', { name: next }).click();
  await page.waitForURL('**/documents');
  await sendAll(page);
  await page.getByRole('link', { name: next }).click();
  await page.waitForURL('**/check');
  await page.getByRole('button', { name: 'فرستادن درخواست' }).click();
  await page.waitForURL('**/office/cases/*');

  // The clerk, and the expert who decides, both read who filled it in, and what was sent.
  for (const open of [desk, samt]) {
    await open.page.goto(new URL(page.url()).pathname);
    await open.page.getByRole('heading', { level: 1, name: 'گلابتون بی‌گوشی' }).waitFor();
    await open.page.getByText('این درخواست را ژیلا پیشخوان برای متقاضی ثبت کرده است.').waitFor();
    expect(await open.page.getByRole('link', { name: /^دیدن/ }).count()).toBeGreaterThan(4);
    await expectAccessible(open.page);
    expect({ foreign: open.foreign, errors: open.errors }).toEqual({ foreign: [], errors: [] });
  }
}, 180_000);
