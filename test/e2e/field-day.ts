import type { Page } from 'playwright-core';
import { type BadLine, badLine } from '../bad-line.ts';
import { type OpenPage, openPage } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import type { Caller, TestHouse } from '../house.ts';
import { type StoryHouse, startStory } from './story-house.ts';

const pin = 'bagh-1401';

/** Plans and a visit in the field to each, given to somebody. @returns the codes of the visits */
async function plannedVisits(
  house: TestHouse,
  officer: Caller,
  assignee: string,
  serials: readonly number[],
): Promise<string[]> {
  const plans = { bankId: 'MELLAT', rial: 300_000_000n, serials, visited: false };
  const codes: string[] = [];
  for (const code of await contractedPlans(house, plans)) {
    const body = { stage: 'before', channel: 'field', assignee };
    codes.push((await officer.post(`/api/cases/${code}/visits`, body)).body.code);
  }
  return codes;
}

/** An inspector's phone in a browser, behind a line that can be spoilt, with visits given to its owner. */
export type FieldPhone = {
  readonly story: StoryHouse;
  readonly line: BadLine;
  readonly officer: Caller;
  readonly inspector: Caller;
  readonly visits: readonly string[];
  readonly phone: OpenPage;
  /** Signs the inspector in on the phone. */
  readonly enter: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens a phone that knows where it is, and gives its owner a visit to each of these people. */
export async function openFieldPhone(serials: readonly number[]): Promise<FieldPhone> {
  const story = await startStory();
  const line = await badLine(story.address);
  const { house } = story;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const ours = { role: 'inspector', organisationId: 'DIRECTORATE', demonstration: false } as const;
  const inspector = await house.signIn(ours);
  const me = (await inspector.get('/api/session')).body.account.id;
  const visits = await plannedVisits(house, officer, me, serials);
  const phone = await openPage(line.address, { screen: 'phone' });
  const context = phone.page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  const enter = async () => {
    const [name = '', value = ''] = inspector.cookie.split('=');
    await context.addCookies([{ name, value, url: line.address }]);
  };
  const close = async () => {
    await phone[Symbol.asyncDispose]();
    await line.close();
    await story.close();
  };
  return { story, line, officer, inspector, visits, phone, enter, close };
}

/** Enrols the phone that shows `/field` and takes the day's visits; its account is signed in. */
export async function leave(page: Page): Promise<void> {
  await page.goto('/field');
  await page.getByLabel('رمز تازه').fill(pin);
  await page.getByLabel('همان رمز دوباره').fill(pin);
  await page.getByRole('button', { name: 'ثبت گوشی' }).click();
  await page.getByRole('button', { name: 'برداشتن بازدیدها' }).click();
  await page.getByText('برداشته در').waitFor();
  await page.getByText('برنامه روی این گوشی است').waitFor();
}

/** Opens the phone with its PIN. */
export async function unlock(page: Page, path = '/field'): Promise<void> {
  await page.goto(path);
  await page.getByLabel('رمز گوشی').fill(pin);
  await page.getByRole('button', { name: 'باز کردن' }).click();
  await page.getByRole('button', { name: 'قفل' }).waitFor();
}

/** Answers what is asked before the money, but for the evidence. */
export async function answer(page: Page): Promise<void> {
  const asked = (legend: RegExp) => page.locator('fieldset').filter({ hasText: legend });
  await asked(/محل کار همان نشانی/)
    .getByText('بله')
    .click();
  await asked(/این کار را بلد است/)
    .getByText('بله')
    .click();
  await asked(/با این وام چه خریده/)
    .getByRole('textbox')
    .fill('دار قالی');
  await asked(/برای همسایه/)
    .getByText('نه', { exact: true })
    .click();
}

/** Gives the evidence of having been there: a photo, the place, a signature on glass. */
export async function prove(page: Page, photo?: Buffer): Promise<void> {
  const buffer = photo ?? (await page.screenshot());
  const file = { name: 'photo.png', mimeType: 'image/png', buffer };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByAltText('عکس ۱').waitFor();
  await page.getByRole('button', { name: 'گرفتن جای بازدید' }).click();
  await page.getByText('با خطای').waitFor();
  await page.getByRole('button', { name: 'گرفتن امضا' }).click();
  await page.getByLabel('نام کسی که امضا می‌کند').fill('گلنار');
  const pad = page.getByRole('img', { name: 'جای امضا' });
  await pad.scrollIntoViewIfNeeded();
  const box = await pad.boundingBox();
  if (!box) throw new Error('no pad');
  await page.mouse.move(box.x + 20, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 120, box.y + 80, { steps: 4 });
  await page.mouse.up();
  await page.getByRole('button', { name: 'نگه داشتن امضا' }).click();
  await page.getByRole('button', { name: 'یک امضای دیگر' }).waitFor();
}

/** Says that all was in order and ends the visit. */
export async function finish(page: Page): Promise<void> {
  await page.getByText('همه‌چیز درست بود').click();
  await page.getByRole('button', { name: 'پایان بازدید' }).click();
  await page.getByRole('heading', { name: 'بازدیدهای من' }).waitFor();
}
