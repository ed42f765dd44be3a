import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type BankClient, openBankClient } from '../../../test/bank-client.ts';
import { type BankServer, startBankServer } from '../../../test/bank-server.ts';
import {
  type Caller,
  publicUrl,
  type TestHouse,
  testHouse,
  testKeyring,
} from '../../../test/house.ts';
import { type Referred, referCase } from '../../../test/referred-case.ts';
import { jobHandlers } from '../../app.ts';
import { startWorker, type Worker } from '../../platform/jobs.ts';
import { outboxSms } from '../../platform/sms.ts';
import { silentLog } from '../../platform/telemetry.ts';
import { deliveryJobs, waitAfter } from './deliver.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
let client: BankClient;
let bank: BankServer;
let worker: Worker;
/** Milliseconds after a failed try. */
let wait = 0;

beforeAll(async () => {
  house = await testHouse();
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  client = await openBankClient(house, { bankId: 'MELLAT' });
  const handlers = {
    ...jobHandlers({ sms: outboxSms, files: house.files, publicUrl }),
    ...deliveryJobs({
      keyring: testKeyring,
      demonstration: true,
      waitAfter: () => wait,
      patienceMs: 400,
    }),
  };
  worker = await startWorker(house.database, handlers, { clock: house.clock, log: silentLog });
});
afterAll(async () => {
  await worker.stop();
  await house.close();
});
beforeEach(async () => {
  wait = 0;
  bank = await startBankServer();
  const { url, secret } = bank;
  expect((await client.put('/api/bank/v1/webhook', { url, secret })).status).toBe(200);
});
afterEach(async () => {
  await bank.close();
});

const withdraw = async (it: Referred) => {
  const reply = await officer.post(`/api/plans/${it.code}/withdraw`, { reason: 'انصراف' });
  expect(reply.status).toBe(200);
};
const eventsOf = ({ planId }: Referred) =>
  house.database.migratorTransaction((tx) =>
    tx.selectFrom('bank_events').selectAll().where('plan_id', '=', planId).orderBy('id').execute(),
  );
const until = (check: () => void | Promise<void>) =>
  vi.waitFor(check, { timeout: 15_000, interval: 30 });
const delivered = (it: Referred) =>
  until(async () => {
    const events = await eventsOf(it);
    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ delivered_at }) => delivered_at !== null)).toBe(true);
  });

test('an officer’s referral reaches the bank, signed, and is the plan that its list shows', async () => {
  const it = await referCase(house, 'SADERAT');
  await officer.post(`/api/plans/${it.code}/return`, { reasonCode: 'other_branch' });
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const plan = { code: it.code, bank: 'MELLAT', requestedRial: '100000000', people: 1, declared };
  const body = { preview: false, creditLine: 'home-jobs', plans: [plan] };
  expect((await officer.post('/api/plans/refer', body)).body.done).toBe(true);
  await until(() => expect(bank.received).toHaveLength(1));
  const [event] = bank.received;
  expect(event).toMatchObject({ type: 'plan.referred', state: 'referred', signed: true });
  // The house's calendar stands at 1401; a bank holds the delivery to its own clock.
  expect(Math.abs(event?.ageSeconds ?? 999)).toBeLessThan(10);
  const shown = await client.get(`/api/bank/v1/referrals/${event?.referral}`);
  expect(shown.body.referral.requested_rial).toBe('100000000');
});

test('a secret of before, which nobody has sealed yet, signs too', async () => {
  const secret = Buffer.from(bank.secret.slice('whsec_'.length), 'base64');
  await house.database.migratorTransaction((tx) =>
    tx.updateTable('bank_webhooks').set({ secret, sealed_secret: null }).execute(),
  );
  const it = await referCase(house);
  await withdraw(it);
  await delivered(it);
  expect(bank.received.map(({ signed }) => signed)).toEqual([true]);
});

test('a bank that errs, hangs up or says nothing is told again, with the same id', async () => {
  const it = await referCase(house);
  bank.moods.push('error', 'hangs_up', 'silent', 'elsewhere', 'slow');
  await withdraw(it);
  await delivered(it);
  expect(bank.received.map(({ signed, type }) => [signed, type])).toEqual(
    Array(5).fill([true, 'plan.withdrawn']),
  );
  const [event] = await eventsOf(it);
  expect(new Set(bank.received.map(({ id }) => id))).toEqual(new Set([event?.id]));
  expect(event).toMatchObject({ tries: 5, last_fault: null, given_up_at: null });
});

test('events come out of order, and can be told apart', async () => {
  wait = 500;
  const [first, second] = [await referCase(house), await referCase(house)];
  bank.moods.push('error');
  await withdraw(first);
  await until(async () => expect((await eventsOf(first))[0]?.tries).toBeGreaterThan(0));
  await withdraw(second);
  await Promise.all([delivered(first), delivered(second)]);
  const got = new Map(bank.received.map(({ id, referral }) => [id, referral]));
  expect([...got.values()].sort()).toEqual([first.referral, second.referral].sort());
});

test('a bank that is down gets it later; the administrator sees that it waits', async () => {
  wait = 500;
  const it = await referCase(house);
  await bank.down();
  await withdraw(it);
  await until(async () => expect((await eventsOf(it))[0]?.tries).toBeGreaterThan(0));
  const waiting = (await director.get('/api/bank-events')).body.events;
  expect(waiting[0]).toMatchObject({ referral: it.referral, givenUpAt: null });
  expect(waiting[0].lastFault).toContain('ECONNREFUSED');
  await bank.up();
  await delivered(it);
  expect(bank.received).toMatchObject([{ referral: it.referral, signed: true }]);
  const left = (await director.get('/api/bank-events')).body.events;
  expect(left.map(({ referral }: { referral: string }) => referral)).not.toContain(it.referral);
});

test('after so many tries it is given up, and says so', async () => {
  const it = await referCase(house);
  bank.moods.push(...Array(12).fill('error'));
  await withdraw(it);
  await until(async () => expect((await eventsOf(it))[0]?.given_up_at).not.toBeNull());
  expect(await eventsOf(it)).toMatchObject([{ tries: 12, last_fault: 'HTTP 503' }]);
  const seen = (await director.get('/api/bank-events')).body.events;
  expect(seen[0]).toMatchObject({ referral: it.referral, tries: 12, lastFault: 'HTTP 503' });
  expect(seen[0].givenUpAt).not.toBeNull();
  expect((await officer.get('/api/bank-events')).status).toBe(403);
});

test('the bank hears that a permit was revoked under a live plan, once', async () => {
  const it = await referCase(house);
  const reply = await director.post(`/api/permits/${it.code}/revoke`, { reason: 'نبودن کارگاه' });
  expect(reply.status).toBe(200);
  await delivered(it);
  expect(bank.received).toMatchObject([{ type: 'permit.revoked', state: 'referred' }]);
});

test('an act that is rolled back tells nobody, and a bank without a webhook is told nothing', async () => {
  const it = await referCase(house);
  await withdraw(it);
  const again = await officer.post(`/api/plans/${it.code}/withdraw`, { reason: 'x' });
  expect(again.status).toBe(409);
  await delivered(it);
  expect(await eventsOf(it)).toHaveLength(1);
  expect((await client.delete('/api/bank/v1/webhook')).body).toEqual({ webhook: null });
  const other = await referCase(house);
  await withdraw(other);
  expect(await eventsOf(other)).toEqual([]);
});

test('the address is the bank’s own, on the public internet, and its secret is not shown', async () => {
  const { url, secret } = bank;
  const shown = (await client.get('/api/bank/v1/webhook')).body;
  expect(shown.webhook.url).toBe(url);
  expect(JSON.stringify(shown)).not.toContain(secret);
  const saderat = await openBankClient(house, { bankId: 'SADERAT' });
  expect((await saderat.get('/api/bank/v1/webhook')).body.webhook).toBeNull();
  const put = (given: string) => client.put('/api/bank/v1/webhook', { url: given, secret });
  expect((await put('http://bank.example.com/x')).body.code).toBe('banks.webhook_not_https');
  expect((await put('https://10.0.0.1/x')).body.code).toBe('banks.webhook_address');
  const weak = await client.put('/api/bank/v1/webhook', { url, secret: 'whsec_short' });
  expect(weak.status).toBe(400);
});

test('waits grow', () => {
  const waits = Array.from({ length: 14 }, (_, at) => waitAfter(at + 1));
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(86_400_000);
});
