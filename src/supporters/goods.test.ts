import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestHouse, testHouse } from '../../test/house.ts';
import {
  done,
  openBooks,
  permitOf,
  type SupporterBooks,
  type Weaver,
} from '../../test/supporter-books.ts';

let house: TestHouse;
let books: SupporterBooks;
beforeAll(async () => {
  house = await testHouse();
  books = await openBooks(house);
  for (const one of books.weavers) {
    await done(books.caller, `${at(one)}/issue`, {
      ...{ materialId: books.yarn, amount: '40', unit: 'kg', happenedOn: '2022-04-01' },
    });
  }
});
afterAll(() => house.close());

const at = (one: Weaver) => `/api/covers/${one.code}`;
const cover = async (one: Weaver) => (await one.caller.get(at(one))).body;

test('goods of the second quality and a note are shown to whoever made them', async () => {
  const [one] = books.weavers as [Weaver];
  const goods = { productId: books.rug, happenedOn: '2022-06-01' };
  await done(books.caller, `${at(one)}/receive`, {
    ...{ ...goods, accepted: '1', rejected: '0.5', quality: 'second', note: 'لبه کج' },
  });
  await done(books.caller, `${at(one)}/receive`, { ...goods, accepted: '0', rejected: '1' });
  const { entries } = await cover(one);
  expect(entries.slice(0, 2)).toMatchObject([
    { amount: '0', rejected: '1', quality: null, note: null },
    { amount: '1', rejected: '0.5', quality: 'second', note: 'لبه کج' },
  ]);
});

test('an order is cancelled while nothing of it has come, and not afterwards', async () => {
  const [one, other] = books.weavers as [Weaver, Weaver];
  const order = { productId: books.rug, amount: '2', dueOn: '2022-07-20', deliverTo: 'انبار' };
  const { acts } = (await books.caller.get(at(one))).body;
  expect(acts).toContain('supporters.cancelOrder');
  expect((await cover(one)).acts).not.toContain('supporters.cancelOrder');
  await done(books.caller, `${at(one)}/orders`, order);
  await done(books.caller, `${at(one)}/orders`, order);
  const [first, second] = (await cover(one)).orders;
  const cancel = (who: Weaver, id: string) => books.caller.post(`${at(who)}/cancel-order`, { id });
  expect((await cancel(other, first.id)).status).toBe(404);
  expect((await cancel(one, first.id)).status).toBe(200);
  expect((await cancel(one, first.id)).status).toBe(404);
  await done(books.caller, `${at(one)}/receive`, {
    ...{ productId: books.rug, accepted: '1', orderId: second.id, happenedOn: '2022-06-20' },
  });
  expect((await cancel(one, second.id)).status).toBe(404);
  expect((await cover(one)).orders).toMatchObject([{ id: second.id, received: '1' }]);
});

describe('the record of earlier years', () => {
  test('a document that was struck out counts no more, and its number is free again', async () => {
    const { code, personId } = await permitOf(house, 'supporter');
    const caller = await house.signIn({ role: 'citizen', personId });
    const url = `/api/supporters/${code}`;
    await done(caller, `${url}/apply`);
    for (const datedOn of ['2019-06-01', '2020-06-01', '2021-06-01']) {
      for (const kind of ['order', 'invoice']) {
        const record = { kind, number: `${kind} ${datedOn}`, buyer: 'خریدار', datedOn };
        await done(caller, `${url}/trade`, { ...record, amountRial: '1500000000' });
      }
    }
    const { trade, acts } = (await caller.get(url)).body;
    expect(acts).toContain('supporters.strikeTrade');
    const last = trade.find(({ number }: { number: string }) => number === 'order 2021-06-01');
    await done(caller, `${url}/strike-trade`, { id: last.id });
    expect((await caller.post(`${url}/strike-trade`, { id: last.id })).status).toBe(404);
    expect((await caller.post(`${url}/strike-trade`, { id: randomUUID() })).status).toBe(404);
    const short = await books.expert.post(`${url}/assess`, {});
    expect(short.body).toMatchObject({ code: 'supporters.record_short', details: { year: 1400 } });
    const { kind, number, buyer, amountRial, datedOn } = last;
    await done(caller, `${url}/trade`, { kind, number, buyer, amountRial, datedOn });
    await done(books.expert, `${url}/assess`);
    expect((await caller.get(url)).body).toMatchObject({ state: 'approved', capacity: 5 });
  });

  test('a person who is too young is no supporter by themselves', async () => {
    const { code, personId } = await permitOf(house, 'supporter');
    const born = (day: string) =>
      house.database.migratorTransaction((tx) =>
        tx.updateTable('people').set({ birth_on: day }).where('id', '=', personId).execute(),
      );
    const caller = await house.signIn({ role: 'citizen', personId });
    // The house's clock stands at 22 June 2022, 1 Tir 1401.
    await born('2002-06-23');
    const young = await caller.post(`/api/supporters/${code}/apply`, {});
    expect(young.body).toMatchObject({ code: 'supporters.too_young', details: { limit: 20 } });
    await born('2002-06-22');
    await done(caller, `/api/supporters/${code}/apply`);
  });
});

test('deliveries come by a table, with their quality and a note where it has them', async () => {
  const [, second, third] = books.weavers as [Weaver, Weaver, Weaver];
  const send = async (content: string, mode: string) => {
    const form = new FormData();
    form.set('supporter', books.code);
    form.set('kind', 'deliveries');
    form.set('mode', mode);
    form.set('file', new File([content], 'deliveries.csv'));
    return (await books.caller.upload('/api/supporter-tables', form)).body;
  };
  const row = (...cells: string[]) => cells.join(',');
  const table = (quality: string) =>
    [
      row('شماره', 'کد ملی', 'کالا', 'پذیرفته', 'برگشتی', 'درجه', 'یادداشت', 'تاریخ'),
      row('۱', second.nationalId, 'گلیم', '۲', '', '', '', '۱۴۰۱/۰۳/۲۰'),
      row('۲', third.nationalId, 'گلیم', '۱٫۵', '۰٫۵', quality, 'لبه کج', '۱۴۰۱/۰۳/۲۱'),
    ].join('\n');
  expect((await send(table('درجه سه'), 'check')).rows).toMatchObject([
    { verdict: 'accepted' },
    { verdict: 'rejected', problem: 'supporters.wrong_quality' },
  ]);
  expect((await cover(second)).entries).toHaveLength(1);
  const sums = { read: 2, accepted: 2, unchanged: 0, rejected: 0 };
  expect(await send(table('درجه دو'), 'record')).toMatchObject({ ...sums, recorded: true });
  expect((await cover(second)).entries[0]).toMatchObject({
    ...{ verb: 'supporters.receive', amount: '2', quality: 'first', rial: '12000000', note: null },
  });
  expect((await cover(third)).entries[0]).toMatchObject({
    ...{ amount: '1.5', rejected: '0.5', quality: 'second', note: 'لبه کج', rial: '9000000' },
  });
  expect(await send(table('۲'), 'record')).toMatchObject({ accepted: 0, unchanged: 2 });
  expect((await send(table('۱'), 'check')).rows[1]).toMatchObject({
    problem: 'supporters.number_differs',
  });
  const short = `شماره,کد ملی,کالا,پذیرفته,تاریخ\n۳,${third.nationalId},گلیم,۱,۱۴۰۱/۰۳/۲۲`;
  expect(await send(short, 'record')).toMatchObject({ accepted: 1, rejected: 0 });
});
