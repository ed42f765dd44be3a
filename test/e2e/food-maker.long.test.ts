import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../browser.ts';
import { act, patient, personOf, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const who = { firstName: 'هاجر', lastName: 'مرباپز', serial: 6101 };
const mobile = '09145550021';

/** She learns who has a say before she fills anything in. */
async function learnWhoDecides(page: Page): Promise<void> {
  await page.goto('/my/find');
  await page.getByLabel('با زبان خودتان بنویسید').fill('مربا درست میکنم');
  await page.getByRole('button', { name: 'پیدا کن' }).click();
  await page
    .getByRole('button', { name: /^همین است: .*مربا/ })
    .first()
    .click();
  await page.getByText('استعلام از').first().waitFor();
  await page.getByText('وزارت بهداشت، درمان و آموزش پزشکی').first().waitFor();
}

/** She sees exactly what was named, with what she had written, and writes it anew. */
async function correctAddress(page: Page): Promise<void> {
  await page.goto('/my');
  await page.getByRole('link', { name: /مربا/ }).click();
  await page.getByRole('heading', { name: 'این‌ها را درست کنید' }).waitFor();
  expect(await page.getByText('نشانی محل فعالیت:').count()).toBe(1);
  expect(await page.getByLabel('نام پدر').count()).toBe(0);
  await expectAccessible(page);
  const address = page.getByLabel(/^نشانی/);
  expect(await address.inputValue()).toBe('کوچه');
  await address.fill('کوچه سوم، پلاک ۱۲');
  await page.getByRole('button', { name: 'درست شد، بفرست' }).click();
  await page.getByRole('heading', { name: 'پرونده کجاست' }).waitFor();
  await expect
    .poll(() => page.getByRole('heading', { name: 'این‌ها را درست کنید' }).count(), patient)
    .toBe(0);
}

/** What she says at the counter is filed there, unfinished as it is. */
async function fileForHer(): Promise<string> {
  const clerk = await story.house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  const filed = await clerk.post('/api/permits', {
    kind: 'independent',
    occupationId: 'jam-making',
    household: { countyId: '0401', area: 'urban', address: 'کوچه' },
    person: { ...personOf(who), mobile },
  });
  return filed.body.code;
}

test('a food maker corrects her address, is cleared by Health, and has her permit', async () => {
  const { caller, phone } = await story.citizen(mobile, who);
  await using her = phone;
  await using jahad = await story.staff('expert', 'AGRI', 'کاوه جهادی');
  await using health = await story.staff('expert', 'HEALTH', 'سمیه بهداشتی');
  await using officer = await story.staff('officer', 'DIRECTORATE', 'بهروز اداره‌کل');

  await learnWhoDecides(her.page);
  const code = await fileForHer();

  await act(jahad.page, code, 'بازگرداندن برای اصلاح', async (page) => {
    await page.getByRole('checkbox', { name: 'نشانی محل فعالیت' }).check();
    await page.getByLabel('ایراد نشانی محل فعالیت').fill('پلاک نوشته نشده است.');
  });
  await correctAddress(her.page);

  // Jihad asks Health, which finds the case in its own queue and clears it by a number.
  await act(jahad.page, code, 'استعلام');
  await health.page.goto('/office/queue');
  await health.page.getByRole('heading', { level: 2, name: 'هاجر مرباپز' }).waitFor();
  await health.page.getByText('کوچه سوم، پلاک ۱۲').first().waitFor();
  await act(health.page, code, 'پاسخ مثبت', async (page) => {
    await page.getByLabel('شمارهٔ پاسخ شما').fill('1401/77');
  });
  await act(jahad.page, code, 'امضای نخست (دستگاه)');
  await act(officer.page, code, 'صدور مجوز');

  await her.page.reload();
  await her.page.getByRole('link', { name: 'گرفتن مجوز (PDF)' }).waitFor();
  await expectAccessible(her.page);
  const { permit } = (await caller.get(`/api/cases/${code}`)).body;
  await her.page.getByRole('link', { name: 'صفحه همگانی مجوز' }).click();
  await her.page.waitForURL(`**/p/${permit.number}`);
  await her.page.getByText('معتبر').first().waitFor();
  for (const { foreign, errors } of [her, jahad, health, officer]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 180_000);
