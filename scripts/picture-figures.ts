import type { Page } from 'playwright-core';

/** A page as the director sees it once this is on it. */
const at = (path: string, ready: string) => ({
  account: 'modir',
  go: async (page: Page): Promise<void> => {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
  },
});

/** What those who run the programme look at. */
export const figureScenes = {
  desk: at('/office/desk', '#arrears table'),
  ahead: at('/office/ahead', 'main progress'),
  forecast: at('/office/ahead?tab=forecast', '#what-if table'),
  anomalies: at('/office/ahead?tab=anomalies', 'main h1'),
  reports: at(
    '/office/reports?measures=permits_issued+plans_funded+rial_paid&by=agency&over=season&span=all',
    '#preview table',
  ),
  charts: {
    account: 'modir',
    go: async (page: Page): Promise<void> => {
      await page.goto('/office#flow');
      await page.locator('#flow svg').waitFor();
      await page.locator('#county-trends').scrollIntoViewIfNeeded();
    },
  },
};
