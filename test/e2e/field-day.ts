import type { Page } from 'playwright-core';

const pin = 'bagh-1401';

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
