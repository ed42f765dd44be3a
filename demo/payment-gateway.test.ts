import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpGateway } from '../src/market/index.ts';
import { publicUrl, type TestHouse, testHouse } from '../test/house.ts';
import { demoPages } from './pages.ts';
import { type StandInGateway, startStandInGateway } from './payment-gateway.ts';

let gateway: StandInGateway;
let house: TestHouse;
beforeAll(async () => {
  gateway = await startStandInGateway(publicUrl);
  house = await testHouse(undefined, true, {
    extend: (app, it) => demoPages(app, it, gateway),
  });
});
afterAll(async () => {
  await house.close();
  await gateway.close();
});

const backTo = `${publicUrl}/my/orders/x?payment=back`;
const asking = () => httpGateway(gateway.config, { demonstration: true });
async function opened(id: string) {
  const { authority, address } = await asking().open({ id, rial: 12_340n, backTo });
  return { authority, path: address.slice(publicUrl.length) };
}
const say = (path: string, answer: string) =>
  house.app.inject({
    ...{ method: 'POST', url: path, payload: `answer=${answer}` },
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

test('a visitor pays on its page and is sent back; nothing is taken back by sending it again', async () => {
  const { authority, path } = await opened('one');
  const ask = () => asking().verify({ authority, rial: 12_340n });
  expect(await ask()).toEqual({ state: 'waiting' });
  const page = await house.nobody.get(path, { accept: 'text/html' });
  expect(page.body).toContain('۱٬۲۳۴ تومان');
  const reply = await say(path, 'pay');
  expect([reply.statusCode, reply.headers.location]).toEqual([303, backTo]);
  await say(path, 'refuse');
  expect(await ask()).toMatchObject({ state: 'paid' });
  expect(await asking().refund({ id: 'r', authority, rial: 12_340n })).toBe(true);
});

test('who does not pay has not paid; asked twice, it is one payment', async () => {
  const { authority, path } = await opened('two');
  expect((await opened('two')).authority).toBe(authority);
  await say(path, 'refuse');
  expect(await asking().verify({ authority, rial: 12_340n })).toEqual({ state: 'failed' });
});

test('a payment that it never heard of is not paid, and its page says what to do', async () => {
  expect(await asking().verify({ authority: 'nobody', rial: 1n })).toEqual({ state: 'failed' });
  const page = await house.nobody.get('/demo/gateway/nobody', { accept: 'text/html' });
  expect(page.status).toBe(404);
  expect(page.body).toContain('این پرداخت شناخته نیست');
  const reply = await fetch(`${gateway.config.url}/verify`, { method: 'POST', body: '{}' });
  expect(reply.status).toBe(401);
});
