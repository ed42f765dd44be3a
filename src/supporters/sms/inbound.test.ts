import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publicUrl, type TestHouse, testHouse } from '../../../test/house.ts';
import { messagesTo, type Sent, sendIn } from '../../../test/inbound-sms.ts';
import {
  done,
  openBooks,
  type SupporterBooks,
  type Weaver,
} from '../../../test/supporter-books.ts';
import { toAsciiDigits } from '../../kit/persian-text.ts';
import { provinceContext } from '../../platform/policy.ts';
import { payPeople } from '../receipts.ts';

let house: TestHouse;
let books: SupporterBooks;
const mobiles = ['09140001001', '09140001002', '09140001003', '09140001004', '09140001005'];
const unread = /^پیامتان خوانده نشد/;

beforeAll(async () => {
  house = await testHouse();
  books = await openBooks(house);
  for (const [at, weaver] of books.weavers.entries()) {
    await giveMobile(weaver, mobiles[at] ?? '');
    const material = { materialId: books.yarn, amount: '40', unit: 'kg', happenedOn: '2022-05-01' };
    await done(books.caller, `${pathOf(weaver)}/issue`, material);
    const goods = { productId: books.rug, accepted: '10', happenedOn: '2022-05-10' };
    await done(books.caller, `${pathOf(weaver)}/receive`, goods);
  }
});
afterAll(() => house.close());

const pathOf = (one: Weaver) => `/api/covers/${one.code}`;
const weaverAt = (at: number) => books.weavers[at] as Weaver;
const mobileAt = (at: number) => mobiles[at] ?? '';

async function giveMobile({ nationalId }: Weaver, mobile: string): Promise<void> {
  await house.database.migratorTransaction((tx) =>
    tx.updateTable('people').set({ mobile }).where('national_id', '=', nationalId).execute(),
  );
}

const payFor = (one: Weaver, amountRial: string) =>
  done(books.caller, `${pathOf(one)}/pay`, { month: 140102, amountRial, reference: 'واریز' });

/** Pays somebody, and gives the four digits that the message asks for. */
async function pay(at: number, amountRial = '1000000'): Promise<string> {
  await payFor(weaverAt(at), amountRial);
  const text = (await messagesTo(house, mobileAt(at))).at(-1) ?? '';
  const [, code = ''] = /«۱ ([۰-۹]{4})»/.exec(text) ?? [];
  expect(toAsciiDigits(code)).toMatch(/^04\d\d$/);
  return toAsciiDigits(code);
}

const write = (from: string, text: string, sent?: Sent) => sendIn(house, { from, text }, sent);
const lastTo = async (mobile: string) => (await messagesTo(house, mobile)).at(-1);
const receiptsOf = async (one: Weaver) => (await one.caller.get(pathOf(one))).body.receipts;
/** The same hour of the next day, whoever is signed in staying so. */
async function tomorrow(): Promise<void> {
  house.clock.moveTo(new Date(house.clock.now().getTime() + 25 * 3_600_000));
  await house.database.migratorTransaction((tx) =>
    sql`update sessions set expires_at = expires_at + interval '25 hours'`.execute(tx),
  );
}

describe('an answer by SMS', () => {
  test('is asked for in a message that says how, and is told back when it is recorded', async () => {
    const code = await pay(0, '5000000');
    const asked = (await lastTo(mobileAt(0))) ?? '';
    expect(asked).toContain('۵۰۰٬۰۰۰ تومان');
    expect(asked).toContain(`${publicUrl}/my/work`);
    expect(await write('+98 914 000 1001', `۱، ${code}`)).toMatchObject({
      ...{ status: 200, body: { received: true } },
    });
    expect(await receiptsOf(weaverAt(0))).toMatchObject([{ answer: 'came', bySms: true }]);
    expect(await lastTo(mobileAt(0))).toMatch(/^ثبت شد: ۵۰۰٬۰۰۰ تومان از .+ رسیده است\.$/);
    // Again in a message of its own, and from the page: once is once.
    await write(mobileAt(0), `2 ${code}`);
    expect(await lastTo(mobileAt(0))).toBe('پاسخ این پرداخت پیش‌تر ثبت شده است.');
    expect(await receiptsOf(weaverAt(0))).toMatchObject([{ answer: 'came' }]);
  });

  test('of another sum, or that nothing came, is an enquiry as from the page', async () => {
    const codes = [await pay(1), await pay(1), await pay(1)];
    await write('00989140001002', `3${codes[0]} ۷۰٬۰۰۰`);
    expect(await lastTo(mobileAt(1))).toContain('به جای ۱۰۰٬۰۰۰ تومان، ۷۰٬۰۰۰ تومان');
    await write(mobileAt(1), `2 ${codes[1]}`);
    const [open] = await receiptsOf(weaverAt(1));
    await done(weaverAt(1).caller, `${pathOf(weaverAt(1))}/receipt`, {
      ...{ stepId: open.stepId, answer: 'not_came' },
    });
    const officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
    const { items } = (await officer.get('/api/supporter-enquiries')).body;
    expect(items).toMatchObject([
      { answer: 'other_sum', answeredRial: '700000', bySms: true },
      { answer: 'not_came', answeredRial: null, bySms: true },
      { answer: 'not_came', bySms: false },
    ]);
    await write(mobileAt(1), `1 ${codes[2]}`);
    expect(await lastTo(mobileAt(1))).toBe('پاسخ این پرداخت پیش‌تر ثبت شده است.');
    for (const { stepId } of items) {
      const found = { stepId, reason: 'پیدا شد' };
      await done(officer, `${pathOf(weaverAt(1))}/close-receipt`, found);
    }
  });

  test('to a payment that was taken back is no answer, from the page neither', async () => {
    const code = await pay(2);
    const one = weaverAt(2);
    const [{ stepId }] = await receiptsOf(one);
    const reason = 'اشتباه ثبت شد';
    await done(books.caller, `${pathOf(one)}/take-back`, { stepId, reason });
    await write(mobileAt(2), `1 ${code}`);
    expect(await lastTo(mobileAt(2))).toContain('پس گرفته شده است');
    const page = await one.caller.post(`${pathOf(one)}/receipt`, { stepId, answer: 'came' });
    expect(page.body.code).toBe('supporters.taken_back');
  });

  test('that comes again, or many times at once, is recorded and told once', async () => {
    await tomorrow();
    const code = await pay(0);
    const before = (await messagesTo(house, mobileAt(0))).length;
    const id = randomUUID();
    const said = await Promise.all(
      Array.from({ length: 8 }, () => write(mobileAt(0), `1 ${code}`, { id })),
    );
    said.push(await write(mobileAt(0), `1 ${code}`, { id }));
    expect(said.map(({ status, body }) => [status, body])).toEqual(
      said.map(() => [200, { received: true }]),
    );
    expect((await messagesTo(house, mobileAt(0))).slice(before)).toEqual([
      expect.stringMatching(/^ثبت شد/),
    ]);
    const other = await write(mobileAt(0), `2 ${code}`, { id });
    expect(other).toMatchObject({ status: 409, body: { code: 'platform.operation_reused' } });
  });
});

describe('whoever writes', () => {
  test('of a question that is not theirs, or was never asked, learns nothing and changes nothing', async () => {
    const code = await pay(3);
    const stranger = '09351112233';
    await write(stranger, `1 ${code}`);
    const told = await messagesTo(house, stranger);
    expect(told).toEqual([expect.stringMatching(unread)]);
    // Another covered person is told the same.
    const free = code === '0400' ? '0401' : '0400';
    for (const text of [`1 ${code}`, `1 ${free}`, 'سلام', '1'.repeat(900)]) {
      await write(mobileAt(4), text);
    }
    expect(await messagesTo(house, mobileAt(4))).toEqual(told);
    // A province that is named wrongly says the same, and once too.
    for (let at = 0; at < 3; at += 1) await write(mobileAt(4), `1 07${code.slice(2)}`);
    expect(await messagesTo(house, mobileAt(4))).toEqual([...told, ...told]);
    expect(await receiptsOf(weaverAt(3))).toMatchObject([{ answer: null }]);
    // Once a day: a machine that answers us hears no more.
    for (let at = 0; at < 5; at += 1) await write(stranger, told[0] ?? '');
    expect(await messagesTo(house, stranger)).toEqual(told);
    await tomorrow();
    await write(stranger, '؟');
    expect(await messagesTo(house, stranger)).toHaveLength(2);
    await write(mobileAt(3), `1 ${code}`);
    expect(await receiptsOf(weaverAt(3))).toMatchObject([{ answer: 'came', bySms: true }]);
  });

  test('from no mobile is not answered, whatever it says', async () => {
    const count = () =>
      house.database.migratorTransaction(async (tx) => {
        const { rows } = await sql<{ n: string }>`select count(*) as n from sms_outbox`.execute(tx);
        return rows[0]?.n;
      });
    const before = await count();
    for (const from of ['20004321', 'BANK', '+12025550123', '\u0000', "'; drop table people--"]) {
      expect((await write(from, '1 0447')).status).toBe(200);
    }
    expect(await count()).toBe(before);
  });

  test('is not listened to any more after as many replies as a day has', async () => {
    await tomorrow();
    const code = await pay(4);
    const before = (await messagesTo(house, mobileAt(4))).length;
    const wrong = `1 04${String((Number(code.slice(2)) + 1) % 100).padStart(2, '0')}`;
    await Promise.all(Array.from({ length: 14 }, () => write(mobileAt(4), wrong)));
    expect((await messagesTo(house, mobileAt(4))).length - before).toBe(10);
    await write(mobileAt(4), `1 ${code}`);
    expect(await receiptsOf(weaverAt(4))).toMatchObject([{ answer: null }]);
    await tomorrow();
    await write(mobileAt(4), `1 ${code}`);
    expect(await receiptsOf(weaverAt(4))).toMatchObject([{ answer: 'came' }]);
  });
});

describe('the numbers', () => {
  test('are unlike among the open questions of a mobile, a family’s too, also at once', async () => {
    const [one, other] = [weaverAt(2), weaverAt(4)];
    await giveMobile(other, mobileAt(2));
    await Promise.all(Array.from({ length: 16 }, (_, at) => payFor(at % 2 ? one : other, '10000')));
    const texts = (await messagesTo(house, mobileAt(2))).slice(-16);
    const codes = texts.map((text) => /«۱ ([۰-۹]{4})»/.exec(text)?.[1]);
    expect(new Set(codes).size).toBe(16);
    await giveMobile(other, mobileAt(4));
  });

  test('run out at a hundred, and then the page is left', async () => {
    const coverId = weaverAt(1).id;
    const payment = { coverId, month: 140102, amountRial: 10n, reference: 'واریز' };
    const payments = Array.from({ length: 101 }, () => ({ ...payment, happenedOn: '2022-06-22' }));
    const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
    const act = { provinceId: 4, ...nobody, now: house.clock.now(), today: '2022-06-22' };
    await house.database.transaction(provinceContext(4), (tx) =>
      payPeople(tx, act, { publicUrl, bySms: true }, payments),
    );
    const texts = (await messagesTo(house, mobileAt(1))).slice(-101);
    const codes = texts.map((text) => /«۱ ([۰-۹]{4})»/.exec(text)?.[1]);
    expect(new Set(codes).size).toBeGreaterThan(97);
    expect(codes.at(-1)).toBeUndefined();
    expect(texts.at(-1)).toContain('بگویید رسیده یا نه');
  });
});

describe('the route', () => {
  const message = { from: '09351112244', text: '1 0447' };
  test('takes what the provider signed, as it was signed and when', async () => {
    const refused = { status: 401, body: { code: 'platform.wrong_signature' } };
    for (const sent of [
      { secret: Buffer.alloc(32, 1) },
      { ageSeconds: 301 },
      { ageSeconds: -301 },
      { payload: JSON.stringify({ id: 'x', ...message, from: mobileAt(0) }) },
      { headers: { 'webhook-signature': '' } },
      { headers: { 'webhook-id': 'another' } },
      { headers: { 'webhook-timestamp': 'soon' } },
    ]) {
      expect(await sendIn(house, message, sent)).toMatchObject(refused);
    }
    expect(await messagesTo(house, message.from)).toEqual([]);
    expect((await sendIn(house, message, { ageSeconds: 299 })).status).toBe(200);
  });

  test('refuses other shapes and sizes, signed as they may be', async () => {
    for (const [wrong, status] of [
      [{ from: 7, text: {} }, 400],
      [{ ...message, text: 'x'.repeat(2001) }, 400],
      [{ ...message, text: 'x'.repeat(20_000) }, 413],
      [{ ...message, role: 'admin' }, 400],
      [{ ...message, id: '' }, 400],
    ] as const) {
      expect((await sendIn(house, wrong as never)).status).toBe(status);
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await sendIn(house, message, { headers: form })).status).toBe(415);
    expect((await house.nobody.post('/api/sms/inbound')).status).toBe(401);
  });

  test('is not there without a secret, and then no message says that it is', async () => {
    const { database } = house;
    const without = await testHouse(undefined, true, { inboundSecret: undefined }, database);
    without.clock.moveTo(house.clock.now());
    expect((await sendIn(without, message)).status).toBe(404);
    expect((await without.nobody.post('/api/sms/inbound')).status).toBe(404);
    const payment = { month: 140102, amountRial: '10', reference: 'واریز' };
    const supporter = without.holding(books.caller.cookie);
    await done(supporter, `${pathOf(weaverAt(3))}/pay`, payment);
    expect(await lastTo(mobileAt(3))).toContain('بگویید رسیده یا نه');
    await without.app.close();
  });
});
