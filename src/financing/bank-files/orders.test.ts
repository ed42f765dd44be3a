import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type BankDesk,
  orderIban as iban,
  openBankDesk,
  orderRial as rial,
} from '../../../test/bank-desk.ts';
import { shebaOf, statementXml } from '../../../test/bank-statement.ts';
import { contractedPlans } from '../../../test/contracted-plans.ts';

let desk: BankDesk;
let cases: string[];
let references: readonly string[];
let batch: string;
const at = (n: number) => references[n] ?? '';

beforeAll(async () => {
  desk = await openBankDesk();
  const serials = [601, 602, 603];
  cases = await contractedPlans(desk.house, { bankId: 'MELLAT', rial, serials });
  ({ batch, references } = await desk.order(cases));
});
afterAll(() => desk.close());

test('orders go out in each form to the bank they are for, and to no other', async () => {
  for (const ending of ['xml', 'csv', 'xlsx']) {
    const url = `/api/payment-orders/${batch}/orders.${ending}`;
    const mine = await desk.bank.get(url);
    expect(mine.status).toBe(200);
    if (ending !== 'xlsx') expect(mine.bytes.toString()).toContain(at(0));
    expect((await desk.other.get(url)).status).toBe(404);
  }
  expect((await desk.other.get('/api/payment-orders')).body.items).toEqual([]);
  const [line] = (await desk.bank.get('/api/payment-orders')).body.items;
  expect(line).toMatchObject({ orders: 3, controlRial: '900000000', confirmedRial: '0' });
});

test('an order needs a plan with a contract, room in it, a Sheba that is one, and no other order', async () => {
  const orderOf = (code: string, amountRial: string, sheba?: string) =>
    desk.officer.post('/api/payment-orders', { orders: [{ code, amountRial, iban: sheba }] });
  expect((await desk.officer.post('/api/payment-orders', { orders: [] })).body.code).toBe(
    'financing.no_orders',
  );
  const [fresh = ''] = await contractedPlans(desk.house, {
    bankId: 'MELLAT',
    rial,
    serials: [620],
  });
  expect((await orderOf(fresh, '1', 'IR00')).body.code).toBe('financing.wrong_sheba');
  expect((await orderOf(fresh, '300000001')).body.code).toBe('financing.over_plan');
  expect((await orderOf(cases[0] ?? '', '1')).body.code).toBe('financing.order_pending');
  const half = await contractedPlans(desk.house, { bankId: 'MELLAT', rial, serials: [621] });
  expect((await orderOf(half[0] ?? '', '1000')).status).toBe(201);
  expect((await orderOf(half[0] ?? '', '1000')).body.code).toBe('financing.order_pending');
});

test('what can be ordered next, and what became of the orders of a case, is shown to those it concerns', async () => {
  const waiting = async (bank: string) =>
    (await desk.officer.get(`/api/orderable-plans?bank=${bank}`)).body;
  const [fresh = ''] = await contractedPlans(desk.house, {
    bankId: 'MELLAT',
    rial,
    serials: [630],
  });
  const plan = { code: fresh, planRial: String(rial), leftRial: String(rial), tranche: 1 };
  const { items } = await waiting('MELLAT');
  expect(items.find(({ code }: { code: string }) => code === fresh)).toMatchObject(plan);
  expect(items.map(({ code }: { code: string }) => code)).not.toContain(cases[0]);
  expect(await waiting('SADERAT')).toEqual({ total: 0, items: [] });
  expect((await desk.bank.get('/api/orderable-plans')).status).toBe(403);
  const url = `/api/cases/${fresh}/payment-orders`;
  expect((await desk.officer.get(url)).body).toMatchObject({ next: plan, orders: [] });
  const order = { code: fresh, amountRial: '1000', iban };
  await desk.officer.post('/api/payment-orders', { orders: [order] });
  const shown = { amountRial: '1000', confirmedRial: '0', iban, state: 'pending' };
  expect((await desk.bank.get(url)).body).toMatchObject({ next: null, orders: [shown] });
  expect((await desk.other.get(url)).status).toBe(404);
});

test('a payment that matches books itself, and is noted when it is told again', async () => {
  const bookings = [{ reference: at(0).toLowerCase(), rial, iban, bankReference: 'P-0' }];
  const told = await desk.statement(bookings, { notification: true });
  expect(told).toMatchObject({ state: 'read', kind: 'camt.054', lines: 1, matched: 1, waiting: 0 });
  expect(await desk.planOf(cases[0])).toMatchObject({ state: 'paying', paidRial: String(rial) });
  const again = await desk.statement(bookings);
  expect(again).toMatchObject({ matched: 1, waiting: 0 });
  const twice = await desk.statement([{ ...bookings[0], rial, bankReference: 'P-OTHER' }]);
  expect(twice).toMatchObject({ matched: 0, waiting: 1 });
  expect((await desk.waiting()).items[0]).toMatchObject({ why: 'already_confirmed' });
  const [line] = (await desk.waiting()).items;
  const aside = { decision: 'set_aside', reason: 'Told twice' };
  const decided = await desk.bank.post(`/api/bank-files/${line.code}/lines/1/decide`, aside);
  expect(decided.status).toBe(200);
  expect((await desk.waiting()).total).toBe(0);
  expect((await desk.planOf(cases[0])).paidRial).toBe(String(rial));
});

test('the same file, and the same message in other bytes, records nothing twice', async () => {
  const content = statementXml([{ reference: at(0), rial }], { messageId: 'TWICE' });
  expect(await desk.send(desk.bank, content)).toMatchObject({ state: 'read' });
  expect(await desk.send(desk.bank, content)).toMatchObject({
    code: 'financing.file_twice',
    status: 409,
  });
  const bytes = content.replace('\n', '\n\n');
  const again = await desk.send(desk.officer, bytes, 'MELLAT');
  expect(again).toMatchObject({ state: 'refused', problem: { code: 'financing.file_twice' } });
  for (const { code, line } of (await desk.waiting()).items) {
    const aside = { decision: 'set_aside', reason: 'x' };
    await desk.officer.post(`/api/bank-files/${code}/lines/${line}/decide`, aside);
  }
});

test('a part of the sum, another account and an unknown reference wait with candidates and why', async () => {
  const told = await desk.statement([
    { reference: at(1), rial: 100_000_000n, bankReference: 'P-1' },
    { reference: at(2), rial, iban: shebaOf('012', 10), bankReference: 'P-2' },
    { reference: '04NOBODY', rial, iban, bankReference: 'P-3' },
    { rial: 5n, bankReference: 'P-4' },
  ]);
  expect(told).toMatchObject({ matched: 0, waiting: 4 });
  const { items, total } = await desk.waiting(desk.bank);
  expect(total).toBe(4);
  expect(items.map(({ why }: { why: string }) => why)).toEqual([
    ...['partial', 'wrong_iban', 'unknown_reference', 'no_reference'],
  ]);
  expect(items[0].candidates).toMatchObject([{ reference: at(1), leftRial: String(rial) }]);
  expect(items[0].reason).toBe('Only a part of the order was paid.');
  expect(items[2].candidates).toMatchObject([{ reference: at(1) }, { reference: at(2) }]);
  expect(items[3].candidates).toEqual([]);
  expect((await desk.waiting(desk.other)).total).toBe(0);
  const url = (line: number) => `/api/bank-files/${items[0].code}/lines/${line}/decide`;
  const book = (n: number, decision = 'book') => ({
    decision,
    order: at(n),
    reason: 'The branch says so',
  });
  expect((await desk.other.post(url(1), book(1))).status).toBe(404);
  expect((await desk.bank.post(url(3), book(0))).body.code).toBe('financing.line_does_not_fit');
  expect((await desk.bank.post(url(1), book(1, 'book_and_end'))).status).toBe(200);
  expect((await desk.bank.post(url(1), book(1))).body.code).toBe('financing.line_decided');
  expect((await desk.planOf(cases[1])).paidRial).toBe('100000000');
  expect((await desk.bank.post(url(2), book(2))).status).toBe(200);
  for (const line of [3, 4]) {
    expect(
      (await desk.officer.post(url(line), { decision: 'set_aside', reason: 'x' })).status,
    ).toBe(200);
  }
});
