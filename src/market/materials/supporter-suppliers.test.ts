import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { closeMonthsNow, done, openBooks, permitOf } from '../../../test/supporter-books.ts';
import { supporterStandingOf } from './rules.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

const offer = {
  breaks: [{ from: 1000, unitRial: '700000' }],
  ...{ freightRial: '0', deliversOn: '2022-07-10', validUntil: '2022-07-20' },
};

test('a supporter is good as a supplier when it was found fit, keeps its word, and its permit is valid', () => {
  expect(supporterStandingOf('approved', 'valid')).toBe('good');
  expect(supporterStandingOf('in_default', 'valid')).toBe('in_default');
  expect(supporterStandingOf('applied', 'valid')).toBe('not_assessed');
  expect(supporterStandingOf(undefined, 'valid')).toBe('not_assessed');
  expect(supporterStandingOf('approved', 'suspended')).toBe('permit_not_valid');
  expect(supporterStandingOf('approved', undefined)).toBe('permit_not_valid');
});

test('a supplier that is a supporter names one of the province, and offers while that one is good', async () => {
  const books = await openBooks(house, { weavers: 5 });
  const register = (more: object) =>
    officer.post('/api/suppliers', { name: 'پشتیبان نمونه', county: '0401', ...more });
  const kind = 'supporter';
  expect((await register({ kind })).body.code).toBe('market.supporter_unnamed');
  const shop = await register({ kind: 'shop', supporter: books.code });
  expect(shop.body.code).toBe('market.supporter_unnamed');
  const fresh = await permitOf(house, 'supporter');
  const early = await register({ kind, supporter: fresh.code });
  expect(early.body).toMatchObject({ code: 'market.supporter_not_good', status: 409 });
  const covered = await register({ kind, supporter: (await permitOf(house, 'covered')).code });
  expect(covered.body.code).toBe('market.supporter_not_good');
  const supplier = (await register({ kind, supporter: books.code })).body.code;
  const standing = async () => {
    const { items } = (await officer.get('/api/suppliers')).body;
    return items.find((one: { code: string }) => one.code === supplier).supporter;
  };
  expect(await standing()).toEqual({ code: books.code, standing: 'good' });

  await offersFollow(books.code, supplier, standing);
});

/** What the supplier may do goes with its supporter's default, and comes back with its end. */
async function offersFollow(
  supporter: string,
  supplier: string,
  standing: () => Promise<object>,
): Promise<void> {
  const material = await done(officer, '/api/raw-materials', { name: 'نخ', unit: 'hank' });
  const points = [{ county: '0401', place: 'خانهٔ کارآفرینی' }];
  const buying = { material: material.code, closesOn: '2022-06-30', points };
  const purchase = `/api/purchases/${(await done(officer, '/api/purchases', buying)).code}`;
  const offered = await done(officer, `${purchase}/offers`, { ...offer, supplier });
  await done(officer, `/api/offers/${offered.code}/withdraw`);
  const second = await done(officer, `${purchase}/offers`, { ...offer, supplier });

  await closeMonthsNow(house);
  const reason = 'خریدی نکرده است';
  await done(director, `/api/supporters/${supporter}/declare-default`, { reason });
  expect(await standing()).toEqual({ code: supporter, standing: 'in_default' });
  await done(officer, `/api/offers/${second.code}/withdraw`);
  const again = () => officer.post(`${purchase}/offers`, { ...offer, supplier });
  expect((await again()).body.code).toBe('market.supporter_not_good');
  await done(director, `/api/supporters/${supporter}/end-default`, { reason: 'خرید کرد' });
  const third = await again();
  expect(third.status).toBe(201);
  await done(officer, `${purchase}/close`);
  await done(director, `/api/supporters/${supporter}/declare-default`, { reason });
  const chosen = await officer.post(`/api/offers/${third.body.code}/choose`, { reason: 'ارزان' });
  expect(chosen.body.code).toBe('market.supporter_not_good');
}
