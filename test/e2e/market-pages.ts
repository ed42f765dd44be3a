import { type OpenPage, openPage } from '../browser.ts';
import type { Caller } from '../house.ts';
import { cookiesOf } from '../start-browser.ts';
import type { StoryHouse } from './story-house.ts';

/** A browser of somebody who is signed in already, on a phone unless said. */
export async function browserOf(
  { address }: StoryHouse,
  { cookie }: Caller,
  screen: 'phone' | 'desktop' = 'phone',
): Promise<OpenPage> {
  const open = await openPage(address, { screen });
  await open.page.context().addCookies(cookiesOf(cookie, address));
  return open;
}
