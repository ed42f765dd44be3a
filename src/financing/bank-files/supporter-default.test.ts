import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BankDesk, openBankDesk, orderRial as rial } from '../../../test/bank-desk.ts';
import { contractedPlans, contractSupporter } from '../../../test/contracted-plans.ts';
import { closeMonthsNow, done, openBooks } from '../../../test/supporter-books.ts';

let desk: BankDesk;
beforeAll(async () => {
  desk = await openBankDesk();
});
afterAll(() => desk.close());

test('nothing is ordered for a supporter in default; the refusal names its case, and the others can go', async () => {
  const { house, director } = desk;
  const [good, bad] = [await openBooks(house), await openBooks(house)];
  for (const { caseId } of [good, bad]) {
    await contractSupporter(house, { bankId: 'MELLAT', rial, caseId, people: 5 });
  }
  const [single = ''] = await contractedPlans(house, { bankId: 'MELLAT', rial, serials: [641] });
  // Nobody bought anything of the three months that are over.
  await closeMonthsNow(house);
  const reason = 'خریدی نکرده است';
  await done(director, `/api/supporters/${bad.code}/declare-default`, { reason });
  const order = (codes: string[], lang = 'fa') =>
    desk.officer.post(`/api/payment-orders?lang=${lang}`, {
      orders: codes.map((code) => ({ code, amountRial: '1000' })),
    });
  const refused = await order([single, bad.code, good.code]);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    ...{ code: 'financing.supporter_in_default', details: { codes: bad.code } },
  });
  expect(refused.body.title).toContain(bad.code);
  const orders = async (code: string) =>
    (await desk.officer.get(`/api/cases/${code}/payment-orders`)).body.orders;
  expect(await orders(single)).toEqual([]);
  expect((await order([single, good.code])).status).toBe(201);
  expect(await orders(good.code)).toHaveLength(1);
  await done(director, `/api/supporters/${bad.code}/end-default`, { reason: 'خرید کرد' });
  expect((await order([bad.code])).status).toBe(201);
});
