import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../browser.ts';
import { act, patient, personOf, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
});
afterAll(() => story.close());

const who = { firstName: 'سوسن', lastName: 'معترض', serial: 6201 };
const mobile = '09145550031';

async function file(nth: number, who: Parameters<typeof personOf>[0]): Promise<string> {
  const clerk = await story.house.signIn({ role: 'counter', organisationId: 'DIRECTORATE' });
  const household = { countyId: '0401', area: 'urban', address: `کوچه ${nth}` };
  const application = { kind: 'independent', occupationId: 'tailoring', household };
  const filed = await clerk.post('/api/permits', {
    ...application,
    person: { ...personOf(who), mobile },
  });
  expect(filed.status).toBe(201);
  return filed.body.code;
}

test('refused by a number, she objects; somebody else decides, and she has her permit', async () => {
  const { phone } = await story.citizen(mobile, who);
  await using her = phone;
  await using samt = await story.staff('expert', 'SMT', 'نسرین صمتی');
  await using director = await story.staff('director', 'DIRECTORATE', 'پروانه مدیر');
  const code = await file(1, who);

  await act(samt.page, code, 'رد درخواست', async (page) => {
    await page.getByRole('checkbox', { name: /^۲۳\./ }).check();
  });
  await her.page.goto(`/my/cases/${code}`);
  await her.page.getByRole('heading', { name: 'چرا رد شد' }).waitFor();
  await her.page.getByText(/^۲۳\. /).waitFor();
  await expectAccessible(her.page);
  await her.page.getByLabel('دلیل شما').fill('گواهی مهارت من معتبر است.');
  await her.page.getByRole('button', { name: 'اعتراض دارم' }).click();
  await expect
    .poll(() => her.page.getByRole('button', { name: 'اعتراض دارم' }).count(), patient)
    .toBe(0);

  // Who refused cannot decide the objection; the directorate can, and says why.
  await samt.page.goto(`/office/cases/${code}`);
  await samt.page.getByRole('heading', { level: 1, name: 'سوسن معترض' }).waitFor();
  expect(await samt.page.getByRole('button', { name: 'پذیرش اعتراض' }).count()).toBe(0);
  await act(director.page, code, 'پذیرش اعتراض', async (page) => {
    await page.getByLabel('دلیل').fill('گواهی درست است.');
  });
  await act(samt.page, code, 'امضای نخست (دستگاه)');
  await act(director.page, code, 'صدور مجوز');
  await her.page.reload();
  await her.page.getByRole('link', { name: 'گرفتن مجوز (PDF)' }).waitFor();
  for (const { foreign, errors } of [her, samt, director]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 180_000);

test('the director signs thirty at once, each of them listed before', async () => {
  const samt = await story.house.signIn({ role: 'expert', organisationId: 'SMT' });
  const names = Array.from({ length: 30 }, (_, nth) => `دوزنده ${nth + 1}`);
  const codes: string[] = [];
  for (const [nth, lastName] of names.entries()) {
    const code = await file(100 + nth, { firstName: 'نرگس', lastName, serial: 6300 + nth });
    expect((await samt.post(`/api/permits/${code}/sign`)).status).toBe(200);
    codes.push(code);
  }
  await using director = await story.staff('director', 'DIRECTORATE', 'پروانه مدیر');
  const { page } = director;
  await page.goto('/office/queue');
  await page.getByRole('button', { name: 'نشان‌کردن ۳۰ پرونده' }).click();
  await page.getByRole('button', { name: 'صدور مجوز (۳۰)' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'ببینید چه خواهد شد' }).click();
  await expect.poll(() => dialog.getByText('پذیرفته می‌شود').count(), patient).toBe(30);
  for (const name of names) {
    expect(await dialog.getByText(`نرگس ${name}`, { exact: true }).count(), name).toBe(1);
  }
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'صدور مجوز: ۳۰ پرونده' }).click();
  await page.getByText('در این بخش کاری در انتظار شما نیست').waitFor();
  const states = await Promise.all(
    codes.map(async (code) => (await samt.get(`/api/cases/${code}`)).body.state),
  );
  expect(new Set(states)).toEqual(new Set(['issued']));
  expect({ foreign: director.foreign, errors: director.errors }).toEqual({
    foreign: [],
    errors: [],
  });
}, 180_000);
