import { type BadLine, badLine } from '../bad-line.ts';
import { type OpenPage, openPage } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import type { Caller, TestHouse } from '../house.ts';
import { cookiesOf } from '../start-browser.ts';
import { type StoryHouse, startStory } from './story-house.ts';

/** Plans and a visit in the field to each, given to somebody. @returns the codes of the visits */
async function plannedVisits(
  house: TestHouse,
  officer: Caller,
  assignee: string,
  serials: readonly number[],
): Promise<string[]> {
  const plans = { bankId: 'MELLAT', rial: 300_000_000n, serials, visited: false };
  const codes: string[] = [];
  for (const code of await contractedPlans(house, plans)) {
    const body = { stage: 'before', channel: 'field', assignee };
    codes.push((await officer.post(`/api/cases/${code}/visits`, body)).body.code);
  }
  return codes;
}

/** An inspector's phone in a browser, behind a line that can be spoilt, with visits given to its owner. */
export type FieldPhone = {
  readonly story: StoryHouse;
  readonly line: BadLine;
  readonly officer: Caller;
  readonly inspector: Caller;
  readonly visits: readonly string[];
  readonly phone: OpenPage;
  /** Signs the inspector in on the phone. */
  readonly enter: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** Opens a phone that knows where it is, and gives its owner a visit to each of these people. */
export async function openFieldPhone(serials: readonly number[]): Promise<FieldPhone> {
  const story = await startStory();
  const line = await badLine(story.address);
  const { house } = story;
  const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const ours = { role: 'inspector', organisationId: 'DIRECTORATE', demonstration: false } as const;
  const inspector = await house.signIn(ours);
  const me = (await inspector.get('/api/session')).body.account.id;
  const visits = await plannedVisits(house, officer, me, serials);
  const phone = await openPage(line.address, { screen: 'phone' });
  const context = phone.page.context();
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 37.5512, longitude: 45.0761, accuracy: 14 });
  const enter = async () => {
    await context.addCookies(cookiesOf(inspector.cookie, line.address));
  };
  const close = async () => {
    await phone[Symbol.asyncDispose]();
    await line.close();
    await story.close();
  };
  return { story, line, officer, inspector, visits, phone, enter, close };
}
