import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openPage } from '../browser.ts';
import type { Caller } from '../house.ts';
import { type Maker, makers } from '../makers.ts';
import { browserOf } from './market-pages.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const office = (): Promise<Caller> =>
  story.house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });

async function announce(page: Page): Promise<string> {
  await page.goto('/office/market');
  await page.locator('summary', { hasText: 'اعلام نمایشگاه' }).click();
  await page.getByLabel('نام', { exact: true }).fill('نمایشگاه تابستان');
  await page.getByLabel('شهرستان', { exact: true }).selectOption({ label: 'ارومیه' });
  await page.getByLabel('نشانی').fill('باغ شهر');
  await page.getByLabel('پایان درخواست').fill('۱۴۰۱/۰۴/۰۹');
  await page.getByLabel('روز آغاز').fill('۱۴۰۱/۰۴/۱۴');
  await page.getByLabel('روز پایان').fill('۱۴۰۱/۰۴/۱۶');
  await page.getByLabel('نام غرفه').fill('دو در دو');
  await page.getByLabel('چند تا؟').first().fill('3');
  await page.getByLabel('اجاره، تومان').first().fill('500000');
  await page.getByLabel('تخفیف، درصد').first().fill('50');
  await page.getByRole('button', { name: 'اعلام نمایشگاه' }).click();
  await page.waitForURL('**/office/fairs/*');
  await expectAccessible(page);
  return page.url().split('/').at(-1) ?? '';
}

async function applyByHand(page: Page): Promise<void> {
  await page.goto('/my/fairs');
  await page.locator('summary', { hasText: 'درخواست غرفه' }).click();
  await page.getByLabel('چه می‌آورید؟').fill('بیست مانتوی دست‌دوز');
  await page.getByRole('button', { name: 'درخواست غرفه' }).click();
  await page.getByText('درخواست داده شد').first().waitFor();
  await expectAccessible(page);
}

async function scoreByHand(page: Page): Promise<void> {
  const first = page
    .locator('#applications')
    .locator('xpath=ancestor::section')
    .locator('li')
    .first();
  await first.locator('summary', { hasText: 'امتیاز دادن' }).click();
  for (const field of ['ساخت خانه', 'کیفیت', 'تولیدمحوری']) {
    await first.getByLabel(`${field}، ۰ تا ۱۰`).fill('۱۰');
  }
  await first.getByRole('button', { name: 'ثبت امتیاز' }).click();
  await first.getByText('۱٬۰۰۰ از ۱۰۰۰').waitFor();
}

type One = { code: string; state: string; place: number | null; rank: number };

type Drawn = { best: One; equals: One[]; fingerprint: string };

/** Whoever knows the seed reckons the draw again, from the codes alone; gives the seed. */
async function reckonAgain(by: Caller, code: string, it: Drawn): Promise<string> {
  const drawn = (await by.get(`/api/fairs/${code}`)).body;
  expect(sha256(drawn.seed)).toBe(it.fingerprint);
  const order = it.equals
    .map((one) => one.code)
    .toSorted((a, b) => (sha256(`${drawn.seed} ${a}`) < sha256(`${drawn.seed} ${b}`) ? -1 : 1));
  expect(drawn.list.map((one: One) => one.code)).toEqual([it.best.code, ...order]);
  expect(drawn.list.map(({ place }: One) => place)).toEqual([1, 2, 3, ...Array(5).fill(null)]);
  return drawn.seed;
}

test('a fair with more applicants than stalls: points first, and the announced seed between equals', async () => {
  const { house } = story;
  const all = (await makers(house, 8)) as [Maker, ...Maker[]];
  await using desk = await browserOf(story, await office(), 'desktop');
  await using phone = await browserOf(story, all[0].caller);
  const code = await announce(desk.page);
  await applyByHand(phone.page);
  for (const { caller, code: caseCode } of all.slice(1)) {
    const body = { caseCode, stall: 1, brings: 'لباس محلی' };
    expect((await caller.post(`/api/fairs/${code}/applications`, body)).status).toBe(201);
  }
  const officer = await office();
  const before = (await officer.get(`/api/fairs/${code}`)).body;
  expect(before.seed).toBeNull();
  await desk.page.reload();
  await scoreByHand(desk.page);
  const marks = { home_made: 7, quality: 7, production: 7 };
  const [best, ...equals] = (await officer.get(`/api/fairs/${code}`)).body.list as [One, ...One[]];
  for (const one of equals) {
    await officer.post(`/api/stall-applications/${one.code}/score`, { marks });
  }

  house.clock.moveTo(new Date('2022-07-01T08:00:00Z'));
  const later = await office();
  await using draws = await browserOf(story, later, 'desktop');
  await draws.page.goto(`/office/fairs/${code}`);
  await draws.page.getByRole('button', { name: 'واگذاری غرفه‌ها' }).click();
  await draws.page.getByText('در نوبت').first().waitFor();
  await expectAccessible(draws.page);

  const seed = await reckonAgain(later, code, { best, equals, fingerprint: before.fingerprint });
  await using anyone = await openPage(story.address, { screen: 'phone' });
  await anyone.page.goto('/market/fairs');
  await anyone.page.getByText(seed, { exact: true }).waitFor();
  await expectAccessible(anyone.page);
  for (const { foreign, errors } of [desk, phone, draws, anyone]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 240_000);
