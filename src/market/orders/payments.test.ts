import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { aProduct, type Maker, makeMaker } from '../../../test/maker.ts';
import {
  type PaymentGatewayServer,
  startPaymentGateway,
} from '../../../test/payment-gateway-server.ts';
import { checkProvince } from '../../figures/index.ts';
import { decodeCode } from '../../kit/code.ts';
import { provinceContext } from '../../platform/policy.ts';
import { silentLog } from '../../platform/telemetry.ts';
import { httpGateway } from './gateway.ts';
import { paymentJobs } from './payment-jobs.ts';

let house: TestHouse;
let gateway: PaymentGatewayServer;
let maker: Maker;
let buyer: Caller;
let officer: Caller;
let product: string;
let jobs: ReturnType<typeof paymentJobs>;

beforeAll(async () => {
  house = await testHouse(undefined, true, { paysOnline: true });
  gateway = await startPaymentGateway('secret');
  const config = { url: gateway.url, token: 'secret' };
  const road = httpGateway(config, { demonstration: true, timeoutMs: 300 });
  jobs = paymentJobs(road, 'https://karkhaneh.example');
  maker = await makeMaker(house);
  buyer = await house.signIn({ role: 'citizen', provinceId: 7 });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const body = { ...aProduct, onHand: 100 };
  product = (await maker.caller.post(`/api/stalls/${maker.stall}/products`, body)).body.code;
});
afterAll(async () => {
  await house.close();
  await gateway.close();
});
// Whatever befell the gateway, the books agree.
afterEach(async () => {
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});

const show = async (code: string) => (await buyer.get(`/api/orders/${code}`)).body;
const act = (caller: Caller, code: string, path: string, body: object = {}) =>
  caller.post(`/api/orders/${code}/${path}`, body);

async function ordered(quantity = 2): Promise<string> {
  const { body } = await buyer.post(`/api/stalls/${maker.stall}/orders`, {
    ...{ name: 'خریدار', mobile: '09121234567', toProvince: '07', address: 'شیراز' },
    pays: 'online',
    lines: [{ product, quantity }],
  });
  expect((await act(buyer, body.code, 'pay')).status).toBe(202);
  return body.code;
}

/** Runs a job of an order's payment, as the worker would. */
async function run(name: string, order: string): Promise<void> {
  const id = await house.database.transaction(provinceContext(4), async (tx) => {
    const query = tx.selectFrom('order_payments').select('id').where('province_id', '=', 4);
    const rows = query.where('order_id', '=', decodeCode(order)?.id ?? '').orderBy('id', 'desc');
    return (await rows.executeTakeFirstOrThrow()).id;
  });
  await jobs[name]?.({ provinceId: 4, id }, around());
}
const around = () => ({ database: house.database, clock: house.clock, log: silentLog });

async function paid(quantity = 2): Promise<string> {
  const code = await ordered(quantity);
  await run('market.openPayment', code);
  gateway.pay();
  await run('market.settlePayment', code);
  return code;
}

test('what the gateway says was paid is held, and is the maker’s on delivery', async () => {
  const code = await ordered();
  expect((await act(buyer, code, 'pay')).status).toBe(202);
  await run('market.openPayment', code);
  await run('market.openPayment', code);
  expect((await show(code)).payment).toMatchObject({
    state: 'ready',
    address: expect.stringContaining('/pay/'),
  });
  // The browser says it is back, twice, before anything was paid: that is nobody's word.
  for (const _ of [1, 2]) {
    expect((await act(buyer, code, 'confirm-payment')).status).toBe(202);
    await run('market.settlePayment', code);
  }
  expect((await show(code)).state).toBe('unpaid');
  gateway.pay();
  await Promise.all([run('market.settlePayment', code), run('market.settlePayment', code)]);
  expect((await show(code)).state).toBe('placed');
  for (const step of ['accept', 'send', 'deliver']) await act(maker.caller, code, step);
  const due = (await officer.get('/api/market/dues')).body.items[0];
  expect(due.dueRial).toBe('24000000');
  const payout = { amountRial: '24000000', bankReference: 'B-1' };
  expect((await officer.post(`/api/stalls/${maker.stall}/payouts`, payout)).status).toBe(201);
  const twice = await officer.post(`/api/stalls/${maker.stall}/payouts`, payout);
  expect(twice.body.code).toBe('market.more_than_due');
});

test.each(['hang', 'cut', 'error', 'garble'] as const)(
  'a gateway whose answer comes to nothing (%s) is asked again, and nothing happens twice',
  async (mishap) => {
    const code = await ordered();
    const before = gateway.payments().length;
    gateway.fail(mishap, true);
    await expect(run('market.openPayment', code)).rejects.toThrow();
    await run('market.openPayment', code);
    expect(gateway.payments().length - before).toBe(1);
    gateway.pay();
    gateway.fail(mishap);
    await expect(run('market.settlePayment', code)).rejects.toThrow();
    expect((await show(code)).state).toBe('unpaid');
    await run('market.settlePayment', code);
    expect((await show(code)).state).toBe('placed');
  },
);

test('another sum than was asked for is not believed', async () => {
  const code = await ordered();
  await run('market.openPayment', code);
  gateway.pay('1');
  await expect(run('market.settlePayment', code)).rejects.toThrow(/1 was paid/);
  expect((await show(code)).state).toBe('unpaid');
  gateway.pay('24000000');
  await run('market.settlePayment', code);
  expect((await show(code)).state).toBe('placed');
});

test('money goes back when the maker declines, and for what was sent back, each once', async () => {
  const declined = await paid();
  await act(maker.caller, declined, 'decline', { note: 'تمام شد' });
  gateway.fail('cut', true);
  await expect(run('market.refundPayment', declined)).rejects.toThrow();
  await run('market.refundPayment', declined);
  await run('market.refundPayment', declined);
  expect([...(gateway.payments().at(-1)?.refunds.values() ?? [])]).toEqual(['24000000']);
  const partly = await paid(3);
  for (const step of ['accept', 'send', 'deliver']) await act(maker.caller, partly, step);
  const asked = { reason: 'x', lines: [{ place: 1, quantity: 1 }] };
  await act(buyer, partly, 'ask-return', asked);
  await act(maker.caller, partly, 'accept-return', { onHandAgain: false });
  await run('market.refundPayment', partly);
  expect([...(gateway.payments().at(-1)?.refunds.values() ?? [])]).toEqual(['12000000']);
});

test('an order called off at the gateway’s door gives back what is paid later', async () => {
  const code = await ordered();
  await run('market.openPayment', code);
  await act(buyer, code, 'cancel');
  gateway.pay();
  await run('market.settlePayment', code);
  expect((await show(code)).payment.state).toBe('refunding');
  await run('market.refundPayment', code);
  expect((await show(code)).payment.state).toBe('refunded');
});

test('goods are freed when the time to pay is over, but for a payment that came after all', async () => {
  const [lapsing, coming] = [await ordered(), await ordered()];
  for (const code of [lapsing, coming]) await run('market.openPayment', code);
  gateway.pay();
  house.clock.moveTo(new Date(house.clock.now().getTime() + 31 * 60_000));
  await jobs['market.watchPayments']?.({}, around());
  for (const code of [lapsing, coming]) await run('market.settlePayment', code);
  expect((await show(lapsing)).state).toBe('cancelled');
  expect((await show(coming)).state).toBe('placed');
});

test('a refused payment leaves the order waiting for another try', async () => {
  const code = await ordered();
  await run('market.openPayment', code);
  gateway.refuse();
  await run('market.settlePayment', code);
  expect((await show(code)).payment).toBeNull();
  expect((await act(buyer, code, 'pay')).status).toBe(202);
  await run('market.openPayment', code);
  expect((await show(code)).payment.state).toBe('ready');
});
