import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import { done, openBooks, type SupporterBooks, type Weaver } from '../../test/supporter-books.ts';

let house: TestHouse;
let books: SupporterBooks;
let bag: string;
beforeAll(async () => {
  house = await testHouse();
  books = await openBooks(house);
  await done(books.caller, `/api/supporters/${books.code}/products`, {
    ...{ name: 'خورجین', unit: 'piece' },
    recipe: [{ materialId: books.yarn, net: '0.8', waste: '0', unit: 'kg' }],
  });
  const { products } = (await books.caller.get(`/api/supporters/${books.code}`)).body;
  bag = products.find(({ name }: { name: string }) => name === 'خورجین').id;
});
afterAll(() => house.close());

const at = (one: Weaver) => `/api/covers/${one.code}`;
const versions = async (one: Weaver) => (await one.caller.get(at(one))).body.contracts;
const rugLine = (rateRial: string) => ({ productId: books.rug, rateRial, promised: '2' });

/** Offers terms; both other parties sign. */
async function agree(one: Weaver, offer: object): Promise<void> {
  await done(books.caller, `${at(one)}/offer`, offer);
  await done(one.caller, `${at(one)}/accept`);
  await done(books.expert, `${at(one)}/sign`);
}

test('one contract names several products, deductions of several kinds, and the days to pay', async () => {
  const [one] = books.weavers as [Weaver];
  await done(books.caller, `${at(one)}/issue`, {
    ...{ materialId: books.yarn, amount: '20', unit: 'kg', happenedOn: '2022-04-01' },
  });
  const goods = { productId: bag, accepted: '3', happenedOn: '2022-06-10' };
  const refused = await books.caller.post(`${at(one)}/receive`, goods);
  expect(refused.body.code).toBe('supporters.not_agreed');
  const lines = [rugLine('6000000'), { productId: bag, rateRial: '900000', promised: '4' }];
  const offer = { fromOn: '2022-05-22', payWithinDays: 5, deductions: ['tool', 'advance'], lines };
  const late = await books.caller.post(`${at(one)}/offer`, { ...offer, payWithinDays: 11 });
  expect(late.body).toMatchObject({ code: 'supporters.pay_too_late', details: { limit: 10 } });
  await agree(one, offer);
  await done(books.caller, `${at(one)}/receive`, goods);
  const [second, first] = await versions(one);
  expect(second).toMatchObject({
    ...{ version: 2, state: 'in_force', payWithinDays: 5, deductions: ['advance', 'tool'] },
    lines: [{ productId: books.rug }, { productId: bag, rateRial: '900000', promised: '4' }],
  });
  expect(first).toMatchObject({ version: 1, state: 'in_force', payWithinDays: 10 });
  const { months } = (await one.caller.get(at(one))).body;
  expect(months[0]).toMatchObject({ month: 140103, takenRial: '2700000', dueOn: '2022-06-26' });
});

test('a new rate holds from its day on: goods of before are paid as was agreed then', async () => {
  const [, one] = books.weavers as [Weaver, Weaver];
  await agree(one, { fromOn: '2022-05-01', deductions: [], lines: [rugLine('7000000')] });
  await done(books.caller, `${at(one)}/issue`, {
    ...{ materialId: books.yarn, amount: '20', unit: 'kg', happenedOn: '2022-04-01' },
  });
  const receive = (happenedOn: string) =>
    done(books.caller, `${at(one)}/receive`, { productId: books.rug, accepted: '1', happenedOn });
  await receive('2022-05-01');
  await receive('2022-04-30');
  const { entries } = (await one.caller.get(at(one))).body;
  const paid = entries
    .filter(({ verb }: { verb: string }) => verb === 'supporters.receive')
    .map(({ happenedOn, rial }: { happenedOn: string; rial: string }) => [happenedOn, rial]);
  expect(paid).toEqual([
    ['2022-05-01', '7000000'],
    ['2022-04-30', '6000000'],
  ]);
  const old = await books.caller.post(`${at(one)}/receive`, {
    ...{ productId: books.rug, accepted: '1', rateRial: '6500000', happenedOn: '2022-05-02' },
  });
  expect(old.body).toMatchObject({
    ...{ code: 'supporters.under_rate', details: { recordRial: '7000000' } },
  });
});

test('an offer that is declined changes nothing; every version can be read and printed', async () => {
  const [, , one] = books.weavers as [Weaver, Weaver, Weaver];
  const offer = { fromOn: '2022-06-01', deductions: [], lines: [rugLine('5000000')] };
  await done(books.caller, `${at(one)}/offer`, offer);
  const open = await books.caller.post(`${at(one)}/offer`, offer);
  expect(open.body.code).toBe('supporters.contract_open');
  const states = async () =>
    (await versions(one)).map(({ version, state }: { version: number; state: string }) => {
      return `${version} ${state}`;
    });
  expect(await states()).toEqual(['2 offered', '1 in_force']);
  const unsigned = await books.expert.post(`${at(one)}/sign`, {});
  expect(unsigned.body.code).toBe('platform.wrong_state');
  await done(one.caller, `${at(one)}/decline`);
  expect((await one.caller.post(`${at(one)}/accept`, {})).body.code).toBe('supporters.no_offer');
  await done(books.caller, `${at(one)}/offer`, offer);
  expect(await states()).toEqual(['3 offered', '2 declined', '1 in_force']);
  const { state, contracts } = (await one.caller.get(at(one))).body;
  expect(state).toBe('covered');
  expect(contracts[2]).toMatchObject({ lines: [{ rateRial: '6000000' }] });
  const papers = new Set<string>();
  for (const version of [1, 2, 3]) {
    const pdf = await one.caller.get(`${at(one)}/contract.pdf?version=${version}`);
    expect(pdf.bytes.subarray(0, 5).toString()).toBe('%PDF-');
    papers.add(pdf.bytes.toString('base64'));
  }
  expect(papers.size).toBe(3);
  expect((await one.caller.get(`${at(one)}/contract.pdf?version=4`)).status).toBe(404);
});
