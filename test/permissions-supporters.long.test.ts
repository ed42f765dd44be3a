import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  positions,
  principalAt,
  supporterEndpoints,
  supporterVerdict,
} from '../scripts/permission-matrix.ts';
import { encodeCode } from '../src/kit/code.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type Caller, type TestHouse, testHouse } from './house.ts';
import { openBooks, type SupporterBooks, type Weaver } from './supporter-books.ts';

/** A supporter of agency SMT and one of its people, and everybody who is somewhere towards them. */
let house: TestHouse;
let books: SupporterBooks;
let weaver: Weaver;
let cluster: string;
const callers = new Map<(typeof positions)[number], Caller>();

beforeAll(async () => {
  house = await testHouse();
  books = await openBooks(house);
  weaver = books.weavers[0] as Weaver;
  cluster = encodeCode(4, randomUUID());
  await house.database.migratorTransaction(async (tx) => {
    const row = { province_id: 4, id: randomUUID(), name: 'x', county_id: 401 };
    cluster = encodeCode(4, row.id);
    const more = { occupation_id: 'tailoring', recorded_at: new Date() };
    await tx
      .insertInto('clusters')
      .values({ ...row, ...more })
      .execute();
  });
  for (const it of positions) {
    const account = { role: it.role, provinceId: it.province, organisationId: it.organisation };
    callers.set(it, await house.signIn({ ...account, personId: it.own ? books.personId : null }));
  }
});
afterAll(() => house.close());

const bodies: Readonly<Record<string, () => object>> = {
  'supporters.apply': () => ({}),
  'supporters.assess': () => ({}),
  'supporters.accept': () => ({}),
  'supporters.decline': () => ({}),
  'supporters.sign': () => ({}),
  'supporters.addTrade': () => ({
    ...{ kind: 'order', number: 'x', buyer: 'x', amountRial: '1', datedOn: '2999-01-01' },
  }),
  'supporters.strikeTrade': () => ({ id: randomUUID() }),
  'supporters.cancelOrder': () => ({ id: randomUUID() }),
  'supporters.name': () => ({
    ...{ nationalId: '2740000000', firstName: 'x', lastName: 'x', sex: 'female' },
  }),
  'supporters.keepMaterial': () => ({ name: 'نخ', unit: 'm', priceRial: '1' }),
  'supporters.addProduct': () => ({
    ...{ name: 'x', unit: 'm' },
    recipe: [{ materialId: books.yarn, net: '0', waste: '0', unit: 'kg' }],
  }),
  'supporters.train': () => ({
    ...{ topic: 'x', place: 'x', heldOn: '2999-01-01', minutes: 1, people: [] },
  }),
  'supporters.offer': () => ({
    ...{ fromOn: '2022-06-01', payWithinDays: 90, deductions: [] },
    lines: [{ productId: books.rug, rateRial: '1', promised: '1' }],
  }),
  'supporters.order': () => ({
    ...{ productId: books.rug, amount: '1', dueOn: '2000-01-01', deliverTo: 'x' },
  }),
  'supporters.receive': () => ({ productId: books.rug, accepted: '0' }),
  'supporters.deduct': () => ({ month: 140101, kind: 'tool', amountRial: '1', reason: 'x' }),
  'supporters.pay': () => ({ month: 139001, amountRial: '0', reference: 'x' }),
  'supporters.takeBack': () => ({ stepId: randomUUID(), reason: 'x' }),
  'supporters.closeReceipt': () => ({ stepId: randomUUID(), reason: 'x' }),
  'supporters.answerReceipt': () => ({ stepId: randomUUID(), answer: 'came' }),
  'supporters.choose': () => ({ supporter: books.code }),
  'supporters.openCluster': () => ({ name: 'x', countyId: 1, occupationId: 'x' }),
  'supporters.joinCluster': () => ({ supporter: books.code }),
  'supporters.doClusterStep': () => ({ step: 12, doneOn: '2022-06-01', note: 'x' }),
};
const material = () => ({ materialId: books.yarn, amount: '0', unit: 'kg' });
for (const verb of ['issue', 'returnMaterial', 'scrap']) {
  Object.assign(bodies, { [`supporters.${verb}`]: material });
}

/** What was not there although the supporter was: an order, a step, a person who has to be known first. */
const missing = /strikeTrade|cancelOrder|takeBack|Receipt|choose|statementPaper|joinCluster/;

async function answerTo(caller: Caller, it: AnyEndpoint): Promise<number> {
  const code = it.url.includes('clusters')
    ? cluster
    : it.url.includes('covers')
      ? weaver.code
      : books.code;
  const url = it.url.replace(':code', code);
  if (it.method === 'GET') {
    const query = it.id === 'supporters.statementPaper' ? '?month=140101' : '';
    return (await caller.get(url + query)).status;
  }
  if (it.upload) {
    const form = new FormData();
    const fields = { supporter: books.code, kind: 'orders', mode: 'check' };
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    form.set('file', new File(['x'], 'x.csv'));
    return (await caller.upload(url, form)).status;
  }
  return (await caller.post(url, bodies[it.id]?.() ?? { reason: 'x' })).status;
}

test.each(supporterEndpoints.map((it) => [it.id, it] as const))(
  '%s answers everybody as the policies say',
  async (id, it) => {
    expect(await answerTo(house.nobody, it)).toBe(401);
    const wrong: string[] = [];
    const supporter = { provinceId: 4, agencyId: 'SMT', personId: books.personId };
    for (const [position, caller] of callers) {
      const principal = principalAt(position, books.personId);
      const expected = supporterVerdict(it, principal, { ...supporter, coveredId: null });
      const is = await answerTo(caller, it);
      const let404 = is === 404 && expected === 'let' && missing.test(id);
      const said =
        [401, 403, 404].includes(is) && !let404 ? is : is === 400 || is >= 500 ? -is : 'let';
      if (said !== expected) wrong.push(`${position.name}: ${is}, the policies say ${expected}`);
    }
    expect(wrong).toEqual([]);
  },
);

test('no list tells of another agency’s supporters', async () => {
  for (const [position, caller] of callers) {
    const { status, body } = await caller.get('/api/supporters');
    const tells = status === 200 && JSON.stringify(body).includes(books.code);
    const sees = principalAt(position, books.personId);
    const of = { provinceId: 4, agencyId: 'SMT', personId: books.personId };
    const may = supporterVerdict(
      supporterEndpoints.find(({ id }) => id === 'supporters.show') as AnyEndpoint,
      sees,
      of,
    );
    if (tells) expect(may, position.name).toBe('let');
  }
});
