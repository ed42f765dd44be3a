import { sql } from 'kysely';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import { answer, finish, leave, prove, unlock } from './field-day.ts';
import { type FieldPhone, openFieldPhone } from './open-field-phone.ts';
import { patient } from './story-house.ts';

let day: FieldPhone;
let story: FieldPhone['story'];
let line: FieldPhone['line'];
let officer: FieldPhone['officer'];
let phone: FieldPhone['phone'];
let context: BrowserContext;
let visits: FieldPhone['visits'];

beforeAll(async () => {
  day = await openFieldPhone([801, 802, 803]);
  ({ story, line, officer, phone, visits } = day);
  context = phone.page.context();
  const unplanned = { bankId: 'MELLAT', rial: 300_000_000n, serials: [804], visited: false };
  await contractedPlans(story.house, unplanned);
  // The phone is two days ahead of everybody.
  await context.clock.setSystemTime('2022-06-24T08:00:00Z');
  await day.enter();
});
afterAll(() => day?.close());

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
