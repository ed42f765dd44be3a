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

/** What an inspector sees on a phone. */
export const fieldScenes = {
  field: { account: 'nazer', go: showDay },
  'field-visit': { account: 'nazer', go: showVisit },
};

export const fieldPictures = [
  { name: 'field-phone-fa', scene: 'field', look: { screen: 'phone' } },
  { name: 'field-visit-phone-fa', scene: 'field-visit', look: { screen: 'phone' } },
] as const;
