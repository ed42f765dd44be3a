import type { Page } from 'playwright-core';
import { shownCovered, shownSupporter } from '../demo/cast.ts';
import { tellStory } from '../demo/story.ts';
import type { Look } from '../test/start-browser.ts';
import { enterByCode } from './picture-people.ts';

type Scene = { readonly account?: string; readonly go: (page: Page) => Promise<void> };
type Picture = { readonly name: string; readonly scene: string; readonly look: Look };

type Listed = { readonly code: string; readonly name: string; readonly state: string };

/** The supporters as the office lists them, those in default first. */
async function listed(page: Page): Promise<readonly Listed[]> {
  const answer = await page.request.get('/api/supporters');
  return ((await answer.json()) as { items: Listed[] }).items;
}

/** The supporter of the cast, by its name. */
async function shown(page: Page): Promise<string> {
  const person = shownSupporter(tellStory())?.person;
  const name = `${person?.firstName} ${person?.lastName}`;
  const found = (await listed(page)).find((one) => one.name === name);
  if (!found) throw new Error(`the demonstration has no supporter ${name}`);
  return found.code;
}

async function open(page: Page, path: string, ready: string): Promise<void> {
  await page.goto(path);
  await page.locator(ready).first().waitFor();
}

/** What the office and the covered person see of supporter plans. */
export const supporterScenes: Readonly<Record<string, Scene>> = {
  supporters: { account: 'modir', go: (page) => open(page, '/office/supporters', 'main table') },
  supporter: {
    account: 'modir',
    go: async (page) => open(page, `/office/supporters/${await shown(page)}`, '#people'),
  },
  cover: {
    account: 'modir',
    go: async (page) => {
      await open(page, `/office/supporters/${await shown(page)}`, '#people');
      const link = page.locator('main a[href^="/office/covers/"]').first();
      await open(page, (await link.getAttribute('href')) ?? '', '#contract');
    },
  },
  'seeking-case': {
    account: 'modir',
    go: async (page) => {
      const [first] = await listed(page);
      const answer = await page.request.get(`/api/supporters/${first?.code}`);
      const { people } = (await answer.json()) as { people: { ownCaseCode: string | null }[] };
      const own = people.find(({ ownCaseCode }) => ownCaseCode)?.ownCaseCode;
      await open(page, `/office/cases/${own}`, '#cover');
    },
  },
  'my-work': {
    go: async (page) => {
      const mobile = shownCovered(tellStory())?.person.mobile;
      if (!mobile) throw new Error('the cast has nobody under a supporter');
      await enterByCode(page, mobile);
      await open(page, '/my/work', '#contract');
    },
  },
};

/** The pictures of them. */
export const supporterPictures: readonly Picture[] = [
  { name: 'supporters-desktop-fa', scene: 'supporters', look: {} },
  { name: 'supporter-desktop-fa', scene: 'supporter', look: {} },
  { name: 'supporter-phone-fa', scene: 'supporter', look: { screen: 'phone' } },
  { name: 'cover-desktop-fa', scene: 'cover', look: {} },
  { name: 'seeking-case-desktop-fa', scene: 'seeking-case', look: {} },
  { name: 'my-work-phone-fa', scene: 'my-work', look: { screen: 'phone' } },
];
