import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { addDays, isoDate } from '../../src/kit/jalali.ts';
import { openPage } from '../browser.ts';
import {
  closeMonthsNow,
  done,
  openBooks,
  type SupporterBooks,
  type Weaver,
} from '../supporter-books.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

const at = (one: Weaver) => `/api/covers/${one.code}`;

const months = [
  { month: 140101, first: '2022-03-21', last: '2022-04-20' },
  { month: 140102, first: '2022-04-21', last: '2022-05-21' },
  { month: 140103, first: '2022-05-22', last: '2022-06-21' },
] as const;

test('a supporter and twenty weavers over three months: waste, a return, a late payment, and one who says no', async () => {
  const { house } = story;
  const books = await openBooks(house, { weavers: 20 });
  const { caller, weavers } = books;
  await threeMonths(books);
  await closeMonthsNow(house);
  const last = weavers.at(-1) as Weaver;
  const { months: paid } = (await last.caller.get(at(last))).body;
  expect(
    paid.map(({ state, owedRial }: { state: string; owedRial: string }) => [state, owedRial]),
  ).toEqual([
    ['due', '12000000'],
    ['paid', '0'],
    ['paid', '0'],
  ]);
  const { months: all, materials } = (await caller.get(`/api/supporters/${books.code}`)).body;
  expect(all[2]).toMatchObject({ month: 140101, lateRial: '12000000', takenRial: '240000000' });
  // 480 kg out; 3.64 kg in each of 120 m²; 0.9 kg spoilt; 1.5 kg back.
  expect(materials).toMatchObject([
    { sent: '480', consumed: '436.8', scrap: '0.9', returned: '1.5', onHand: '40.8' },
  ]);
  await onHerPhone(last);
  const { differences } = await checkProvince(house.database, 4);
  expect(differences).toBe(0);
}, 300_000);

/** Yarn out, rugs in, some spoilt, some back, and the pay of the first two months. */
async function threeMonths({ caller, weavers, yarn, rug }: SupporterBooks): Promise<void> {
  const kg = (amount: string, happenedOn: string, more: object = {}) => ({
    ...{ materialId: yarn, amount, unit: 'kg', happenedOn, ...more },
  });
  for (const { month, first, last } of months) {
    for (const one of weavers) {
      await done(caller, `${at(one)}/issue`, kg('8', first));
      const goods = { productId: rug, accepted: '2', happenedOn: addDays(isoDate(first), 20) };
      await done(caller, `${at(one)}/receive`, goods);
    }
    const [first1, second] = weavers as [Weaver, Weaver];
    await done(caller, `${at(first1)}/scrap`, kg('0.3', last, { reason: 'آب‌خورده' }));
    await done(caller, `${at(second)}/return`, kg('0.5', last));
    if (month === 140103) continue;
    // The last of the twenty is paid after the day by which all had to be.
    for (const one of weavers) {
      const late = month === 140101 && one === weavers.at(-1);
      const happenedOn = addDays(isoDate(last), late ? 25 : 5);
      const payment = { month, amountRial: '12000000', reference: `واریز ${month}`, happenedOn };
      await done(caller, `${at(one)}/pay`, payment);
    }
  }
}

/** She reads what is owed, and says that the late payment did not come. */
async function onHerPhone(weaver: Weaver): Promise<void> {
  await using phone = await openPage(story.address, { screen: 'phone' });
  const { page } = phone;
  const [name = '', value = ''] = weaver.caller.cookie.split('=');
  await page.context().addCookies([{ name, value, url: story.address }]);
  await page.goto('/my/work');
  await page.getByRole('heading', { name: 'کارمزد ماه‌به‌ماه' }).waitFor();
  const asked = page.locator('section[aria-labelledby="asked"]');
  await asked.getByText('فروردین').first().waitFor();
  const before = await asked.getByRole('button', { name: 'نه، نرسید' }).count();
  await asked.getByRole('button', { name: 'نه، نرسید' }).first().click();
  await asked.getByRole('button', { name: 'ثبت' }).click();
  await page.getByText('گفته‌اید نرسیده است').first().waitFor();
  expect(await asked.getByRole('button', { name: 'نه، نرسید' }).count()).toBe(before - 1);
  const officer = await story.house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const { items } = (await officer.get('/api/supporter-enquiries')).body;
  expect(items).toMatchObject([{ name: weaver.name, answer: 'not_came' }]);
}
