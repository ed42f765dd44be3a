import type { Page } from 'playwright-core';
import { makeCast } from '../demo/cast.ts';
import { tellStory } from '../demo/story.ts';
import type { Look } from '../test/start-browser.ts';
import { enterByCode } from './picture-people.ts';

type Scene = { readonly account?: string; readonly go: (page: Page) => Promise<void> };
type Picture = { readonly name: string; readonly scene: string; readonly look: Look };

/** The maker of the cast who has a stall: the one who is paid in tranches. */
function makersMobile(): string {
  const found = makeCast(tellStory()).find((one) => one.role === 'citizen' && one.fate === 'paid');
  if (found?.role !== 'citizen') throw new Error('the cast has nobody with a stall');
  return found.mobile;
}

const seen = (path: string, ready: string): Scene => ({
  go: async (page) => {
    await page.goto(path);
    await page.locator(ready).first().waitFor();
  },
});

const mine = (path: string, ready: string): Scene => ({
  go: async (page) => {
    await enterByCode(page, makersMobile());
    await page.goto(path);
    await page.locator(ready).first().waitFor();
  },
});

/** Goes to the first link of a list whose address begins so. */
const firstOf = (list: string, address: string, ready: string, account?: string): Scene => ({
  ...(account === undefined ? {} : { account }),
  go: async (page) => {
    await page.goto(list);
    const link = page.locator(`main a[href^="${address}"]`).last();
    await link.waitFor();
    await page.goto((await link.getAttribute('href')) ?? list);
    await page.locator(ready).first().waitFor();
  },
});

const search = '/market?q=%D8%B4%DB%8C%D8%B1%DB%8C%D9%86%DB%8C';

/** What buyers, makers and the office see of the market. */
export const marketScenes: Readonly<Record<string, Scene>> = {
  market: seen('/market', '.card'),
  product: firstOf(search, '/market/products/', '.photos img'),
  fairs: seen('/market/fairs', 'article'),
  'my-stall': {
    go: async (page) => {
      await enterByCode(page, makersMobile());
      await page.goto('/my/stall');
      await page.locator('main a[href^="/my/stall/"]').first().click();
      await page.locator('[role=tablist]').waitFor();
    },
  },
  'my-materials': mine('/my/materials', 'main h1'),
  'my-fairs': mine('/my/fairs', 'main section'),
  fair: firstOf('/office/market', '/office/fairs/', '#applications', 'modir'),
  purchase: firstOf('/office/market?tab=purchases', '/office/purchases/', '#makers', 'modir'),
};

/** The pictures of the market. */
export const marketPictures: readonly Picture[] = [
  { name: 'market-desktop-fa', scene: 'market', look: {} },
  { name: 'market-phone-fa', scene: 'market', look: { screen: 'phone' } },
  { name: 'product-phone-fa', scene: 'product', look: { screen: 'phone' } },
  { name: 'fairs-phone-fa', scene: 'fairs', look: { screen: 'phone' } },
  { name: 'my-stall-phone-fa', scene: 'my-stall', look: { screen: 'phone' } },
  { name: 'my-materials-phone-fa', scene: 'my-materials', look: { screen: 'phone' } },
  { name: 'my-fairs-phone-fa', scene: 'my-fairs', look: { screen: 'phone' } },
  { name: 'fair-desktop-fa', scene: 'fair', look: {} },
  { name: 'purchase-desktop-fa', scene: 'purchase', look: {} },
];
