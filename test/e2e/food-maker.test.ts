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

test('a food maker corrects her address, is cleared by Health, and has her permit', async () => {
  const { caller, phone } = await story.citizen(mobile, who);
  await using her = phone;
  await using jahad = await story.staff('expert', 'AGRI', 'کاوه جهادی');
  await using health = await story.staff('expert', 'HEALTH', 'سمیه بهداشتی');
  await using officer = await story.staff('officer', 'DIRECTORATE', 'بهروز اداره‌کل');

  // She learns who has a say before she fills anything in.
  await her.page.goto('/my/find');
  await her.page.getByLabel('با زبان خودتان بنویسید').fill('مربا درست میکنم');
  await her.page.getByRole('button', { name: 'پیدا کن' }).click();
  await her.page
    .getByRole('button', { name: /^همین است: .*مربا/ })
    .first()
    .click();
  await her.page.getByText('استعلام از').first().waitFor();
  await her.page.getByText('وزارت بهداشت، درمان و آموزش پزشکی').first().waitFor();

  const application = { kind: 'independent', occupationId: 'jam-making' };
  const household = { countyId: '0401', area: 'urban', address: 'کوچه' };
  const clerk = await story.house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  const person = { ...personOf(who), mobile };
  const filed = await clerk.post('/api/permits', { ...application, household, person });
  const { code } = filed.body;

  // Jihad looks first and sends it back: the address is not whole.
  await act(jahad.page, code, 'بازگرداندن برای اصلاح', async (page) => {
    await page.getByRole('checkbox', { name: 'نشانی محل فعالیت' }).check();
    await page.getByLabel('ایراد نشانی محل فعالیت').fill('پلاک نوشته نشده است.');
  });
  await her.page.goto('/my');
  await her.page.getByRole('link', { name: /مربا/ }).click();
  await her.page.getByRole('heading', { name: 'این‌ها را درست کنید' }).waitFor();
  expect(await her.page.getByText('نشانی محل فعالیت:').count()).toBe(1);
  expect(await her.page.getByLabel('نام پدر').count()).toBe(0);
  await expectAccessible(her.page);
  const address = her.page.getByLabel(/^نشانی/);
  expect(await address.inputValue()).toBe('کوچه');
  await address.fill('کوچه سوم، پلاک ۱۲');
  await her.page.getByRole('button', { name: 'درست شد، بفرست' }).click();
  await her.page.getByRole('heading', { name: 'پرونده کجاست' }).waitFor();
  await expect
    .poll(() => her.page.getByRole('heading', { name: 'این‌ها را درست کنید' }).count(), patient)
    .toBe(0);

  // Jihad asks Health, which finds the case in its own queue and clears it by a number.
  await act(jahad.page, code, 'استعلام');
  await her.page.reload();
  await her.page.getByText('در استعلام').first().waitFor();
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
