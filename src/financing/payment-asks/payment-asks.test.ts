import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBankClient } from '../../../test/bank-client.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { type Referred, referCase } from '../../../test/referred-case.ts';
import { isAsked } from './rules.ts';

let house: TestHouse;
let bank: Caller;
let officer: Caller;
beforeAll(async () => {
  house = await testHouse();
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

test('the sample is reckoned from the payment’s id, and has its share', () => {
  const ids = Array.from({ length: 20_000 }, () => crypto.randomUUID());
  const asked = (share: number) => ids.filter((id) => isAsked(id, share));
  expect(asked(0)).toHaveLength(0);
  expect(asked(10_000)).toHaveLength(ids.length);
  expect(asked(2000).length / ids.length).toBeCloseTo(0.2, 1);
  expect(asked(2000)).toEqual(asked(2000));
  // Whoever is asked by a smaller share is asked by a larger one too.
  expect(asked(3000)).toEqual(expect.arrayContaining(asked(2000)));
});

/** Pays tranches of a million toman until one is in the sample; the answer is how many were paid. */
async function payUntilAsked(it: Referred): Promise<number> {
  const applicant = await house.signIn({ role: 'citizen', personId: it.personId });
  for (let number = 1; number <= 40; number += 1) {
    const body = { amountRial: '10000000', bankReference: `${it.code} ${number}` };
    expect((await bank.post(`/api/plans/${it.code}/pay`, body)).status).toBe(200);
    const { asks } = (await applicant.get(`/api/cases/${it.code}/payment-asks`)).body;
    if (asks.length > 0) return number;
  }
  throw new Error('nobody was asked');
}

const paths = ({ code }: Referred) => ({
  list: `/api/cases/${code}/payment-asks`,
  answer: `/api/cases/${code}/payment-asks/answer`,
  close: `/api/cases/${code}/payment-asks/close`,
});

test('a borrower who was asked says that another sum came; the directorate looks into it', async () => {
  const it = await referCase(house, 'MELLAT', '09141234567');
  const { list, answer, close } = paths(it);
  const number = await payUntilAsked(it);
  const sent = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('sms_outbox').select('text').where('mobile', '=', '09141234567').execute(),
  );
  expect(sent).toHaveLength(1);
  expect(sent[0]?.text).toContain(`http://localhost:8080/my/cases/${it.code}`);
  expect(sent[0]?.text).toContain('۱۰٬۰۰۰٬۰۰۰ ریال');
  const applicant = await house.signIn({ role: 'citizen', personId: it.personId });
  const [ask] = (await applicant.get(list)).body.asks;
  expect(ask).toMatchObject({ number, amountRial: '10000000', answer: null });
  const without = await applicant.post(answer, { askId: ask.id, answer: 'other_sum' });
  expect(without.body.code).toBe('financing.sum_missing');
  const said = { askId: ask.id, answer: 'other_sum', amountRial: '9000000' };
  expect((await applicant.post(answer, said)).status).toBe(200);
  expect((await applicant.post(answer, said)).body.code).toBe('financing.ask_answered');
  const { enquiries } = (await officer.get('/api/payment-enquiries')).body;
  expect(enquiries).toMatchObject([
    { code: it.code, answer: 'other_sum', answeredRial: '9000000' },
  ]);
  // What the borrower said is not the bank's to read.
  expect((await bank.get(list)).status).toBe(403);
  expect((await bank.get('/api/payment-enquiries')).status).toBe(403);
  const found = { askId: ask.id, reason: 'کارمزد جدا برداشته شده بود' };
  expect((await officer.post(close, found)).status).toBe(200);
  expect((await officer.post(close, found)).body.code).toBe('financing.no_enquiry');
  expect((await officer.get('/api/payment-enquiries')).body.enquiries).toEqual([]);
  expect((await applicant.get(list)).body.asks[0].closedReason).toBe(found.reason);
});

test('a yes opens nothing, and nobody answers for another', async () => {
  const it = await referCase(house);
  const { list, answer, close } = paths(it);
  await payUntilAsked(it);
  const applicant = await house.signIn({ role: 'citizen', personId: it.personId });
  const [ask] = (await applicant.get(list)).body.asks;
  const other = await house.signIn({
    role: 'citizen',
    personId: (await referCase(house)).personId,
  });
  const yes = { askId: ask.id, answer: 'came' };
  expect((await other.post(answer, yes)).status).toBe(404);
  expect((await officer.post(answer, yes)).status).toBe(403);
  expect((await applicant.post(answer, yes)).status).toBe(200);
  expect((await officer.get('/api/payment-enquiries')).body.enquiries).toEqual([]);
  const closed = await officer.post(close, { askId: ask.id, reason: 'x' });
  expect(closed.body.code).toBe('financing.no_enquiry');
});

test('a payment that a bank’s own system reports is asked about too', async () => {
  const client = await openBankClient(house, { bankId: 'MELLAT' });
  const it = await referCase(house);
  for (let number = 1; number <= 40; number += 1) {
    const body = { amount_rial: '10000000', reference: `${it.code} ${number}` };
    await client.post(`/api/bank/v1/referrals/${it.referral}/payments`, body);
  }
  const { asks } = (await officer.get(paths(it).list)).body;
  const tranches = await house.database.migratorTransaction((tx) =>
    tx.selectFrom('tranches').select('id').where('plan_id', '=', it.planId).execute(),
  );
  const expected = tranches.filter(({ id }) => isAsked(id, 2000)).map(({ id }) => id);
  expect(tranches).toHaveLength(40);
  expect(asks.map(({ id }: { id: string }) => id).sort()).toEqual(expected.sort());
});
