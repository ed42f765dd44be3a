import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Position, principalAt } from '../scripts/permission-matrix.ts';
import { stallEndpoints, stallVerdict } from '../scripts/permission-stalls.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';
import { pngBytes } from './picture-bytes.ts';

/** The scene's permit has a stall with a jam, of which the citizen elsewhere has ordered. */
let scene: Scene;
let stall: string;
let product: string;
let order: string;
let request: string;
let pledge: string;

const jam = {
  ...{ title: 'مربا', kind: 'ready', unit: 'شیشه', priceRial: '1000000', leadDays: 1 },
  ...{ sendsTo: 'country', ingredients: 'به، شکر', healthNumber: '1' },
};
const target = {
  ...{ name: 'x', mobile: '09121234567', toProvince: '07', address: 'x', pays: 'on_delivery' },
};

const asked = {
  ...{ title: 'x', quantity: 9, neededBy: '2022-08-01', closesOn: '2022-07-01' },
  ...{ name: 'x', mobile: '09121234567', toProvince: '07', address: 'x' },
};
const pledged = () => ({ stall, quantity: 1, eachRial: '1', readyOn: '2022-07-20' });

function callerAt(name: string): Caller {
  const found = [...scene.callers].find(([position]) => position.name === name);
  return (found as [Position, Caller])[1];
}

beforeAll(async () => {
  scene = await setScene();
  const maker = callerAt('citizen, own');
  const opened = await maker.post('/api/stalls', { caseCode: scene.code, name: 'x' });
  stall = opened.body.code;
  const body = { ...jam, onHand: 50 };
  product = (await maker.post(`/api/stalls/${stall}/products`, body)).body.code;
  const lines = [{ product, quantity: 1 }];
  const buyer = callerAt('citizen, elsewhere');
  order = (await buyer.post(`/api/stalls/${stall}/orders`, { ...target, lines })).body.code;
  request = (await buyer.post(`/api/products/${product}/requests`, asked)).body.code;
  pledge = (await maker.post(`/api/requests/${request}/pledges`, pledged())).body.code;
});
afterAll(() => scene.house.close());

const bodies: Readonly<Record<string, () => object>> = {
  'market.openStall': () => ({ caseCode: scene.code, name: 'x' }),
  'market.changeStall': () => ({ name: 'x', state: 'open' }),
  'market.addProduct': () => ({ ...jam, onHand: 1 }),
  'market.changeProduct': () => jam,
  'market.setStock': () => ({ was: 1, onHand: 1 }),
  'market.removePhoto': () => ({ sha256: '0'.repeat(64) }),
  'market.order': () => ({ ...target, lines: [{ product, quantity: 1 }] }),
  'market.askReturn': () => ({ reason: 'x', lines: [{ place: 1, quantity: 1 }] }),
  'market.acceptReturn': () => ({ onHandAgain: false }),
  'market.refuseReturn': () => ({ reason: 'x' }),
  'market.sendMessage': () => ({ said: 'x' }),
  'market.complain': () => ({ said: 'x' }),
  'market.answerComplaint': () => ({ said: 'x' }),
  'market.rate': () => ({ stars: 5 }),
  'market.askMakers': () => asked,
  'market.pledge': pledged,
  'market.acceptPledges': () => ({ pledges: [{ code: pledge, quantity: 1 }] }),
  'market.payOut': () => ({ amountRial: '1', bankReference: randomUUID() }),
};

function codeFor({ url }: AnyEndpoint): string {
  if (url.startsWith('/api/orders/')) return order;
  if (url.startsWith('/api/requests/')) return request;
  if (url.startsWith('/api/pledges/')) return pledge;
  return url.startsWith('/api/products/') ? product : stall;
}

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<string> {
  const url = it.url.replace(':code', codeFor(it));
  const reply = await (it.upload
    ? caller.upload(url, photo())
    : it.method === 'POST'
      ? caller.post(url, bodies[it.id]?.() ?? {})
      : caller.get(url));
  if (reply.status === 400 || reply.status >= 500) return `broken: ${reply.status}`;
  return [401, 403, 404].includes(reply.status) ? String(reply.status) : 'let';
}

function photo(): FormData {
  const form = new FormData();
  form.set('product', product);
  form.set('type', 'image/png');
  form.set('file', new Blob([new Uint8Array(pngBytes())], { type: 'image/png' }), 'a.png');
  return form;
}

test.each(stallEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    expect(await answerTo(scene.house.nobody, it)).toBe(String(stallVerdict(it, null)));
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const expected = String(stallVerdict(it, principalAt(position, scene.personId)));
      const is = await answerTo(caller, it);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);
