import type { Page } from 'playwright-core';

async function openForecast(page: Page): Promise<void> {
  await page.goto('/office/ahead?tab=forecast');
  const moving = page.locator('section[aria-labelledby="what-if"]');
  const shares = moving.locator('select');
  await shares.nth(0).selectOption({ index: 1 });
  await shares.nth(1).selectOption({ index: 2 });
  await moving.locator('input[type=number]').fill('500');
  await moving.locator('[role=status]').waitFor();
}

async function openBulletin(page: Page): Promise<void> {
  await page.goto('/bulletins');
  await page.locator('.bulletin-list [lang=fa] a').last().click();
}

const report =
  '/office/reports?measures=permits_issued+plans_referred+plans_funded&by=agency&over=season&span=lastYear';

const open = (path: string, ready: string) => async (page: Page) => {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
};

/** Where a director looks ahead: the desk, the forecast with a share moved in it, a report; and the bulletin. */
export const figureScenes = {
  desk: { account: 'modir', go: open('/office/desk', '#year') },
  ahead: { account: 'modir', go: openForecast },
  reports: { account: 'modir', go: open(report, 'section[aria-labelledby="preview"] table') },
  bulletin: { go: openBulletin },
} as const;

/** The pictures of the pages about figures. */
export const figurePictures = Object.keys(figureScenes).flatMap((scene) =>
  (['desktop', 'phone'] as const).map((screen) => ({
    ...{ name: `${scene}-${screen}-fa`, scene, look: { screen } },
  })),
);
