import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobHandlers } from '../src/app.ts';
import { decodeCode, encodeCode } from '../src/kit/code.ts';
import { outboxSms } from '../src/platform/sms.ts';
import { silentLog } from '../src/platform/telemetry.ts';
import { openBankClient } from './bank-client.ts';
import { orderIban, orderRial } from './bank-desk.ts';
import { contractedPlans } from './contracted-plans.ts';
import { enrolPhone, keepPhoto, photo, photoDigest, record } from './field-phone.ts';
import { type Caller, publicUrl, type TestHouse, testHouse } from './house.ts';
import { openBooks } from './supporter-books.ts';

let house: TestHouse;
let officer: Caller;
let expert: Caller;
let bank: Caller;
let inspector: Caller;
let serial = 7000;

beforeAll(async () => {
  house = await testHouse();
  [officer, expert, bank, inspector] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'expert', organisationId: 'SMT' }),
    house.signIn({ role: 'bank', organisationId: 'MELLAT' }),
    house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' }),
  ]);
});
afterAll(() => house.close());

/** Cases with plans at a bank of people whom nobody has looked at. */
const freshCases = (count: number, more: object = {}) => {
  const serials = Array.from({ length: count }, () => serial++);
  return contractedPlans(house, { bankId: 'MELLAT', rial: orderRial, serials, ...more });
};

/** What is written down of a case: the kind and the role, in their order. */
async function openingsOf(code: string): Promise<string[]> {
  const rows = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('case_openings')
      .select(['what', 'role'])
      .where('province_id', '=', 4)
      .where('case_id', '=', decodeCode(code)?.id ?? '')
      .orderBy('opened_at')
      .orderBy('what')
      .orderBy('role')
      .execute(),
  );
  return rows.map(({ what, role }) => `${what} ${role}`);
}

async function seen(caller: Caller, ...urls: string[]): Promise<void> {
  for (const url of urls) expect([url, (await caller.get(url)).status]).toEqual([url, 200]);
}

const wait = (hours: number) =>
  house.clock.moveTo(new Date(house.clock.now().getTime() + hours * 3_600_000));

test.for([
  ['plans', 'bank'],
  ['loans', 'bank'],
  ['payment-asks', 'officer'],
  ['payment-orders', 'bank'],
  ['jobs', 'expert'],
  ['members', 'expert'],
  ['supervision', 'officer'],
  ['deviations', 'officer'],
  ['application', 'expert'],
  ['duplicates', 'expert'],
] as const)('whoever opens the %s of a case has opened the case', async ([what, role]) => {
  const [code = ''] = await freshCases(1);
  const callers = { bank, officer, expert };
  await seen(callers[role], `/api/cases/${code}/${what}`, `/api/cases/${code}/${what}`);
  expect(await openingsOf(code)).toEqual([`case ${role}`]);
});

test('a look at what is not theirs is no opening', async () => {
  const [code = ''] = await freshCases(1);
  const stranger = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  expect((await stranger.get(`/api/cases/${code}/plans`)).status).toBe(404);
  expect(await openingsOf(code)).toEqual([]);
});

test('cases that are shown beside another were opened too', async () => {
  const [first = '', second = ''] = await freshCases(2);
  await house.database.migratorTransaction((tx) =>
    sql`update people set mobile = '09140009999' where province_id = 4 and id in (select person_id
      from cases where id in (${decodeCode(first)?.id}, ${decodeCode(second)?.id}))`.execute(tx),
  );
  await seen(expert, `/api/cases/${first}/duplicates`);
  expect(await openingsOf(second)).toEqual(['case expert']);
});

test('the paper of a permit is opened', async () => {
  const [code = ''] = await freshCases(1);
  await seen(officer, `/api/permits/${code}/permit.pdf`);
  expect(await openingsOf(code)).toEqual(['paper officer']);
});

test('a visit and its photos are opened, and a phone’s pack once a day for each', async () => {
  const [code = '', lookedIn = ''] = await freshCases(2, { visited: false });
  const { id: assignee } = (await inspector.get('/api/session')).body.account;
  const plan = { stage: 'before', channel: 'field', assignee };
  const visit = (await officer.post(`/api/cases/${code}/visits`, plan)).body.code;
  const phone = await enrolPhone(inspector);
  const pack = `/api/field-pack?device=${phone.id}`;
  await seen(inspector, pack);
  wait(2);
  await seen(inspector, pack);
  for (const one of [code, lookedIn]) expect(await openingsOf(one)).toEqual(['pack inspector']);
  await phone.sync([record(1, { visit, base: 0 })]);
  await phone.piece(photo, 0);
  await keepPhoto(house, phone.id);
  await seen(officer, `/api/visits/${visit}`);
  await seen(inspector, `/api/field-photos/${photoDigest}?visit=${visit}`);
  expect(await openingsOf(code)).toEqual(['pack inspector', 'visit inspector', 'visit officer']);
});

test('what a bank’s own system reads is written down, a page of it in one statement', async () => {
  const codes = await freshCases(3);
  const client = await openBankClient(house, { bankId: 'MELLAT' });
  const list = await client.get('/api/bank/v1/referrals?limit=100');
  expect(list.status).toBe(200);
  for (const code of codes) expect(await openingsOf(code)).toEqual(['bank bank']);
  const [fresh = ''] = await freshCases(1);
  const plan = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('plans')
      .select('id')
      .where('case_id', '=', decodeCode(fresh)?.id ?? '')
      .executeTakeFirstOrThrow(),
  );
  const one = `/api/bank/v1/referrals/${encodeCode(4, plan.id)}`;
  expect((await client.get(one)).status).toBe(200);
  expect(await openingsOf(fresh)).toEqual(['bank bank']);
});

test('whoever takes orders of payment or a report’s rows out of the house has taken each case', async () => {
  const codes = await freshCases(2);
  const orders = codes.map((code) => {
    return { code, amountRial: String(orderRial), iban: orderIban };
  });
  const { batches } = (await officer.post('/api/payment-orders', { orders })).body;
  for (const ending of ['xml', 'csv']) {
    await seen(bank, `/api/payment-orders/${batches[0].code}/orders.${ending}`);
  }
  for (const code of codes) expect(await openingsOf(code)).toEqual(['export bank']);
  const question = { kind: 'entries', measures: ['plans_referred'], span: 'thisYear' };
  const sums = { ...question, kind: 'totals' };
  for (const asked of [sums, question]) {
    const whole = { ...asked, scope: {}, language: 'en' };
    const run = await officer.post('/api/report-runs', {
      ...{ name: 'R', format: 'csv', question: whole },
    });
    const payload = { provinceId: 4, runId: decodeCode(run.body.code)?.id };
    const jobs = jobHandlers({ sms: outboxSms, files: house.files, publicUrl });
    const around = { database: house.database, clock: house.clock, log: silentLog };
    await jobs['figures.runReport']?.(payload, around);
    const taken = asked === sums ? [] : ['export officer'];
    for (const code of codes) expect(await openingsOf(code)).toEqual(['export bank', ...taken]);
  }
});

test('supporters’ people are opened with their supporter, and read it on their own cases', async () => {
  const books = await openBooks(house);
  const [weaver] = books.weavers;
  const own = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('covers')
      .select('own_case_id')
      .where('id', '=', weaver?.id ?? '')
      .executeTakeFirstOrThrow(),
  );
  const ownCode = encodeCode(4, own.own_case_id ?? '');
  const before = await openingsOf(ownCode);
  wait(3);
  await seen(expert, `/api/supporters/${books.code}`);
  const added = async () => (await openingsOf(ownCode)).slice(before.length);
  expect(await added()).toEqual(['supporter expert']);
  wait(3);
  await seen(officer, `/api/covers/${weaver?.code}`);
  await seen(officer, `/api/covers/${weaver?.code}/contract.pdf`);
  expect(await added()).toEqual(['supporter expert', 'paper officer', 'supporter officer']);
  expect(await openingsOf(books.code)).toContain('paper officer');
  const told = await weaver?.caller.get(`/api/cases/${ownCode}/openings?lang=en`);
  const kinds = told?.body.items.map((one: { what: string; role: string }) => one.what);
  expect(kinds).toEqual(expect.arrayContaining(['paper', 'supporter']));
});
