import { afterAll, beforeAll, expect, test } from 'vitest';
import { marketEndpoints, marketVerdict } from '../scripts/permission-market.ts';
import { principalAt } from '../scripts/permission-matrix.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import type { Caller } from './house.ts';
import { type Scene, setScene } from './permissions/scene.ts';

/** A purchase, an offer for it and a fair of the province; a need and an application of the scene's citizen. */
let scene: Scene;
let officer: Caller;
let codes: Record<
  'material' | 'supplier' | 'purchase' | 'offer' | 'need' | 'fair' | 'application',
  string
>;

beforeAll(async () => {
  scene = await setScene();
  officer = await scene.house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  const made = async (url: string, body: object): Promise<string> => {
    const reply = await officer.post(url, body);
    expect(reply.status, `${url} ${JSON.stringify(reply.body)}`).toBe(201);
    return reply.body.code;
  };
  const material = await made('/api/raw-materials', { name: 'شکر', unit: 'kilogram' });
  const supplier = await made('/api/suppliers', { kind: 'shop', name: 'نمونه', county: '0401' });
  const points = [{ county: '0401', place: 'نمونه' }];
  const purchase = await made('/api/purchases', { material, closesOn: '2022-07-01', points });
  const offer = await made(`/api/purchases/${purchase}/offers`, { ...offerBody, supplier });
  const caseCode = scene.code;
  const stated = { caseCode, material, quantity: 1000, neededBy: '2022-07-01' };
  const need = await made('/api/needs', stated);
  const fair = await made('/api/fairs', fairBody);
  const wanted = { caseCode, stall: 1, brings: 'x' };
  const application = await made(`/api/fairs/${fair}/applications`, wanted);
  codes = { material, supplier, purchase, offer, need, fair, application };
});
afterAll(() => scene.house.close());

const offerBody = {
  ...{ breaks: [{ from: 1000, unitRial: '10' }], freightRial: '0' },
  ...{ deliversOn: '2022-07-01', validUntil: '2022-07-01' },
};
const fairBody = {
  ...{ kind: 'fair', name: 'نمونه', county: '0401', place: 'نمونه' },
  ...{ applyUntilOn: '2022-06-30', startsOn: '2022-07-05', endsOn: '2022-07-07' },
  weights: { quality: 100 },
  stalls: [{ name: 'ساده', places: 1, priceRial: '1', discountBp: 0 }],
};

/** Bodies that fit, of which those that would change the scene are refused by the rules. */
function bodyFor(id: string): object {
  const { material, purchase, supplier, need } = codes;
  const caseCode = scene.code;
  const past = '2000-01-01';
  const bodies: Readonly<Record<string, object>> = {
    'market.addMaterial': { name: 'شکر', unit: 'kilogram' },
    'market.registerSupplier': { kind: 'shop', name: 'x', county: '0401', signInName: 'nobody' },
    'market.openPurchase': { material, closesOn: past, points: [{ county: '0401', place: 'x' }] },
    'market.cancelPurchase': { reason: 'x' },
    'market.offer': { ...offerBody, supplier, breaks: [{ from: 1000, unitRial: '1' }] },
    'market.chooseOffer': { reason: 'x' },
    'market.deliver': { point: 1, quantity: 1 },
    'market.stateNeed': { caseCode, material, quantity: 1, neededBy: past },
    'market.joinPurchase': { purchase, point: 9 },
    'market.payShare': { amountRial: '1' },
    'market.leaveBehind': { reason: 'x' },
    'market.giveLeftover': { to: need, reason: 'x' },
    'market.returnLeftover': { refundRial: '0', reason: 'x' },
    'market.announceFair': { ...fairBody, weights: { quality: 1 } },
    'market.cancelFair': { reason: 'x' },
    'market.applyForStall': { caseCode, stall: 1, brings: 'x' },
    'market.scoreApplication': { marks: {} },
    'market.reportSales': { salesRial: '1' },
    'market.takeBackSales': { reason: 'x' },
  };
  return bodies[id] ?? {};
}

function codeFor(url: string): string {
  const [, , room = ''] = url.split('/');
  const of: Readonly<Record<string, string>> = {
    suppliers: codes.supplier,
    purchases: codes.purchase,
    offers: codes.offer,
    needs: codes.need,
    fairs: codes.fair,
    'stall-applications': codes.application,
  };
  return of[room] ?? '';
}

async function answerTo(caller: Caller, it: AnyEndpoint, query: string): Promise<string> {
  const url = it.url.replace(':code', codeFor(it.url));
  const { status, body } =
    it.method === 'GET' ? await caller.get(url + query) : await caller.post(url, bodyFor(it.id));
  if (status === 400 || status >= 500) return `broken: ${status} ${JSON.stringify(body)}`;
  return [401, 403, 404].includes(status) ? String(status) : 'let';
}

/** Steps that would go through: taken last, so that what the others ask about still stands. */
const changing: readonly string[] = [
  ...['market.withdrawNeed', 'market.closePurchase', 'market.cancelPurchase'],
  ...['market.withdrawOffer', 'market.withdrawApplication', 'market.cancelFair'],
  'market.endSupplier',
];
const inOrder = [
  ...marketEndpoints.filter(({ id }) => !changing.includes(id)),
  ...marketEndpoints.filter(({ id }) => changing.includes(id) && id !== 'market.endSupplier'),
];

test.each(inOrder.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (_name, it) => {
    const query = it.id === 'market.showPrices' ? `?material=${codes.material}&county=0401` : '';
    expect(await answerTo(scene.house.nobody, it, query)).toBe('401');
    const wrong: string[] = [];
    for (const [position, caller] of scene.callers) {
      const principal = principalAt(position, scene.personId);
      const expected = String(marketVerdict(it, principal, position));
      const is = await answerTo(caller, it, query);
      if (is !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('a supplier that was ended offers no more, and the second ending finds nobody', async () => {
  const end = () => officer.post(`/api/suppliers/${codes.supplier}/end`);
  expect((await end()).status).toBe(200);
  expect((await end()).status).toBe(404);
  const offered = await officer.post(`/api/purchases/${codes.purchase}/offers`, {
    ...offerBody,
    supplier: codes.supplier,
  });
  expect(offered.body.code).toBe('market.not_supplier');
});

test('no list tells one maker of another’s need or application', async () => {
  const told: string[] = [];
  for (const [position, caller] of scene.callers) {
    for (const url of ['/api/my-needs', '/api/my-fairs', '/api/my-supply']) {
      const { status, body } = await caller.get(url);
      const text = JSON.stringify(body);
      const tells =
        status === 200 && [codes.need, codes.application].some((it) => text.includes(it));
      if (tells && !position.own) told.push(`${position.name} ${url}`);
    }
  }
  expect(told).toEqual([]);
});
