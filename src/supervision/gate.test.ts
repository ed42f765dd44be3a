import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../test/contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { passingAnswers } from '../../test/passed-visits.ts';
import { referenceOf } from '../accounts/index.ts';
import { checkProvince } from '../figures/index.ts';
import { decodeCode } from '../kit/code.ts';
import { watchVisits } from './index.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
let other: Caller;
let inspector: Caller;
let me: string;
let code: string;
const rial = 300_000_000n;

beforeAll(async () => {
  house = await testHouse();
  [officer, director, other, inspector] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' }),
  ]);
  [code = ''] = await plans(701);
  me = (await inspector.get('/api/session')).body.account.id;
});
afterAll(() => house.close());

const plans = (...serials: number[]) =>
  contractedPlans(house, { bankId: 'MELLAT', rial, serials, visited: false });
const order = (it: string, amountRial = '100000000') =>
  officer.post('/api/payment-orders', { orders: [{ code: it, amountRial }] });
const gateOf = async (it: string) =>
  (await officer.get(`/api/cases/${it}/supervision?lang=en`)).body;
const plan = async (it: string, body: object) => {
  const reply = await officer.post(`/api/cases/${it}/visits`, body);
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return String(reply.body.code);
};
const record = (visit: string, path: string, body: object, who = officer) =>
  who.post(`/api/visits/${visit}/${path}`, body);
const pay = async (it: string, amountRial: string, bankReference: string) =>
  expect((await officer.post(`/api/plans/${it}/pay`, { amountRial, bankReference })).status).toBe(
    200,
  );

test('the first tranche waits for a passed visit before it', async () => {
  expect((await order(code)).body.code).toBe('financing.gate_closed');
  expect((await gateOf(code)).gate).toMatchObject({ tranche: 1, open: false, waitsFor: 'plan' });
  const visit = await plan(code, { stage: 'before' });
  expect((await gateOf(code)).gate).toMatchObject({ waitsFor: 'assignee' });
  const twice = await officer.post(`/api/cases/${code}/visits`, { stage: 'before' });
  expect(twice.body.code).toBe('supervision.visit_open');
  expect((await inspector.get(`/api/visits/${visit}`)).status).toBe(404);
  const assign = await officer.post(`/api/visits/${visit}/assign`, { assignee: me });
  expect(assign.status).toBe(200);
  expect((await gateOf(code)).gate).toMatchObject({ waitsFor: 'visit' });
  expect((await inspector.get('/api/visits')).body.items).toMatchObject([{ code: visit }]);
  const incomplete = await record(visit, 'pass', { answers: { skill: 'yes' } }, inspector);
  expect(incomplete.body.code).toBe('supervision.answers_wrong');
  expect(incomplete.body.faults).toContainEqual(
    expect.objectContaining({ pointer: '/answers/place_exists' }),
  );
  const answers = passingAnswers.before;
  expect((await record(visit, 'pass', { answers }, inspector)).status).toBe(200);
  expect((await record(visit, 'pass', { answers })).body.code).toBe('platform.wrong_state');
  expect((await gateOf(code)).gate).toMatchObject({ open: true, waitsFor: null });
  expect((await order(code)).status).toBe(201);
});

test('a later tranche waits for a visit since the last payment', async () => {
  await pay(code, '100000000', 'T-1');
  await house.database.migratorTransaction((tx) =>
    sql`update payment_orders set state = 'confirmed', confirmed_rial = amount_rial`.execute(tx),
  );
  expect((await order(code)).body.code).toBe('financing.gate_closed');
  const wrong = await officer.post(`/api/cases/${code}/visits`, { stage: 'before' });
  expect(wrong.body.code).toBe('supervision.stage_not_due');
  const visit = await plan(code, { stage: 'during', assignee: me });
  const answers = passingAnswers.during;
  const note = 'A tool is missing';
  const corrected = await record(visit, 'order-correction', { answers, note });
  expect(corrected.status).toBe(200);
  expect((await order(code)).body.code).toBe('financing.gate_closed');
  const { gate, visits } = await gateOf(code);
  expect(gate).toMatchObject({ tranche: 2, waitsFor: 'correction' });
  expect(visits[0]).toMatchObject({ isRevisit: true, state: 'assigned', dueOn: '2022-07-22' });
  expect((await record(visits[0].code, 'pass', { answers })).status).toBe(200);
  expect((await order(code)).status).toBe(201);
  const after = await officer.post(`/api/cases/${code}/visits`, { stage: 'after' });
  expect(after.status).toBe(201);
});

test('a visit holds up no correction of a payment before it', async () => {
  const [it = ''] = await plans(702);
  await pay(it, '100000000', 'T-2');
  expect((await gateOf(it)).paidWithoutGate).toMatchObject([{ number: 1 }]);
  await plan(it, { stage: 'during', assignee: me });
  const back = await director.post(`/api/plans/${it}/take-back`, { reason: 'Never came' });
  expect(back.status, JSON.stringify(back.body)).toBe(200);
  expect((await gateOf(it)).paidWithoutGate).toEqual([]);
});

test('the database takes no order without a pass, whoever writes it', async () => {
  const [it = ''] = await plans(703);
  const planId = sql`(select id from plans where case_id = ${decodeCode(it)?.id})`;
  const bare = (tranche: number | null, pass: ReturnType<typeof sql>) =>
    house.database.migratorTransaction((tx) =>
      sql`insert into payment_orders (province_id, id, batch_id, plan_id, case_id, bank_id, agency_id,
          reference, amount_rial, creditor_name, sent_on, state_since, tranche_number, pass_id)
        select province_id, gen_random_uuid(), batch_id, ${planId}, case_id, bank_id, agency_id,
          gen_random_uuid()::text, 1, 'x', sent_on, sent_on, ${tranche}, ${pass}
        from payment_orders limit 1`.execute(tx),
    );
  await expect(bare(1, sql`null`)).rejects.toMatchObject({ code: '23502' });
  // Another plan's pass is none.
  const foreign = sql`(select id from tranche_passes limit 1)`;
  await expect(bare(1, foreign)).rejects.toMatchObject({
    constraint: 'payment_orders_gate_passed',
  });
});

test('a deviation closes what an earlier visit opened, as far as nothing was ordered', async () => {
  const [it = ''] = await plans(704);
  const first = await plan(it, { stage: 'before', assignee: me });
  await record(first, 'pass', { answers: passingAnswers.before });
  expect((await gateOf(it)).gate).toMatchObject({ open: true });
  const again = await plan(it, { stage: 'before', assignee: me });
  const body = { answers: passingAnswers.before, note: 'Nobody lives there' };
  const kindless = await record(again, 'find-deviation', { ...body, deviation: 'moved', note: '' });
  expect(kindless.body.code).toBe('supervision.note_missing');
  expect((await record(again, 'find-deviation', { ...body, deviation: 'moved' })).status).toBe(200);
  expect((await gateOf(it)).gate).toMatchObject({ open: false, waitsFor: 'deviation' });
});

test('an override needs a reason and two people, and is listed', async () => {
  const [it = ''] = await plans(705);
  const ask = (who: Caller, reason: string) =>
    who.post(`/api/cases/${it}/gate-override`, { reason });
  const asked = await ask(director, 'The road is closed by snow');
  expect(asked.status).toBe(201);
  expect((await ask(officer, 'x')).body.code).toBe('supervision.override_open');
  const url = `/api/gate-overrides/${asked.body.code}`;
  expect((await officer.post(`${url}/grant`, { reason: 'x' })).status).toBe(403);
  expect((await director.post(`${url}/grant`, { reason: 'x' })).body.code).toBe(
    'supervision.two_people',
  );
  expect((await order(it)).body.code).toBe('financing.gate_closed');
  expect((await other.post(`${url}/grant`, { reason: 'Seen by photo' })).status).toBe(200);
  expect((await order(it)).status).toBe(201);
  const bank = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  expect((await bank.get('/api/gate-overrides')).body.items).toEqual([]);
  expect((await officer.get('/api/gate-overrides')).body.items).toMatchObject([
    { caseCode: it, state: 'granted', tranche: 1, decidedReason: 'Seen by photo' },
  ]);
});

test('an outcome can be taken back as long as no order stands on it', async () => {
  const [it = ''] = await plans(706);
  const visit = await plan(it, { stage: 'before', assignee: me });
  const answers = passingAnswers.before;
  await record(visit, 'pass', { answers });
  const back = (code: string) =>
    director.post(`/api/visits/${code}/take-back`, { reason: 'Another plan was meant' });
  expect((await back(visit)).status).toBe(200);
  expect((await gateOf(it)).gate).toMatchObject({ open: false, waitsFor: 'visit' });
  await record(visit, 'pass', { answers });
  const second = await plan(it, { stage: 'before', assignee: me });
  await record(second, 'find-deviation', { answers, note: 'Gone', deviation: 'moved' });
  expect((await gateOf(it)).gate).toMatchObject({ open: false });
  expect((await back(second)).status).toBe(200);
  expect((await gateOf(it)).gate).toMatchObject({ open: true });
  expect((await order(it)).status).toBe(201);
  expect((await back(visit)).body.code).toBe('financing.pass_used');
});

test('a new version of a checklist asks from the next visit on', async () => {
  const [before] = (await director.get('/api/checklists')).body.items.filter(
    (one: { stage: string }) => one.stage === 'before',
  );
  const { title, questions } = before;
  const keep = (body: object) => director.post('/api/checklists/before', body);
  expect((await keep({ title, questions: [...questions, questions[0]] })).body.code).toBe(
    'supervision.checklist_wrong',
  );
  const label = { fa: 'x', en: 'Is there water?' };
  const water = { id: 'water', kind: 'text', label, required: true };
  const [it = ''] = await plans(707);
  const old = await plan(it, { stage: 'before', assignee: me });
  expect((await keep({ title, questions: [...questions, water] })).body).toEqual({ version: 2 });
  expect((await record(old, 'pass', { answers: passingAnswers.before })).status).toBe(200);
  const next = await plan(it, { stage: 'before', assignee: me });
  const refused = await record(next, 'pass', { answers: passingAnswers.before });
  expect(refused.body.faults).toMatchObject([{ pointer: '/answers/water', code: 'missing' }]);
  expect((await officer.post(`/api/visits/${next}/cancel`, { reason: 'x' })).status).toBe(200);
});

test('what nobody looked at in its time is escalated once', async () => {
  const reference = await referenceOf(house.database);
  const watch = () => watchVisits(house.database, reference, house.clock, 4);
  expect(await watch()).toEqual({ warned: 0, escalated: 0 });
  house.clock.moveTo(new Date('2022-09-21T08:00:00Z'));
  const { escalated } = await watch();
  // One payment without a visit planned after it, and the visits that are still open.
  expect(escalated).toBeGreaterThan(0);
  expect(await watch()).toEqual({ warned: 0, escalated: 0 });
  // The sessions of three months ago have ended.
  const late = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const shown = (await late.get('/api/visit-escalations')).body.items;
  expect(shown.length).toBe(escalated);
  for (const { dueOn } of shown) expect(dueOn < '2022-09-21').toBe(true);
  const stranger = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
  expect((await stranger.get('/api/visit-escalations')).body.items).toEqual([]);
  house.clock.moveTo(new Date('2022-06-22T08:00:00Z'));
});

test('the director reads what was looked at and what waits; the record agrees', async () => {
  const { items } = (await director.get('/api/supervision/coverage?lang=en')).body;
  expect(items).toMatchObject([
    { agency: { id: 'SMT' }, before: { paid: 1, passed: 1 }, during: { paid: 0 } },
  ]);
  const blocked = (await director.get('/api/gates')).body.items;
  expect(blocked.map((gate: { waitsFor: string }) => gate.waitsFor).sort()).toEqual([
    ...['deviation', 'plan', 'plan'],
  ]);
  const { checks } = await checkProvince(house.database, 4);
  const ours = checks.filter(({ name }) => name.startsWith('supervision.'));
  expect(ours.map(({ checked }) => checked > 0)).toEqual([true, true]);
  // The bank's answer to an order was written here by hand, so the orders' own check finds it.
  const others = checks.filter(({ name }) => name !== 'financing.orders');
  expect(others.flatMap(({ differences }) => differences)).toEqual([]);
});
