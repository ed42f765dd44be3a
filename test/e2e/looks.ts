import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { everyLook, expectAccessible, openPage } from '../browser.ts';
import type { Look } from '../start-browser.ts';
import { signIn } from './product.ts';

/** A page, and what is on it once all of it is there. */
type Place = { readonly path: string; readonly ready: string };

/** What everybody sees, then what somebody who is signed in sees. */
const outside: readonly Place[] = [
  { path: '/', ready: 'main' },
  { path: '/p', ready: 'main' },
  { path: '/p/040000000000', ready: 'main' },
  { path: '/developers/bank', ready: 'main' },
  { path: '/bulletins', ready: 'main' },
  { path: '/history-roots', ready: 'main' },
  { path: '/provinces', ready: 'main' },
  { path: '/check', ready: 'main' },
  { path: '/market', ready: 'main' },
  { path: '/market/fairs', ready: 'main' },
  { path: '/apply', ready: 'main' },
  { path: '/data', ready: 'main' },
  { path: '/occupations', ready: 'main' },
  { path: '/occupations/jam-making', ready: 'main' },
  { path: '/demo/outbox', ready: 'main' },
  { path: '/sign-in', ready: '#cast' },
  { path: '/my/find', ready: 'main h1' },
];
const inside: readonly Place[] = [
  { path: '/office', ready: '#by-month canvas' },
  { path: '/office/cases', ready: '[data-row-link]' },
  {
    path: '/office/cases?measure=rial_paid&province=04&from=1401-03-01&to=1401-03-31',
    ready: '[data-row-link]',
  },
  { path: '/office/banks', ready: '#enquiries' },
  { path: '/office/desk', ready: 'main h1' },
  { path: '/office/ahead', ready: 'main h1' },
  { path: '/office/reports', ready: 'main h1' },
  { path: '/office/bulletins', ready: 'main h1' },
  { path: '/office/referrals', ready: 'main h1' },
  { path: '/office/import', ready: 'form' },
  { path: '/office/import?tab=matches', ready: 'main [role=tabpanel]' },
  { path: '/office/nowhere', ready: 'main h1' },
];

/** Cases that look different: one waited for, one refused, a supporter who was paid. */
const caseQueries = ['state=submitted', 'state=refused', 'planState=paying&kind=supporter'];

/** The pages of those cases. */
export async function casePlaces(page: Page): Promise<Place[]> {
  const codes = caseQueries.map(async (query) => {
    const answer = await page.request.get(`/api/cases?${query}&limit=1`);
    const { items } = (await answer.json()) as { items: { code: string }[] };
    return { path: `/office/cases/${items[0]?.code}`, ready: '#history' };
  });
  return Promise.all(codes);
}

/** Wider than its window, a page would have to be pushed about to be read. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(beyond).toBe(0);
}

async function visit(page: Page, { path, ready }: Place, dir: string): Promise<void> {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
  await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
  expect(await page.locator('html').getAttribute('dir')).toBe(dir);
  await expectNoSidewaysScroll(page);
  await expectAccessible(page);
}

/** A phone, in Persian, by day; and as many others as let any two of language, screen and brightness meet in one. */
export const looks = everyLook.filter(({ lang, screen, dark }) => {
  const turned = [lang === 'en', screen === 'desktop', dark].filter(Boolean).length;
  return turned % 2 === 0;
});

/** Every page as somebody with this look sees it: turned the right way, no wider than its window, open to everybody. */
export async function expectLooks(address: string, look: Look): Promise<void> {
  await using open = await openPage(address, look);
  const { page, foreign, errors } = open;
  const dir = look.lang === 'fa' ? 'rtl' : 'ltr';
  for (const place of outside) await visit(page, place, dir);
  await signIn(page, 'modir');
  for (const place of [...inside, ...(await casePlaces(page))]) await visit(page, place, dir);
  // The pages that are not there say so with their status, and a browser logs that.
  expect(errors.filter((error) => !error.includes('404'))).toEqual([]);
  expect(foreign).toEqual([]);
}
