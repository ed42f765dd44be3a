import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkProvince } from '../../src/figures/index.ts';
import { addDays, isoDate } from '../../src/kit/jalali.ts';
import { expectAccessible, type OpenPage, openPage } from '../browser.ts';
import type { Caller } from '../house.ts';
import { cookiesOf } from '../start-browser.ts';
import {
  closeMonthsNow,
  done,
  openBooks,
  type SupporterBooks,
  type Weaver,
} from '../supporter-books.ts';
import { expectNoSidewaysScroll } from './looks.ts';
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

test('a carpet supporter and twenty weavers over three months: waste, a return, a late payment, and one who says no', async () => {
  const { house } = story;
  const books = await openBooks(house, { weavers: 20, trade: 'carpet-weaving' });
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
  await offerFromPhone(books);
  await officeOnPhone(books);
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
  await using phone = await phoneOf(weaver.caller);
  const { page } = phone;
  await page.goto('/my/work');
  await page.getByRole('heading', { name: 'کارمزد ماه‌به‌ماه' }).waitFor();
  const asked = page.locator('section[aria-labelledby="asked"]');
  await asked.getByText('فروردین').first().waitFor();
  const before = await asked.getByRole('button', { name: 'نه، نرسید' }).count();
  await asked.getByRole('button', { name: 'نه، نرسید' }).first().click();
  await asked.getByRole('button', { name: 'ثبت' }).click();
  await page.getByText('پاسخ: نرسید').first().waitFor();
  expect(await asked.getByRole('button', { name: 'نه، نرسید' }).count()).toBe(before - 1);
  const officer = await story.house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const { items } = (await officer.get('/api/supporter-enquiries')).body;
  expect(items).toMatchObject([{ name: weaver.name, answer: 'not_came' }]);
}

/** Opens a page of the story on a phone, as somebody who is signed in already. */
async function phoneOf(caller: Caller): Promise<OpenPage> {
  const phone = await openPage(story.address, { screen: 'phone' });
  await phone.page.context().addCookies(cookiesOf(caller.cookie, story.address));
  return phone;
}

/** The supporter offers the first weaver a second product, with a deduction more, and she signs it. */
async function offerFromPhone(books: SupporterBooks): Promise<void> {
  const [first] = books.weavers as [Weaver];
  const product = { name: 'پشتی', unit: 'piece' };
  const recipe = [{ materialId: books.yarn, net: '0.8', waste: '0', unit: 'kg' }];
  await done(books.caller, `/api/supporters/${books.code}/products`, { ...product, recipe });
  await using phone = await phoneOf(books.caller);
  const { page } = phone;
  await page.goto(`/my/covers/${first.code}`);
  await page.getByText('فرستادن قرارداد', { exact: true }).click();
  await page.getByRole('button', { name: 'افزودن کالا' }).click();
  const added = page.locator('section[aria-labelledby="acts"] form fieldset').nth(1);
  await added.getByLabel('کالا').selectOption({ label: 'پشتی (عدد)' });
  await added.getByLabel('کارمزد هر واحد').fill('۹۰٬۰۰۰');
  await added.getByLabel('تعهد خرید در ماه').fill('۴');
  await page.getByLabel('اجاره ابزار').check();
  await page.getByLabel('روزهای مهلت پرداخت').fill('۷');
  await expectNoSidewaysScroll(page);
  const acts = page.locator('section[aria-labelledby="acts"]');
  await acts.getByRole('button', { name: 'ثبت' }).first().click();
  await page.getByText('نسخه ۲، از').waitFor();
  const [offer] = (await first.caller.get(at(first))).body.contracts;
  expect(offer).toMatchObject({
    ...{ version: 2, state: 'offered', payWithinDays: 7, deductions: ['advance', 'tool'] },
    lines: [{ rateRial: '6000000' }, { rateRial: '900000', promised: '4' }],
  });
  // The version that holds stands beneath the offer, each with its own paper.
  for (const version of [1, 2]) {
    const link = page.locator(`a[href$="/contract.pdf?version=${version}"]`);
    expect(await link.count()).toBe(1);
  }
}

/** The directorate looks at the list, the supporter and one of its people, on a phone. */
async function officeOnPhone(books: SupporterBooks): Promise<void> {
  const officer = await story.house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  await using phone = await phoneOf(officer);
  const { page } = phone;
  const look = async () => {
    await page.locator('.animate-pulse').first().waitFor({ state: 'detached' });
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);
  };
  await page.goto('/office/supporters');
  await page.locator(`a[href="/office/supporters/${books.code}"]`).first().waitFor();
  await look();
  await page.goto(`/office/supporters/${books.code}`);
  await page.getByText('فرش دستباف').first().waitFor();
  await look();
  const [first] = books.weavers as [Weaver];
  await page.goto(`/office/covers/${first.code}`);
  await page.getByText('نسخه ۲، از').waitFor();
  await look();
  expect(phone.errors).toEqual([]);
}
