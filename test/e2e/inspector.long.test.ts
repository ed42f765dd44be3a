import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer, finish, leave, prove, unlock } from './field-day.ts';
import { type FieldPhone, openFieldPhone } from './open-field-phone.ts';

const patient = { timeout: 120_000 };
let day: FieldPhone;
let story: FieldPhone['story'];
let line: FieldPhone['line'];
let page: Page;
let visits: FieldPhone['visits'];

beforeAll(async () => {
  day = await openFieldPhone([811, 812, 813]);
  ({ story, line, visits } = day);
  page = day.phone.page;
  await day.enter();
  await leave(page);
}, 120_000);
afterAll(() => day?.close());

/** Leaves the site no room at all, until the answer is called. */
async function fill(): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  // The quota is the session's: it is as it was once the session has ended.
  await session.send('Storage.overrideQuotaForOrigin', { origin: line.address, quotaSize: 1 });
  // For half a minute the browser reckons with the room that there was when it last looked.
  await page.waitForTimeout(31_000);
  return () => session.detach();
}

async function takePhoto(): Promise<void> {
  const file = { name: 'x.png', mimeType: 'image/png', buffer: await page.screenshot() };
  await page.locator('input[type=file]').setInputFiles(file);
}

type Received = {
  seqs: number[] | null;
  states: string[] | null;
  photos: number;
  missing: number;
  steps: number;
};

/** What the server has: records by number, photos that are whole, steps of visits. */
async function received() {
  const { rows } = await story.house.database.migratorTransaction((tx) =>
    sql<Received>`
      select array_agg(seq order by seq) as seqs, array_agg(state order by seq) as states,
        (select count(*)::integer from field_photos where state = 'kept') as photos,
        (select count(*)::integer from field_photos where state <> 'kept') as missing,
        (select count(*)::integer from history where verb = 'supervision.pass' and sign = 1) as steps
      from field_records`.execute(tx),
  );
  return rows[0];
}

test('a phone that is full opens, says so, and loses nothing', patient, async () => {
  line.down(true);
  await unlock(page, `/field/visits/${visits[0]}`);
  await answer(page);
  await page.getByText('دار قالی').waitFor();
  const empty = await fill();
  // The tries of a PIN are counted on a full phone, too, and a tab that was killed saves none.
  for (const left of ['۹', '۸']) {
    await page.goto('/field');
    await page.getByLabel('رمز گوشی').fill('not the PIN');
    await page.getByRole('button', { name: 'باز کردن' }).click();
    await page.getByRole('link', { name: `${left} بار دیگر می‌توانید` }).waitFor();
  }
  await unlock(page, `/field/visits/${visits[0]}`);
  await page.getByText('دار قالی').waitFor();
  await takePhoto();
  await page.getByText('گوشی برای این عکس جا ندارد').waitFor();
  await page.getByRole('textbox', { name: 'شرح آنچه دیدید' }).fill('دیوار');
  await page.getByText('گوشی جا ندارد. آنچه پیش‌تر').waitFor();
  await empty();
  await unlock(page, `/field/visits/${visits[0]}`);
  await page.getByText('دار قالی').waitFor();
  await prove(page);
  await finish(page);
  await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
});

test(
  'what is on a full phone is received once, and noted once there is room',
  patient,
  async () => {
    const empty = await fill();
    line.down(false);
    await unlock(page);
    await page.getByRole('link', { name: /هنوز نرسیده/ }).click();
    await page.getByRole('button', { name: 'فرستادن همین حالا' }).click();
    await page.getByText('فرستادن از کار نمی‌افتد').waitFor();
    await expect
      .poll(received, { timeout: 30_000 })
      .toMatchObject({ seqs: [1], photos: 2, steps: 1 });
    await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
    await empty();
    await page.getByRole('button', { name: 'فرستادن همین حالا' }).click();
    await page.getByText('همه رسیده است').waitFor();
    expect(await received()).toMatchObject({ states: ['applied'], photos: 2, steps: 1 });
  },
);

test('a newer version waits until it is let in, and loses nothing', patient, async () => {
  line.down(true);
  await unlock(page, `/field/visits/${visits[1]}`);
  await answer(page);
  await prove(page);
  await finish(page);
  await unlock(page, `/field/visits/${visits[2]}`);
  await answer(page);
  await page.getByText('دار قالی').waitFor();
  line.put('/sw.js', `${await (await fetch(`${story.address}/sw.js`)).text()}\n// newer`);
  // Back in signal with a session that has ended: nothing can be sent, but the newer version is found.
  await page.context().clearCookies();
  line.down(false);
  await unlock(page, `/field/visits/${visits[2]}`);
  const offer = page.getByRole('button', { name: 'گذاشتن نسخهٔ تازه' });
  await offer.waitFor();
  await page.getByText('دار قالی').waitFor();
  await offer.click();
  await page.getByLabel('رمز گوشی').waitFor();
  await unlock(page, `/field/visits/${visits[2]}`);
  await page.getByText('دار قالی').waitFor();
  await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
  expect(await offer.count()).toBe(0);
});

test('a tab that is killed while a photo is on its way goes on where it was', patient, async () => {
  await prove(page);
  await day.enter();
  // Records, a first piece, and then the signal goes in the middle of the second.
  line.spoil('twice', 'twice', 'down');
  await finish(page);
  await expect.poll(line.left, { timeout: 30_000 }).toBe(0);
  const next = await page.context().newPage();
  await page.close();
  page = next;
  await unlock(page);
  await page.getByText('۲ ثبت هنوز نرسیده').waitFor();
  line.down(false);
  await page.getByRole('link', { name: /هنوز نرسیده/ }).click();
  await page.getByRole('button', { name: 'فرستادن همین حالا' }).click();
  await page.getByText('همه رسیده است').waitFor();
  const states = ['applied', 'applied', 'applied'];
  expect(await received()).toMatchObject({ seqs: [1, 2, 3], states, missing: 0, steps: 3 });
  expect(day.phone.foreign).toEqual([]);
});
