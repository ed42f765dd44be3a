import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeRandom } from '../../demo/random.ts';
import { checkProvince } from '../../src/figures/index.ts';
import { joinPurchase, stateNeeds } from '../../src/market/index.ts';
import { idIn } from '../../src/permits/index.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { expectAccessible } from '../browser.ts';
import type { Caller } from '../house.ts';
import { type Maker, makers, type PermitHolder, permitHolders } from '../makers.ts';
import { browserOf } from './market-pages.ts';
import { type StoryHouse, startStory } from './story-house.ts';

let story: StoryHouse;
beforeAll(async () => {
  story = await startStory();
}, 300_000);
afterAll(() => story.close());

const sellersMobile = '09145557711';
let officer: Caller;
let cloth: string;

/** What the office has before: the material, and a shop that makes its own offers. */
async function prepare(): Promise<Caller> {
  const { house } = story;
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const material = { name: 'پارچه لینن', unit: 'metre' };
  cloth = (await officer.post('/api/raw-materials', material)).body.code;
  const seller = await house.signIn({ role: 'citizen', username: sellersMobile });
  const shop = { kind: 'shop', name: 'پخش پارچه', county: '0401', signInName: sellersMobile };
  expect((await officer.post('/api/suppliers', shop)).status).toBe(201);
  return seller;
}

async function openPool(page: Page): Promise<string> {
  await page.goto('/office/market?tab=purchases');
  await page.locator('summary', { hasText: 'باز کردن خرید' }).click();
  const form = page.locator('details[open]');
  await form.getByLabel('ماده', { exact: true }).selectOption({ label: 'پارچه لینن (متر)' });
  await form.getByLabel('پایان پیوستن').fill('۱۴۰۱/۰۴/۱۰');
  await form.getByLabel('قیمت خرده‌فروشی هر واحد، تومان').fill('145000');
  await form.getByLabel('این قیمت از کجاست؟').fill('میانگین سه فروشگاه');
  await form.getByLabel('محل تحویل', { exact: true }).fill('خانهٔ کارآفرینی');
  const county = form.getByLabel('شهرستان محل تحویل').first();
  await county.selectOption({ label: 'ارومیه' });
  await form.getByRole('button', { name: 'باز کردن خرید' }).click();
  await page.waitForURL('**/office/purchases/*');
  await expectAccessible(page);
  return page.url().split('/').at(-1) ?? '';
}

/** The first tailor does it all on her phone. */
async function joinByHand(page: Page): Promise<void> {
  await page.goto('/my/materials');
  await page
    .getByLabel('ماده', { exact: true })
    .first()
    .selectOption({ label: 'پارچه لینن (متر)' });
  await page.getByLabel('چقدر؟').fill('۲۴٫۵');
  await page.getByLabel('تا چه روزی لازم دارید؟').fill('۱۴۰۱/۰۵/۱۵');
  await page.getByRole('button', { name: 'ثبت نیاز' }).click();
  await page.getByRole('button', { name: 'پیوستن به این خرید' }).click();
  await page.getByText('در خرید گروهی').first().waitFor();
  await expectAccessible(page);
}

/** The others state and join as the house lets them: so many sign-ins at once would be refused. */
async function joinTogether(holders: readonly PermitHolder[], purchase: string): Promise<void> {
  const { database, clock } = story.house;
  const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
  const act = { provinceId: 4, ...nobody, now: clock.now(), today: '2022-06-22' };
  const random = makeRandom('thirty tailors');
  const [materialId, purchaseId] = [idIn(4, cloth), idIn(4, purchase)];
  const inputs = holders.map(({ caseId }) => ({
    ...{ caseId, materialId, neededBy: '2022-08-06' },
    quantity: BigInt(random.int(500, 4_000) * 10),
  }));
  await database.transaction(provinceContext(4), async (tx) => {
    for (const needId of await stateNeeds(tx, act, inputs)) {
      await joinPurchase(tx, act, { needId, purchaseId, point: 1 });
    }
  });
}

async function offerByHand(page: Page): Promise<void> {
  await page.goto('/my/supply');
  await page.locator('summary', { hasText: 'پیشنهاد قیمت' }).click();
  await page.getByLabel('از چه مقدار؟').fill('100');
  await page.getByLabel('هر واحد چند تومان؟').first().fill('118000');
  await page.getByRole('button', { name: 'قیمت برای مقدار بیشتر' }).click();
  await page.getByLabel('از چه مقدار؟').nth(1).fill('500');
  await page.getByLabel('هر واحد چند تومان؟').nth(1).fill('109000');
  await page.getByLabel('کرایهٔ همه تا محل‌های تحویل، تومان').fill('1000001');
  await page.getByLabel('چه روزی می‌رسانید؟').fill('۱۴۰۱/۰۴/۲۰');
  await page.getByLabel('پیشنهاد تا کی برجاست؟').fill('۱۴۰۱/۰۴/۲۵');
  await page.getByRole('button', { name: 'پیشنهاد قیمت' }).click();
  await page.getByText('برجاست').first().waitFor();
  await expectAccessible(page);
}

async function choose(page: Page): Promise<void> {
  await page.reload();
  await page.locator('summary', { hasText: 'بستن پیوستن' }).click();
  await page.getByRole('button', { name: 'بستن پیوستن' }).click();
  await page.locator('summary', { hasText: 'برگزیدن این پیشنهاد' }).click();
  await page.getByLabel('دلیل').last().fill('تنها پیشنهاد، و ارزان‌تر از مغازه.');
  await page.getByRole('button', { name: 'برگزیدن این پیشنهاد' }).click();
  await page.getByText('سفارش داده شد').first().waitFor();
}

type Share = {
  code: string;
  share: number;
  priceRial: string;
  freightRial: string;
  savedRial: string;
};
const sum = (needs: readonly Share[], key: 'priceRial' | 'freightRial' | 'savedRial') =>
  needs.reduce((all, need) => all + BigInt(need[key]), 0n);

/** It all comes to one point; everybody pays and collects. */
async function handOut(code: string, bought: { ordered: number; needs: Share[] }): Promise<void> {
  const all = { point: 1, quantity: bought.ordered };
  await officer.post(`/api/purchases/${code}/deliveries`, all);
  for (const need of bought.needs) {
    const amountRial = String(BigInt(need.priceRial) + BigInt(need.freightRial));
    await officer.post(`/api/needs/${need.code}/payments`, { amountRial });
    expect((await officer.post(`/api/needs/${need.code}/collect`)).status).toBe(200);
  }
}

test('thirty tailors pool cloth, and every share is exact to the rial', async () => {
  const seller = await prepare();
  const [first] = (await makers(story.house, 1)) as [Maker];
  const others = await permitHolders(story.house, 29);
  await using office = await browserOf(story, officer, 'desktop');
  await using phone = await browserOf(story, first.caller);
  await using shop = await browserOf(story, seller);

  const code = await openPool(office.page);
  await joinByHand(phone.page);
  await joinTogether(others, code);
  await offerByHand(shop.page);
  await choose(office.page);

  const bought = (await officer.get(`/api/purchases/${code}`)).body;
  expect(bought.needs).toHaveLength(30);
  expect(sum(bought.needs, 'priceRial')).toBe(BigInt(bought.priceRial));
  expect(sum(bought.needs, 'freightRial')).toBe(10_000_010n);
  expect(BigInt(bought.priceRial)).toBe((BigInt(bought.ordered) * 1_090_000n) / 1000n);
  const retail = (BigInt(bought.ordered) * 1_450_000n) / 1000n;
  const saved = retail - BigInt(bought.priceRial) - 10_000_010n;
  expect(sum(bought.needs, 'savedRial')).toBe(saved);

  await handOut(code, bought);
  await phone.page.reload();
  await phone.page.getByText('تحویل گرفته شد').first().waitFor();
  await phone.page.getByText('کمتر از قیمت مغازه').first().waitFor();
  await phone.page.getByText('هر واحد، تومان').waitFor();
  const { measures } = (await story.house.nobody.get('/api/figures?province=04')).body;
  expect(measures).toMatchObject({ needs_pooled: 30, materials_saved: String(saved) });
  expect((await officer.get(`/api/purchases/${code}`)).body.state).toBe('settled');
  expect((await checkProvince(story.house.database, 4)).differences).toBe(0);
  for (const { foreign, errors } of [office, phone, shop]) {
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
  }
}, 300_000);
