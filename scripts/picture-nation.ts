import type { Page } from 'playwright-core';
import type { Look } from '../test/start-browser.ts';

type Scene = { readonly account?: string; readonly go: (page: Page) => Promise<void> };
type Picture = { readonly name: string; readonly scene: string; readonly look: Look };

const period = 'from=1400-01-01&to=1401-03-31';

const seen = (path: string, ready: string): Scene => ({
  go: async (page) => {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
  },
});

/** The provinces side by side, for everybody and for the ministry. */
export const nationScenes: Readonly<Record<string, Scene>> = {
  provinces: seen(`/provinces?${period}`, '#months'),
  nation: { account: 'setad', ...seen(`/office/nation?${period}`, '#months svg') },
};

/** Taken when they are named and the data folder holds the whole country (`bin/karkhaneh demo --country`). */
export const nationPictures: readonly Picture[] = [
  { name: 'provinces-desktop-fa', scene: 'provinces', look: {} },
  { name: 'provinces-phone-fa', scene: 'provinces', look: { screen: 'phone' } },
  { name: 'provinces-desktop-en-dark', scene: 'provinces', look: { lang: 'en', dark: true } },
  { name: 'nation-desktop-fa', scene: 'nation', look: {} },
  { name: 'nation-phone-fa', scene: 'nation', look: { screen: 'phone' } },
];
