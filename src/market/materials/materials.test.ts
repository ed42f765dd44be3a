import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { type Maker, makers, permitHolders } from '../../../test/makers.ts';
import { checkProvince } from '../../figures/index.ts';
import { idIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { provinceContext } from '../../platform/policy.ts';
import { joinPurchase, leavePurchase, stateNeeds } from './needs.ts';
import { watchPurchases } from './watch.ts';

let house: TestHouse;
let officer: Caller;
let cloth: string;
const deliversOn = '2022-07-10';
const neededBy = '2022-08-01';

/** Sessions end with the day; the clock of this story runs for weeks. */
async function signOfficer(): Promise<void> {
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
}

beforeAll(async () => {
  house = await testHouse();
  await signOfficer();
  const made = await officer.post('/api/raw-materials', { name: 'پارچه تترون', unit: 'metre' });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  cloth = made.body.code;
});
afterAll(() => house.close());

/** Work of the house itself, as many at once as are asked for. */
function act<T>(work: (tx: Tx, by: Act) => Promise<T>): Promise<T> {
  const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
  const by = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
  return house.database.transaction(provinceContext(4), (tx) => work(tx, by));
}

async function open(more: object = {}): Promise<string> {
  const points = [
    { county: '0401', place: 'خانهٔ کارآفرینی، خیابان نخست' },
    { county: '0401', place: 'دفتر تعاونی، میدان دوم' },
  ];
  const body = { material: cloth, closesOn: '2022-06-30', points, ...more };
  const made = await officer.post('/api/purchases', body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.code;
}

async function need({ code, caller }: Maker, quantity: number): Promise<string> {
  const body = { caseCode: code, material: cloth, quantity, neededBy };
  const stated = await caller.post('/api/needs', body);
  expect(stated.status, JSON.stringify(stated.body)).toBe(201);
  return stated.body.code;
}

async function supplier(name: string, signInName?: string): Promise<string> {
  const body = { kind: 'shop', name, county: '0401', ...(signInName ? { signInName } : {}) };
  const made = await officer.post('/api/suppliers', body);
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return made.body.code;
}

const offerOf = (unitRial: string, more: object = {}) => ({
  breaks: [{ from: 1000, unitRial }],
  freightRial: '1000001',
  ...{ deliversOn, validUntil: '2022-07-20' },
  ...more,
});

const shown = async (code: string) => (await officer.get(`/api/purchases/${code}`)).body;
const sum = (lines: readonly Record<string, string>[], key: string) =>
  lines.reduce((total, line) => total + BigInt(line[key] ?? 0), 0n);

test('64 makers join at once: none is lost, and the quantity closes joining once', async () => {
  const all = await permitHolders(house, 64);
  const materialId = idIn(4, cloth);
  const inputs = all.map(({ caseId }, at) => ({
    ...{ caseId, materialId, neededBy, quantity: 1000n * BigInt(1 + (at % 3)) },
  }));
  const needs = await act((tx, by) => stateNeeds(tx, by, inputs));
  const total = inputs.reduce((many, { quantity }) => many + Number(quantity), 0);
  const crowded = await open({ enough: total });
  const purchaseId = idIn(4, crowded);
  await Promise.all(
    needs.map((needId, at) =>
      act((tx, by) => joinPurchase(tx, by, { needId, purchaseId, point: 1 + (at % 2) })),
    ),
  );
  const purchase = await shown(crowded);
  expect(purchase).toMatchObject({ state: 'closed', pooled: total, makers: 64 });
  const closings = purchase.steps.filter(
    (s: { verb: string }) => s.verb === 'market.closePurchase',
  );
  expect(closings).toMatchObject([{ by: 'quantity' }]);
  const [late] = await makers(house, 1);
  if (!late) throw new Error('there is one');
  const lateNeed = await need(late, 1000);
  const refused = await late.caller.post(`/api/needs/${lateNeed}/join`, {
    purchase: crowded,
    point: 1,
  });
  expect(refused.body.code).toBe('market.purchase_closed');
  const [needId = ''] = needs;
  await expect(act((tx, by) => leavePurchase(tx, by, needId))).rejects.toMatchObject({
    code: 'market.purchase_closed',
  });
  expect((await officer.post(`/api/purchases/${crowded}/close`)).status).toBe(409);
});

/** One purchase of three makers, from the first need to the last metre. */
let three: [Maker, Maker, Maker];
let seller: Caller;
let code: string;
let [first, second, third] = ['', '', ''];
const leave = (what: string) =>
  officer.post(`/api/needs/${what}/leave-behind`, { reason: 'نیامد' });

test('makers join with their own needs only, and suppliers offer', async () => {
  three = (await makers(house, 3)) as typeof three;
  const [a, b, c] = three;
  [first, second, third] = [await need(a, 7000), await need(b, 11000), await need(c, 13000)];
  code = await open({ retail: { unitRial: '900000', source: 'سه فروشگاه' } });
  for (const [maker, what] of [
    [a, first],
    [b, second],
    [c, third],
  ] as const) {
    const reply = await maker.caller.post(`/api/needs/${what}/join`, { purchase: code, point: 1 });
    expect(reply.status).toBe(200);
  }
  expect((await a.caller.post(`/api/needs/${second}/leave`)).status).toBe(404);
  seller = await house.signIn({ role: 'citizen', username: '09145559999' });
  await supplier('فروشگاه نمونه', '09145559999');
  const offered = await seller.post(`/api/purchases/${code}/offers`, offerOf('700000'));
  expect(offered.status, JSON.stringify(offered.body)).toBe(201);
  expect((await seller.post(`/api/purchases/${code}/offers`, offerOf('1'))).body.code).toBe(
    'market.offered_already',
  );
  expect((await a.caller.post(`/api/purchases/${code}/offers`, offerOf('1'))).body.code).toBe(
    'market.not_supplier',
  );
  const written = { ...offerOf('800000'), supplier: await supplier('تعاونی نمونه') };
  expect((await officer.post(`/api/purchases/${code}/offers`, written)).status).toBe(201);
});

test('the chosen offer becomes shares that sum to the whole to the rial', async () => {
  const { offerList } = await shown(code);
  const [cheap] = offerList;
  expect(cheap.quote.totalRial).toBe('22700001');
  const choose = (offer: string) =>
    officer.post(`/api/offers/${offer}/choose`, { reason: 'ارزان‌تر' });
  expect((await choose(cheap.code)).body.code).toBe('platform.wrong_state');
  expect((await officer.post(`/api/purchases/${code}/close`)).status).toBe(200);
  const chosen = await choose(cheap.code);
  expect(chosen.status, JSON.stringify(chosen.body)).toBe(200);
  const ordered = await shown(code);
  expect(ordered).toMatchObject({ state: 'ordered', ordered: 31000, priceRial: '21700000' });
  expect(ordered.reason).toBe('ارزان‌تر');
  expect(sum(ordered.needs, 'priceRial')).toBe(21_700_000n);
  expect(sum(ordered.needs, 'freightRial')).toBe(1_000_001n);
  expect(sum(ordered.needs, 'savedRial')).toBe(27_900_000n - 22_700_001n);
  const supply = (await seller.get('/api/my-supply')).body;
  const won = supply.purchases.find((one: { code: string }) => one.code === code);
  expect(won).toMatchObject({ ordered: 31000, state: 'ordered' });
  expect(won.offers).toHaveLength(1);
});

test('it comes in parts, is collected as it comes, and paid to what is owed', async () => {
  const [a, b, c] = three;
  const bring = (quantity: number) =>
    officer.post(`/api/purchases/${code}/deliveries`, { point: 1, quantity });
  expect((await bring(32000)).body.code).toBe('market.more_than_ordered');
  expect((await bring(20000)).status).toBe(200);
  expect((await a.caller.post(`/api/needs/${first}/collect`)).status).toBe(200);
  expect((await b.caller.post(`/api/needs/${second}/collect`, { quantity: 4000 })).status).toBe(
    200,
  );
  expect((await c.caller.post(`/api/needs/${third}/collect`)).body.code).toBe(
    'market.not_there_yet',
  );
  expect((await bring(11000)).status).toBe(200);
  expect((await leave(second)).body.code).toBe('market.still_time');
  const owed = (await a.caller.get('/api/my-needs')).body.needs[0].owedRial;
  const pay = (amountRial: string) => officer.post(`/api/needs/${first}/payments`, { amountRial });
  expect((await pay(String(BigInt(owed) + 1n))).body.code).toBe('market.more_than_owed');
  expect((await pay(owed)).status).toBe(200);
  expect((await a.caller.get('/api/my-needs')).body.needs[0].owedRial).toBe('0');
});

test('what was not collected goes to another or back, and the books still close', async () => {
  house.clock.moveTo(new Date('2022-07-20T08:00:00Z'));
  await signOfficer();
  expect((await leave(second)).status).toBe(200);
  expect((await leave(third)).status).toBe(200);
  const give = await officer.post(`/api/needs/${second}/give`, { to: first, reason: 'نیاز داشت' });
  expect(give.status, JSON.stringify(give.body)).toBe(200);
  const back = (refundRial: string) =>
    officer.post(`/api/needs/${third}/return`, { refundRial, reason: 'پس داده شد' });
  expect((await back('9100001')).body.code).toBe('market.refund_too_large');
  expect((await back('9100000')).status).toBe(200);
  const settled = await shown(code);
  expect(settled.state).toBe('settled');
  const owing = sum(settled.needs, 'owedRial') + sum(settled.needs, 'paidRial');
  expect(owing).toBe(21_700_000n + 1_000_001n - 9_100_000n);
  expect(settled.points[0]).toMatchObject({ delivered: 31000, collected: 18000, returned: 13000 });
  expect(await saidByFigures()).toBe(
    // Nothing is saved on what went back to the supplier.
    sum(settled.needs, 'savedRial') - BigInt(settled.needs[2].savedRial),
  );
});

/** What was saved, by the figures; the books close to zero on the way. */
async function saidByFigures(): Promise<bigint> {
  const { checks } = await checkProvince(house.database, 4);
  expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
  const figures = await officer.get('/api/figures?from=1401-01-01&to=1401-12-29');
  expect(figures.body.measures).toMatchObject({ needs_pooled: 3, pooled_purchases: '22700001' });
  return BigInt(figures.body.measures.materials_saved);
}

test('prices are shown where enough makers of the county bought', async () => {
  house.clock.moveTo(new Date('2022-06-22T09:00:00Z'));
  await signOfficer();
  const [here] = (await makers(house, 1)) as [Maker];
  const prices = (county: string) =>
    here.caller.get(`/api/material-prices?material=${cloth}&county=${county}`);
  expect((await prices('0401')).body.items).toEqual([
    { month: '1401-04', makers: 3, quantity: 31000, unitRial: '732258' },
  ]);
  expect((await prices('0403')).body.items).toEqual([]);
});

test('the clock closes what its day has passed, once; an offer of less is shared out', async () => {
  const [a, b] = (await makers(house, 2)) as [Maker, Maker];
  const [first, second] = [await need(a, 1000), await need(b, 99000)];
  const small = await open();
  const empty = await open();
  await a.caller.post(`/api/needs/${first}/join`, { purchase: small, point: 1 });
  await b.caller.post(`/api/needs/${second}/join`, { purchase: small, point: 2 });
  house.clock.moveTo(new Date('2022-07-01T08:00:00Z'));
  await signOfficer();
  expect(await watchPurchases(house)).toBe(2);
  expect(await watchPurchases(house)).toBe(0);
  expect((await shown(empty)).state).toBe('cancelled');
  const code2 = await supplier('فروشگاه کوچک');
  const offer = await officer.post(`/api/purchases/${small}/offers`, {
    ...offerOf('500000', { most: 10 }),
    breaks: [{ from: 10, unitRial: '500000' }],
    supplier: code2,
  });
  expect(offer.status, JSON.stringify(offer.body)).toBe(201);
  const chosen = await officer.post(`/api/offers/${offer.body.code}/choose`, { reason: 'تنها' });
  expect(chosen.status, JSON.stringify(chosen.body)).toBe(200);
  const { needs, pooled } = await shown(small);
  expect(needs).toHaveLength(1);
  expect(needs[0]).toMatchObject({ share: 10, state: 'allotted' });
  expect(pooled).toBe(99000);
});

test('the database refuses shares that are not the whole', async () => {
  const change = (set: string) =>
    house.database.transaction(provinceContext(4), (tx) =>
      sql.raw(`update purchases set ${set} where state = 'ordered'`).execute(tx),
    );
  await expect(change('price_rial = price_rial + 1')).rejects.toMatchObject({
    constraint: 'purchases_shares_are_the_whole',
  });
  const { checks } = await checkProvince(house.database, 4);
  expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
});
