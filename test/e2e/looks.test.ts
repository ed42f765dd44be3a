import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectAccessible, openPage } from '../browser.ts';
import { casePlaces } from './looks.ts';
import { type Product, signIn, startProduct } from './product.ts';

let product: Product;
beforeAll(async () => {
  product = await startProduct();
}, 300_000);
afterAll(() => product.close());

// Every page, as everybody sees it, is walked in looks.long.test.ts.

test('menus, dialogs and the calendar can be used by everybody', async () => {
  await using open = await openPage(product.address);
  const { page, foreign, errors } = open;
  await signIn(page, 'modir');
  await page.goto('/office');
  await page.getByRole('button', { name: 'باز کردن تقویم' }).click();
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.goto((await casePlaces(page))[0]?.path ?? '');
  await page.getByRole('button', { name: 'رد درخواست' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'رد درخواست' }).click();
  await page.getByRole('alert').waitFor();
  await expectAccessible(page);
  expect(errors.every((error) => error.includes('422'))).toBe(true);
  expect(foreign).toEqual([]);
});
