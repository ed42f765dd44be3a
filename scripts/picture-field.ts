import type { Page } from 'playwright-core';
import { leave, prove } from '../test/e2e/field-day.ts';

/** The inspector's phone with the visits of the first days. */
async function showDay(page: Page): Promise<void> {
  const context = page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  await leave(page);
}

/** A carpet on its loom, drawn by the browser: a picture that is nobody's. */
const loom = `(() => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const pen = canvas.getContext('2d');
  const fill = (colour, ...box) => {
    pen.fillStyle = colour;
    pen.fillRect(...box);
  };
  fill('#d9cdb8', 0, 0, 640, 480);
  fill('#6b4a2f', 60, 30, 24, 420);
  fill('#6b4a2f', 556, 30, 24, 420);
  fill('#5a3d26', 60, 40, 520, 22);
  for (let x = 96; x < 552; x += 8) fill('#f4efe4', x, 62, 3, 200);
  for (let row = 0; row < 18; row += 1) {
    for (let at = 0; at < 38; at += 1) {
      const near = Math.abs((at % 12) - 6) + Math.abs((row % 12) - 6);
      fill(['#e8c15a', '#1f5c6b', '#f4efe4', '#7c1f2b'][near % 4], 94 + at * 12, 240 + row * 10, 12, 10);
    }
  }
  return canvas.toDataURL('image/png').split(',')[1];
})()`;

/** One of these visits, with its evidence. */
async function showVisit(page: Page): Promise<void> {
  await showDay(page);
  await page.locator('main li a').first().click();
  await page.locator('fieldset input[type=radio]').first().check();
  await prove(page, Buffer.from(await page.evaluate<string>(loom), 'base64'));
  await page.mouse.wheel(0, -10_000);
}

/** The same in English: the phone's own page changes its language. */
async function showInEnglish(page: Page): Promise<void> {
  await showVisit(page);
  await page.locator('header a[href="/field"]').click();
  await page.locator('a[href="/field/phone"]').click();
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
