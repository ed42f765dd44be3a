import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../../test/maker.ts';
import { checkProvince } from '../../figures/index.ts';

let house: TestHouse;
let officer: Caller;
let maker: Maker;
/** A buyer who lives in another province. */
let buyer: Caller;

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  buyer = await house.signIn({ role: 'citizen', provinceId: 7 });
  maker = await makeMaker(house, { stall: 'غرفهٔ سفارش' });
});
afterAll(() => house.close());

async function product(more: object = {}): Promise<string> {
  const reply = await maker.caller.post(`/api/stalls/${maker.stall}/products`, {
    ...aProduct,
    ...more,
  });
  return reply.body.code;
}

const target = {
  name: 'سارا خریدار',
  mobile: '09121234567',
  toProvince: '07',
  address: 'شیراز، خیابان آزمون',
  pays: 'on_delivery',
};
const order = (caller: Caller, code: string, quantity = 1, more: object = {}) =>
  caller.post(`/api/stalls/${maker.stall}/orders`, {
    ...target,
    lines: [{ product: code, quantity }],
    ...more,
  });
const act = (caller: Caller, code: string, path: string, body: object = {}) =>
  caller.post(`/api/orders/${code}/${path}`, body);
const onHand = async (code: string) => {
  const { products } = (await maker.caller.get(`/api/my-stalls/${maker.stall}`)).body;
  return products.find((one: { code: string }) => one.code === code).onHand;
};
async function delivered(code: string, quantity = 3): Promise<string> {
  const { body } = await order(buyer, code, quantity);
  for (const step of ['accept', 'send']) await act(maker.caller, body.code, step);
  expect((await act(buyer, body.code, 'deliver')).status).toBe(200);
  return body.code;
}

test('sixty-four buyers of ten pieces are ten orders and fifty-four refusals', async () => {
  const code = await product({ onHand: 10 });
  const replies = await Promise.all(Array.from({ length: 64 }, () => order(buyer, code)));
  const statuses = replies.map(({ status }) => status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(10);
  const others = replies.filter(({ status }) => status !== 201).map(({ body }) => body.code);
  expect(new Set(others)).toEqual(new Set(['market.sold_out']));
  expect(await onHand(code)).toBe(0);
});

describe('an order', () => {
  test('goes from the buyer to a delivery, and one of three comes back', async () => {
    const code = await product();
    const it = await delivered(code);
    expect(await onHand(code)).toBe(2);
    const late = { reason: 'کوچک است', lines: [{ place: 1, quantity: 4 }] };
    expect((await act(buyer, it, 'ask-return', late)).body.code).toBe('market.return_of_nothing');
    const asked = { reason: 'کوچک است', lines: [{ place: 1, quantity: 1 }] };
    expect((await act(buyer, it, 'ask-return', asked)).status).toBe(200);
    expect((await act(maker.caller, it, 'accept-return', { onHandAgain: true })).status).toBe(200);
    expect(await onHand(code)).toBe(3);
    const shown = (await buyer.get(`/api/orders/${it}`)).body;
    expect(shown).toMatchObject({ state: 'returned', returnedRial: '12000000', party: 'buyer' });
    const { measures } = (await house.nobody.get('/api/figures?from=1401-01-01&to=1401-04-01'))
      .body;
    expect(measures).toMatchObject({ sales: 1, rial_sold: '36000000', rial_returned: '12000000' });
  });

  test('is its parties’ alone, each with their own steps', async () => {
    const { body } = await order(buyer, await product());
    const stranger = await house.signIn({ role: 'citizen', provinceId: 7 });
    expect((await stranger.get(`/api/orders/${body.code}`)).status).toBe(404);
    expect((await act(stranger, body.code, 'cancel')).status).toBe(404);
    expect((await act(buyer, body.code, 'accept')).status).toBe(403);
    expect((await act(maker.caller, body.code, 'cancel')).status).toBe(403);
    const list = (await buyer.get('/api/my-orders')).body.items;
    expect(list.map((one: { code: string }) => one.code)).toContain(body.code);
    expect((await stranger.get('/api/my-orders')).body.items).toEqual([]);
    expect((await act(buyer, body.code, 'cancel')).status).toBe(200);
  });

  test('sent twice under one key is one order', async () => {
    const code = await product();
    const body = { ...target, lines: [{ product: code, quantity: 1 }] };
    const key = crypto.randomUUID();
    const url = `/api/stalls/${maker.stall}/orders`;
    const [first, second] = [await buyer.post(url, body, key), await buyer.post(url, body, key)];
    expect(second.body).toEqual(first.body);
    expect(await onHand(code)).toBe(4);
  });

  test('is refused where the maker does not send, or the gateway is none', async () => {
    const near = await product({ sendsTo: 'province' });
    expect((await order(buyer, near)).body.code).toBe('market.not_sent_there');
    const far = await product();
    expect((await order(buyer, far, 1, { pays: 'online' })).body.code).toBe('market.no_gateway');
    expect((await order(maker.caller, far)).body.code).toBe('market.own_product');
  });
});

describe('an order of what is near', () => {
  const near = { toProvince: '04', address: 'کوچه آزمون' };

  test('goes to the maker’s own county and to no other', async () => {
    const code = await product({ sendsTo: 'county' });
    const refusal = async (more: object) =>
      (await order(buyer, code, 1, { ...near, ...more })).body.code;
    expect(await refusal({})).toBe('market.county_missing');
    expect(await refusal({ toCounty: '0402' })).toBe('market.not_sent_there');
    expect(await refusal({ toProvince: '07', toCounty: '0401' })).toBe('accounts.unknown_county');
    expect(await onHand(code)).toBe(5);
    const { body } = await order(buyer, code, 1, { ...near, toCounty: '0401' });
    const shown = (await buyer.get(`/api/orders/${body.code}`)).body;
    expect(shown.to).toMatchObject({ province: { id: '04' }, county: { id: '0401' } });
  });

  test('asks for no address where the buyer fetches it, and for one where not', async () => {
    const [fetched, sent] = [await product({ sendsTo: 'pick_up' }), await product()];
    const nowhere = { toProvince: undefined, address: undefined };
    expect((await order(buyer, sent, 1, nowhere)).body.code).toBe('market.address_missing');
    const lines = [fetched, sent].map((one) => ({ product: one, quantity: 1 }));
    const both = await order(buyer, fetched, 1, { lines });
    expect(both.body.code).toBe('market.fetched_apart');
    const { body } = await order(buyer, fetched, 1, nowhere);
    const shown = (await buyer.get(`/api/orders/${body.code}`)).body;
    expect(shown.to).toMatchObject({ county: { id: '0401' }, address: '' });
  });
});

test('several things of one stall are one order, and the form is told what goes with what', async () => {
  const shown = async (code: string) => (await house.nobody.get(`/api/products/${code}`)).body;
  const [first, second] = [await product({ title: 'شال' }), await product({ title: 'روسری' })];
  const fetched = await product({ title: 'پرو لباس', sendsTo: 'pick_up' });
  const gone = await product({ title: 'تمام‌شده', onHand: 0 });
  const { others, county } = await shown(first);
  const codes = others.map((one: { code: string }) => one.code);
  expect(county).toMatchObject({ id: '0401' });
  expect(codes).toContain(second);
  for (const one of [first, fetched, gone]) expect(codes).not.toContain(one);
  const lines = [first, second].map((one, at) => ({ product: one, quantity: at + 1 }));
  const { body } = await order(buyer, first, 1, { lines });
  const made = (await buyer.get(`/api/orders/${body.code}`)).body;
  expect(made).toMatchObject({ goodsRial: '36000000', lines: [{ place: 1 }, { place: 2 }] });
});

describe('after a delivery', () => {
  test('the buyer rates it once; nothing undelivered is rated', async () => {
    const code = await product();
    const { body } = await order(buyer, code);
    const rate = (one: string) => act(buyer, one, 'rate', { stars: 5, said: 'عالی' });
    expect((await rate(body.code)).body.code).toBe('market.not_delivered');
    const it = await delivered(code);
    expect((await rate(it)).status).toBe(201);
    expect((await rate(it)).body.code).toBe('market.rated_already');
    const page = await house.nobody.get(`/market/products/${code}`, { accept: 'text/html' });
    expect(page.body).toContain('عالی');
  });

  test('the buyer complains, one at a time, and the directorate answers', async () => {
    const it = await delivered(await product());
    expect((await act(buyer, it, 'complaints', { said: 'پاره بود' })).status).toBe(201);
    expect((await act(buyer, it, 'complaints', { said: 'x' })).body.code).toBe(
      'market.complaint_open',
    );
    const open = (await officer.get('/api/market/complaints')).body.items;
    expect(open).toMatchObject([{ order: it, said: 'پاره بود' }]);
    expect((await act(officer, it, 'answer-complaint', { said: 'پیگیری شد' })).status).toBe(200);
    const shown = (await buyer.get(`/api/orders/${it}`)).body;
    expect(shown.complaints).toMatchObject([{ answer: 'پیگیری شد' }]);
  });

  test('cash is in the maker’s own hands: nothing is due, and the statement says so', async () => {
    const { body } = await maker.caller.get(`/api/stalls/${maker.stall}/statement`);
    expect(body.closingRial).toBe('0');
    expect(body.entries.length).toBeGreaterThan(2);
    const paper = await maker.caller.get(`/api/stalls/${maker.stall}/statement/paper`);
    expect(paper.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const payout = { amountRial: '1', bankReference: 'B1' };
    const reply = await officer.post(`/api/stalls/${maker.stall}/payouts`, payout);
    expect(reply.body.code).toBe('market.more_than_due');
    expect((await buyer.get(`/api/stalls/${maker.stall}/statement`)).status).toBe(404);
  });
});

test('everything that is kept agrees with its record', async () => {
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});
