import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeCode } from '../../src/kit/code.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { askHolders } from '../../src/supervision/asks/asks.ts';
import { expectAccessible, type OpenPage, openPage } from '../browser.ts';
import { contractedPlans } from '../contracted-plans.ts';
import { type Caller, publicUrl } from '../house.ts';
import { passingAnswers } from '../passed-visits.ts';
import { cookiesOf } from '../start-browser.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
let officer: Caller;
let bank: Caller;
let director: OpenPage;
let me: string;

beforeAll(async () => {
  story = await startStory();
  const { house } = story;
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  me = (await officer.get('/api/session')).body.account.id;
  director = await story.staff('director', 'DIRECTORATE', 'پروانه مدیر');
}, 120_000);
afterAll(async () => {
  await director?.[Symbol.asyncDispose]();
  await story?.close();
});

const plans = (serials: readonly number[], visited = true) =>
  contractedPlans(story.house, { bankId: 'MELLAT', rial: 300_000_000n, serials, visited });

const visitTo = async (code: string, stage: string, assignee?: string): Promise<string> => {
  const body = { stage, ...(assignee ? { assignee } : {}) };
  return (await officer.post(`/api/cases/${code}/visits`, body)).body.code;
};

/** A plan of which a third was paid and whose door was locked. */
async function deviating(serial: number): Promise<string> {
  const [code = ''] = await plans([serial]);
  const paid = { amountRial: '100000000', bankReference: `R-${serial}` };
  expect((await bank.post(`/api/plans/${code}/pay`, paid)).status).toBe(200);
  const visit = await visitTo(code, 'during', me);
  const found = { answers: passingAnswers.during, note: 'در بسته بود', deviation: 'closed' };
  expect((await officer.post(`/api/visits/${visit}/find-deviation`, found)).status).toBe(200);
  return code;
}

/** The phone of whoever holds a case. */
async function holderOf(code: string): Promise<OpenPage> {
  const { house, address } = story;
  const id = decodeCode(code)?.id ?? '';
  const { person_id: personId } = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('cases').select('person_id').where('id', '=', id).executeTakeFirstOrThrow(),
  );
  const { cookie } = await house.signIn({ role: 'citizen', personId });
  const open = await openPage(address, { screen: 'phone' });
  await open.page.context().addCookies(cookiesOf(cookie, address));
  return open;
}

/** Takes one act on a case's deviation, as it is written down in its panel. */
async function act(
  { page }: OpenPage,
  path: string,
  name: string,
  words: string,
  measure?: string,
): Promise<void> {
  await page.goto(path);
  const panel = page.locator('section[aria-labelledby=deviations]');
  await panel.getByText(name, { exact: true }).first().click();
  const form = panel.locator('details[open]');
  if (measure) await form.getByLabel('چه باید کرد؟').selectOption({ label: measure });
  await form.getByLabel('شرح').fill(words);
  await form.getByRole('button', { name, exact: true }).click();
  await form.waitFor({ state: 'detached' });
}

test('a deviation ends in recall after an appeal', async () => {
  const code = await deviating(901);
  const [office, mine] = [`/office/cases/${code}`, `/my/cases/${code}`];
  await using expert = await story.staff('expert', 'SMT', 'نسرین صمتی');
  await using teller = await story.staff('bank', 'MELLAT', 'بهرام بانک');
  await using holder = await holderOf(code);
  await act(holder, mine, 'ثبت سخن دارنده', 'بیمار بودم.');
  await expectAccessible(holder.page);
  await act(expert, office, 'پیشنهاد تصمیم', 'کارگاه سه ماه بسته است.', 'حال شدن بدهی');
  await act(teller, office, 'موافقت', 'بانک موافق است.');
  await act(holder, mine, 'اعتراض', 'دوباره باز می‌کنم.');
  await holder.page.getByText('اعتراض: دوباره باز می‌کنم.').waitFor();
  await act(director, office, 'نپذیرفتن اعتراض', 'ابزار فروخته شده است.');
  await act(director, office, 'انجام تصمیم', 'پایان.');
  await director.page.getByText('در بسته بود').first().waitFor();
  await expectAccessible(director.page);
  const { loans } = (await officer.get(`/api/cases/${code}/loans`)).body;
  expect(loans[0]).toMatchObject({ state: 'fallen_due' });
  for (const { foreign, errors } of [holder, expert, teller, director]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 120_000);

test('a holder answers by SMS, and the office says what it came to', async () => {
  const { database, clock } = story.house;
  const [code = ''] = await plans([921]);
  const paid = { amountRial: '300000000', bankReference: 'R-921' };
  expect((await bank.post(`/api/plans/${code}/pay`, paid)).status).toBe(200);
  const planned = { stage: 'after', channel: 'sms', assignee: me };
  const visit = (await officer.post(`/api/cases/${code}/visits`, planned)).body.code;
  await database.migratorTransaction((tx) =>
    sql`update people p set mobile = '09141110921' from cases c
      where c.id = ${decodeCode(code)?.id}::uuid and p.id = c.person_id`.execute(tx),
  );
  const asked = { provinceId: 4, now: clock.now() };
  const inProvince = provinceContext(4);
  expect(await database.transaction(inProvince, (tx) => askHolders(tx, asked, publicUrl))).toBe(1);
  await using holder = await holderOf(code);
  const { page } = holder;
  await page.goto(`/my/cases/${code}`);
  const form = page.locator('section[aria-labelledby=my-visits]');
  await form.getByLabel(/چند نفر/).fill('۲');
  await form.getByLabel(/کسب‌وکار برپاست/).selectOption({ label: 'بله' });
  await expectAccessible(page);
  await form.getByRole('button', { name: 'فرستادن پاسخ‌ها' }).click();
  await page.getByText('پاسخ‌های شما رسید').waitFor();
  await director.page.goto(`/office/visits/${visit}`);
  await director.page.getByText(/پاسخ داد؛/).waitFor();
  expect(await director.page.getByLabel(/چند نفر/).inputValue()).toBe('2');
  await director.page.getByLabel('بازدید چه نشان داد؟').selectOption({ label: 'همه‌چیز درست بود' });
  await director.page.getByRole('button', { name: 'ثبت نتیجه بازدید' }).click();
  await director.page.getByText('درست بود', { exact: true }).waitFor();
  expect((await officer.get(`/api/visits/${visit}`)).body.state).toBe('passed');
}, 120_000);

test('a director reads the coverage by agency, and what each blocked payment waits for', async () => {
  const [unplanned = '', nobodys = '', assigned = ''] = await plans([911, 912, 913], false);
  await visitTo(nobodys, 'before');
  await visitTo(assigned, 'before', me);
  const held = await deviating(914);
  const { page } = director;
  await page.goto('/office/visits?tab=gates');
  const waits = {
    [unplanned]: 'برنامه‌ریزی بازدید',
    [nobodys]: 'مأمور بازدید',
    [assigned]: 'بازدید',
  };
  for (const [code, words] of Object.entries({ ...waits, [held]: 'تصمیم درباره انحراف' })) {
    const line = page.locator('main li').filter({ has: page.locator(`a[href$="${code}"]`) });
    await line.getByText(words, { exact: true }).waitFor();
  }
  await expectAccessible(page);
  await page.getByRole('tab', { name: 'پوشش' }).click();
  const row = page.locator('main tbody tr').filter({ hasText: 'صنعت، معدن و تجارت' }).first();
  await row.waitFor();
  // All three first payments were let go by a visit; of two plans something deviates.
  await row.getByText('۳ از ۳').waitFor();
  expect(await row.locator('td').last().textContent()).toBe('۲');
  await expectAccessible(page);
  expect({ foreign: director.foreign, errors: director.errors }).toEqual({
    foreign: [],
    errors: [],
  });
}, 120_000);
