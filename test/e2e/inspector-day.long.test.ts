import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BadLine, badLine } from '../bad-line.ts';
import { expectAccessible, type OpenPage, openPage } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import type { Caller } from '../house.ts';
import { answer, finish, leave, plannedVisits, prove, unlock } from './field-day.ts';
import { patient, type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
let line: BadLine;
let officer: Caller;
let phone: OpenPage;
let context: BrowserContext;
let visits: string[];

beforeAll(async () => {
  story = await startStory();
  line = await badLine(story.address);
  const { house } = story;
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const ours = { role: 'inspector', organisationId: 'DIRECTORATE', demonstration: false } as const;
  const inspector = await house.signIn(ours);
  const me = (await inspector.get('/api/session')).body.account.id;
  visits = await plannedVisits(house, officer, me, [801, 802, 803]);
  const unplanned = { bankId: 'MELLAT', rial: 300_000_000n, serials: [804], visited: false };
  await contractedPlans(house, unplanned);
  phone = await openPage(line.address, { screen: 'phone' });
  context = phone.page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  // The phone is two days ahead of everybody.
  await context.clock.setSystemTime('2022-06-24T08:00:00Z');
  const [name = '', value = ''] = inspector.cookie.split('=');
  await context.addCookies([{ name, value, url: line.address }]);
});
afterAll(async () => {
  await phone?.[Symbol.asyncDispose]();
  await line?.close();
  await story?.close();
});

/** The tab is killed; another one begins where the phone's own memory is. */
async function killed(path?: string): Promise<Page> {
  const [old] = context.pages();
  const page = await context.newPage();
  await old?.close();
  await unlock(page, path);
  return page;
}

test('an inspector works all day in a village without signal', patient, async () => {
  await leave(phone.page);
  await expectAccessible(phone.page);
  line.down(true);
  let page = await killed();
  await page.getByText('۳ بازدید').waitFor();
  await page.goto(`/field/visits/${visits[0]}`);
  await page.getByLabel('رمز گوشی').waitFor();
  page = await killed(`/field/visits/${visits[0]}`);
  await answer(page);
  await page.getByText('دار قالی').waitFor();
  page = await killed(`/field/visits/${visits[0]}`);
  await page.getByText('دار قالی').waitFor();
  await page.getByRole('button', { name: 'پایان بازدید' }).click();
  await page.getByText('۴ پاسخ مانده').waitFor();
  await prove(page);
  await expectAccessible(page);
  await finish(page);
  await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
});

test('a record is corrected, and a visit made that nobody had planned', patient, async () => {
  let page = await killed(`/field/visits/${visits[1]}`);
  await answer(page);
  await prove(page);
  await finish(page);
  page = await killed(`/field/visits/${visits[1]}`);
  await page.getByRole('button', { name: 'اصلاح این ثبت' }).click();
  await page.getByText('باید چیزی اصلاح شود').click();
  await page.getByRole('textbox', { name: 'شرح آنچه دیدید' }).fill('سیم‌کشی');
  await page.getByRole('button', { name: 'پایان بازدید' }).click();
  await page.getByRole('link', { name: 'بازدید بی برنامه' }).click();
  await page.getByRole('button', { name: /وام‌گیرنده/ }).click();
  await answer(page);
  await prove(page);
  await finish(page);
  await page.getByText('۴ ثبت هنوز نرسیده').waitFor();
});

test('back in signal everything is received, whatever the line does', patient, async () => {
  const page = await killed(`/field/visits/${visits[2]}`);
  await answer(page);
  await prove(page);
  await finish(page);
  // Meanwhile the office has called this one off.
  await officer.post(`/api/visits/${visits[2]}/cancel`, { reason: 'x' });
  line.spoil('lost answer', 'cut', 'twice', 'lost answer', 'cut', 'twice', 'cut', 'twice');
  line.down(false);
  await page.getByRole('link', { name: /هنوز نرسیده/ }).click();
  await page.getByRole('button', { name: 'فرستادن همین حالا' }).click();
  await page.getByText('همه رسیده است').waitFor();
  expect(line.left()).toBe(0);
  await page.getByText('ساعت این گوشی درست نیست').waitFor();
  await page.getByText('در انتظار تصمیم اداره').waitFor();
  await page.getByText('از زمانی که این بازدید روی گوشی رفت').waitFor();
  await expectAccessible(page);
  const stands = await Promise.all(visits.map((code) => officer.get(`/api/visits/${code}`)));
  expect(stands.map(({ body }) => [body.state, body.visitedOn])).toEqual([
    ['passed', '2022-06-22'],
    ['to_correct', '2022-06-22'],
    ['cancelled', null],
  ]);
  expect(phone.foreign).toEqual([]);
});

test('each is there once, with its photos whole', async () => {
  const { rows } = await story.house.database.migratorTransaction((tx) =>
    sql<{ states: string[]; photos: string; kept: string; steps: string }>`
      select array_agg(state order by seq) as states,
        (select count(*) from field_photos) as photos,
        (select count(*) from field_photos where state = 'kept') as kept,
        (select count(*) from history where verb in ('supervision.pass',
          'supervision.orderCorrection') and sign = 1) as steps
      from field_records`.execute(tx),
  );
  expect(rows[0]?.states).toEqual(['applied', 'replaced', 'applied', 'applied', 'conflict']);
  expect(rows[0]?.kept).toBe(rows[0]?.photos);
  expect(Number(rows[0]?.steps)).toBe(3);
});
