import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../../test/maker.ts';
import { permitHolders } from '../../../test/makers.ts';
import { checkProvince } from '../../figures/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { provinceContext } from '../../platform/policy.ts';
import { openStall } from '../stalls.ts';
import { pledge } from './pledges.ts';
import { checkPledge, checkTaken } from './rules.ts';

describe('what may be accepted', () => {
  test('is never more than was pledged or asked, and each once', () => {
    const parts = fc.array(
      fc.record({ pledged: fc.nat(50), taken: fc.integer({ min: 1, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 200 }), (rows, asked) => {
        const standing = new Map(rows.map(({ pledged }, at) => [String(at), pledged]));
        const taken = rows.map((row, at) => ({ id: String(at), quantity: row.taken }));
        const sum = rows.reduce((all, row) => all + row.taken, 0);
        const fits = sum <= asked && rows.every((row) => row.taken <= row.pledged);
        if (fits) expect(checkTaken(asked, standing, taken)).toBe(sum);
        else expect(() => checkTaken(asked, standing, taken)).toThrow(/more_than/);
      }),
    );
    expect(() => checkTaken(9, new Map([['a', 5]]), [{ id: 'b', quantity: 1 }])).toThrow(
      'market.pledge_gone',
    );
    const twice = { id: 'a', quantity: 1 };
    expect(() => checkTaken(9, new Map([['a', 5]]), [twice, twice])).toThrow('more_than_pledged');
  });

  test.for([
    [{ state: 'filled' }, {}, 'market.request_over'],
    [{ closesOn: '2022-06-21' }, {}, 'market.request_over'],
    [{}, { eachRial: '11' }, 'market.dearer_than_asked'],
    [{}, { readyOn: '2022-07-11' }, 'market.later_than_asked'],
  ] as const)('a pledge is refused by %#', ([asked, given, code]) => {
    const request = {
      mostRial: 10n,
      neededBy: '2022-07-10',
      closesOn: '2022-06-22',
      state: 'open',
    };
    const some = { eachRial: '10', readyOn: '2022-07-10' };
    const offered = (more: object) => {
      const { eachRial, readyOn } = { ...some, ...more };
      return { eachRial: BigInt(eachRial), readyOn };
    };
    expect(() => checkPledge(request, offered({}), '2022-06-22')).not.toThrow();
    expect(() => checkPledge({ ...request, ...asked }, offered(given), '2022-06-22')).toThrow(code);
  });
});

let house: TestHouse;
let maker: Maker;
let product: string;
/** A buyer who lives in another province. */
let buyer: Caller;

beforeAll(async () => {
  house = await testHouse();
  buyer = await house.signIn({ role: 'citizen', provinceId: 7 });
  maker = await makeMaker(house, { stall: 'غرفهٔ نخست' });
  const body = { ...aProduct, onHand: 10 };
  product = (await maker.caller.post(`/api/stalls/${maker.stall}/products`, body)).body.code;
});
afterAll(() => house.close());

/** Work of the house itself, as many at once as are asked for. */
function act<T>(work: (tx: Tx, by: Act) => Promise<T>): Promise<T> {
  const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
  const by = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
  return house.database.transaction(provinceContext(4), (tx) => work(tx, by));
}

async function ask(quantity: number, more: object = {}): Promise<string> {
  const reply = await buyer.post(`/api/products/${product}/requests`, {
    ...{ title: 'روپوش مدرسه', about: 'سرمه‌ای، سایز ۳۸ تا ۴۴', quantity },
    ...{ mostRial: '13000000', neededBy: '2022-08-20', closesOn: '2022-07-01' },
    ...{ name: 'مدرسهٔ نمونه', mobile: '09121234567', toProvince: '07', address: 'شیراز' },
    ...more,
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.code;
}

const offer = (more: object = {}) => ({
  ...{ stall: maker.stall, quantity: 1, eachRial: '12000000', readyOn: '2022-08-01' },
  ...more,
});
const shown = async (code: string) => (await buyer.get(`/api/requests/${code}`)).body;
const accept = (code: string, pledges: readonly { code: string; quantity: number }[]) =>
  buyer.post(`/api/requests/${code}/accept`, { pledges });
const quiet = async () => expect((await checkProvince(house.database, 4)).differences).toBe(0);

/** So many makers with a stall each, as the rules know them. */
async function stallsOf(count: number) {
  const holders = await permitHolders(house, count);
  return Promise.all(
    holders.map(async ({ code: caseCode, personId }) => {
      const id = await act((tx, by) => openStall(tx, by, { personId }, { caseCode, name: 'غرفه' }));
      const nobody = { sessionId: '', organisationId: null, provinceId: 4 };
      const who = { ...nobody, personId, accountId: randomUUID(), role: 'citizen' as const };
      return { id, who };
    }),
  );
}

test('64 makers pledge at once and none is lost; 64 acceptances at once are one, and each part an order of its own', async () => {
  const code = await ask(150);
  const makers = await stallsOf(64);
  const own = { requestId: idIn(4, code), productId: null, readyOn: '2022-08-01' };
  await Promise.all(
    makers.map(({ id: stallId, who }, at) =>
      act((tx, by) =>
        pledge(tx, by, who, { ...own, stallId, quantity: 3, eachRial: 12_000_000n + BigInt(at) }),
      ),
    ),
  );
  const { pledged, pledges } = await shown(code);
  expect([pledged, pledges.length]).toEqual([192, 64]);
  const fifty = pledges
    .slice(0, 50)
    .map((one: { code: string }) => ({ code: one.code, quantity: 3 }));
  expect(
    (
      await accept(
        code,
        pledges.map((one: { code: string }) => ({ code: one.code, quantity: 3 })),
      )
    ).body.code,
  ).toBe('market.more_than_asked');
  const replies = await Promise.all(Array.from({ length: 64 }, () => accept(code, fifty)));
  const done = replies.filter(({ status }) => status === 200);
  expect(done).toHaveLength(1);
  const refused = replies.filter(({ status }) => status !== 200).map(({ body }) => body.code);
  expect(new Set(refused)).toEqual(new Set(['platform.wrong_state']));
  expect(new Set(done[0]?.body.orders).size).toBe(50);
  const now = await shown(code);
  expect(now).toMatchObject({ state: 'filled', ordered: 150, acting: false });
  const states = now.pledges.map((one: { state: string }) => one.state);
  expect(states.filter((state: string) => state === 'accepted')).toHaveLength(50);
  expect(states.filter((state: string) => state === 'passed_over')).toHaveLength(14);
  const { items } = (await buyer.get('/api/my-requests')).body;
  expect(items[0]).toMatchObject({ code, ordered: 150 });
  await quiet();
});

test('64 acceptances of one stall’s ten pieces are ten, and the rest stay open', async () => {
  const all = await Promise.all(
    Array.from({ length: 64 }, async () => {
      const code = await ask(1);
      const made = await maker.caller.post(`/api/requests/${code}/pledges`, offer({ product }));
      expect(made.status, JSON.stringify(made.body)).toBe(201);
      return { code, pledge: made.body.code };
    }),
  );
  const replies = await Promise.all(
    all.map(({ code, pledge: one }) => accept(code, [{ code: one, quantity: 1 }])),
  );
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(10);
  const refused = replies.filter(({ status }) => status !== 200).map(({ body }) => body.code);
  expect(new Set(refused)).toEqual(new Set(['market.sold_out']));
  const at = replies.findIndex(({ status }) => status !== 200);
  expect(await shown(all[at]?.code ?? '')).toMatchObject({ state: 'open', ordered: 0 });
  await quiet();
});

test('a part of a pledge is delivered, paid and settled like any order, and the maker sees what was asked', async () => {
  const code = await ask(20, { mostRial: undefined });
  const seen = (await maker.caller.get('/api/open-requests')).body;
  expect(seen.items.find((one: { code: string }) => one.code === code)).toMatchObject({
    open: true,
  });
  expect(JSON.stringify(seen)).not.toContain('09121234567');
  const made = await maker.caller.post(`/api/requests/${code}/pledges`, offer({ quantity: 12 }));
  const again = await maker.caller.post(`/api/requests/${code}/pledges`, offer());
  expect(again.body.code).toBe('market.pledged_already');
  const { orders } = (await accept(code, [{ code: made.body.code, quantity: 8 }])).body;
  const [order = ''] = orders as string[];
  for (const step of ['accept', 'send'])
    await maker.caller.post(`/api/orders/${order}/${step}`, {});
  expect((await buyer.post(`/api/orders/${order}/deliver`, {})).status).toBe(200);
  const it = (await buyer.get(`/api/orders/${order}`)).body;
  expect(it).toMatchObject({ state: 'delivered', goodsRial: '96000000' });
  expect(it.lines).toMatchObject([{ product: null, title: 'روپوش مدرسه', quantity: 8 }]);
  const { entries } = (await maker.caller.get(`/api/stalls/${maker.stall}/statement`)).body;
  expect(entries.at(-1)).toMatchObject({ kind: 'sold' });
  await quiet();
});

test('nobody pledges from another’s stall, accepts another’s request, or takes back what was accepted', async () => {
  const code = await ask(5);
  const made = (await maker.caller.post(`/api/requests/${code}/pledges`, offer())).body.code;
  const [other] = await stallsOf(1);
  const stall = encodeCode(4, other?.id ?? '');
  const path = `/api/requests/${code}/pledges`;
  expect((await maker.caller.post(path, offer({ stall }))).status).toBe(404);
  const stranger = await house.signIn({ role: 'citizen', provinceId: 7 });
  const taken = { pledges: [{ code: made, quantity: 1 }] };
  expect((await stranger.post(`/api/requests/${code}/accept`, taken)).status).toBe(404);
  expect((await stranger.get(`/api/requests/${code}`)).status).toBe(404);
  expect((await maker.caller.post(`/api/pledges/${made}/withdraw`)).status).toBe(200);
  expect((await maker.caller.post(`/api/pledges/${made}/withdraw`)).body.code).toBe(
    'market.pledge_gone',
  );
  expect((await accept(code, taken.pledges)).body.code).toBe('market.pledge_gone');
  expect((await buyer.post(`/api/requests/${code}/cancel`)).status).toBe(200);
  expect((await maker.caller.post(path, offer())).body.code).toBe('market.request_over');
});
