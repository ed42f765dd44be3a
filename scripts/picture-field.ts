import type { Page } from 'playwright-core';
import { leave, prove } from '../test/e2e/field-day.ts';

/** The inspector's phone with the visits of the first days. */
async function showDay(page: Page): Promise<void> {
  const context = page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  await leave(page);
}

/** One of these visits, with its evidence. */
async function showVisit(page: Page): Promise<void> {
  await showDay(page);
  await page.locator('main li a').first().click();
  await page.locator('fieldset input[type=radio]').first().check();
  await prove(page);
  await page.mouse.wheel(0, -10_000);
}

/** The same in English: the phone's own page changes its language. */
async function showInEnglish(page: Page): Promise<void> {
  await showVisit(page);
  await page.getByRole('link', { name: 'بازگشت' }).click();
  await page.getByRole('link', { name: 'این گوشی' }).click();
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Back' }).click();
  await page.locator('main li a').first().click();
  await page.getByRole('button', { name: 'Finish the visit' }).waitFor();
}

/** What an inspector sees on a phone. */
export const fieldScenes = {
  field: { account: 'nazer', go: showDay },
  'field-visit': { account: 'nazer', go: showVisit },
  'field-english': { account: 'nazer', go: showInEnglish },
};

export const fieldPictures = [
  { name: 'field-phone-fa', scene: 'field', look: { screen: 'phone' } },
  { name: 'field-visit-phone-fa', scene: 'field-visit', look: { screen: 'phone' } },
  {
    ...{ name: 'field-visit-phone-fa-dark', scene: 'field-visit' },
    look: { screen: 'phone', dark: true },
  },
  { name: 'field-visit-phone-en', scene: 'field-english', look: { screen: 'phone' } },
] as const;
