import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BadLine, badLine } from '../bad-line.ts';
import { type OpenPage, openPage } from '../browser.ts';
import { answer, finish, leave, plannedVisits, prove, unlock } from './field-day.ts';
import { type StoryHouse, startStory } from './story-house.ts';

const patient = { timeout: 120_000 };
let story: StoryHouse;
let line: BadLine;
let phone: OpenPage;
let page: Page;
let visits: string[];

beforeAll(async () => {
  story = await startStory();
  line = await badLine(story.address);
  const { house } = story;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const inspector = await house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' });
  const me = (await inspector.get('/api/session')).body.account.id;
  visits = await plannedVisits(house, officer, me, [811, 812]);
  phone = await openPage(line.address, { screen: 'phone' });
  page = phone.page;
  const context = page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  const [name = '', value = ''] = inspector.cookie.split('=');
  await context.addCookies([{ name, value, url: line.address }]);
  await leave(page);
});
afterAll(async () => {
  await phone?.[Symbol.asyncDispose]();
  await line?.close();
  await story?.close();
});

/** Leaves the site no more room than it has taken, until the answer is called. */
async function fill(): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  // The quota is the session's: it is as it was once the session has ended.
  await session.send('Storage.overrideQuotaForOrigin', { origin: line.address, quotaSize: 1 });
  return () => session.detach();
}

test('a phone that is full says so, and what was kept stays kept', patient, async () => {
  line.down(true);
  await unlock(page, `/field/visits/${visits[0]}`);
  await answer(page);
  await page.getByText('دار قالی').waitFor();
  const empty = await fill();
  const file = { name: 'x.png', mimeType: 'image/png', buffer: await page.screenshot() };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText('گوشی برای این عکس جا ندارد').waitFor();
  await empty();
  await unlock(page, `/field/visits/${visits[0]}`);
  await page.getByText('دار قالی').waitFor();
  await prove(page);
  await finish(page);
  await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
});

test('a newer version waits until it is let in, and loses nothing', patient, async () => {
  await unlock(page, `/field/visits/${visits[1]}`);
  await answer(page);
  await page.getByText('دار قالی').waitFor();
  line.put('/sw.js', `${await (await fetch(`${story.address}/sw.js`)).text()}\n// newer`);
  // Back in signal with a session that has ended: nothing can be sent, but the newer version is found.
  await page.context().clearCookies();
  line.down(false);
  await unlock(page, `/field/visits/${visits[1]}`);
  const offer = page.getByRole('button', { name: 'گذاشتن نسخهٔ تازه' });
  await offer.waitFor();
  await page.getByText('دار قالی').waitFor();
  await offer.click();
  await page.getByLabel('رمز گوشی').waitFor();
  await unlock(page, `/field/visits/${visits[1]}`);
  await page.getByText('دار قالی').waitFor();
  await page.getByText('۱ ثبت هنوز نرسیده').waitFor();
  expect(await offer.count()).toBe(0);
  expect(phone.foreign).toEqual([]);
});
