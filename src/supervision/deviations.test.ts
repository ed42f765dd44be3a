import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../test/contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { passingAnswers } from '../../test/passed-visits.ts';
import { checkProvince } from '../figures/index.ts';
import { decodeCode } from '../kit/code.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
let expert: Caller;
let bank: Caller;
let other: Caller;
let me: string;
const rial = 300_000_000n;

/** Sessions end with the day; the clock of this story runs for weeks. */
async function signAll(): Promise<void> {
  [officer, director, expert, bank, other] = await Promise.all([
    house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'director', organisationId: 'DIRECTORATE' }),
    house.signIn({ role: 'expert', organisationId: 'SMT' }),
    house.signIn({ role: 'bank', organisationId: 'MELLAT' }),
    house.signIn({ role: 'bank', organisationId: 'SADERAT' }),
  ]);
}

beforeAll(async () => {
  house = await testHouse();
  await signAll();
  me = (await officer.get('/api/session')).body.account.id;
});
afterAll(() => house.close());

/** A plan of which something was paid and whose business is found closed. */
async function deviating(serial: number): Promise<{ code: string; deviation: string }> {
  const wanted = { bankId: 'MELLAT', rial, serials: [serial] };
  const [code = ''] = await contractedPlans(house, wanted);
  const paid = { amountRial: '100000000', bankReference: `D-${serial}` };
  expect((await bank.post(`/api/plans/${code}/pay`, paid)).status).toBe(200);
  const planned = { stage: 'during', assignee: me };
  const visit = (await officer.post(`/api/cases/${code}/visits`, planned)).body.code;
  const answers = passingAnswers.during;
  const found = { answers, note: 'The door was locked', deviation: 'closed' };
  expect((await officer.post(`/api/visits/${visit}/find-deviation`, found)).status).toBe(200);
  const { items } = (await officer.get(`/api/cases/${code}/deviations`)).body;
  return { code, deviation: items[0].code };
}

const act = (who: Caller, it: string, path: string, more: object = {}) =>
  who.post(`/api/deviations/${it}/${path}`, { reason: 'Because', ...more });
const statesOf = async (code: string) =>
  (await officer.get(`/api/cases/${code}/deviations`)).body.items.map(
    ({ state }: { state: string }) => state,
  );

async function citizenOf(code: string): Promise<Caller> {
  const { person_id } = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('cases')
      .select('person_id')
      .where('id', '=', decodeCode(code)?.id ?? '')
      .executeTakeFirstOrThrow(),
  );
  return house.signIn({ role: 'citizen', personId: person_id });
}

test('a deviation ends in recall after an appeal that changes nothing', async () => {
  const { code, deviation } = await deviating(731);
  expect((await act(expert, deviation, 'propose', { measure: 'recall' })).body.code).toBe(
    'platform.wrong_state',
  );
  const holder = await citizenOf(code);
  const stranger = await citizenOf((await deviating(732)).code);
  expect((await act(stranger, deviation, 'hear')).status).toBe(404);
  expect((await act(holder, deviation, 'hear')).status).toBe(200);
  expect((await act(officer, deviation, 'propose', { measure: 'recall' })).status).toBe(403);
  expect((await act(expert, deviation, 'propose', { measure: 'recall' })).status).toBe(200);
  expect((await act(other, deviation, 'agree')).status).toBe(404);
  expect((await act(bank, deviation, 'return')).status).toBe(200);
  expect((await act(expert, deviation, 'propose', { measure: 'recall' })).status).toBe(200);
  expect((await act(bank, deviation, 'agree')).status).toBe(200);
  expect((await act(director, deviation, 'carry-out')).body.code).toBe('supervision.appeal_open');
  expect((await act(holder, deviation, 'appeal')).status).toBe(200);
  expect((await act(director, deviation, 'uphold')).status).toBe(200);
  expect((await act(director, deviation, 'carry-out')).status).toBe(200);
  expect(await statesOf(code)).toEqual(['carried_out']);
  const { loans } = (await officer.get(`/api/cases/${code}/loans`)).body;
  expect(loans[0]).toMatchObject({ state: 'fallen_due' });
});

test('while a deviation is open, neither a visit nor two people let money go', async () => {
  const { code, deviation } = await deviating(733);
  const planned = { stage: 'during', assignee: me };
  const visit = (await officer.post(`/api/cases/${code}/visits`, planned)).body.code;
  const answers = passingAnswers.during;
  expect((await officer.post(`/api/visits/${visit}/pass`, { answers })).status).toBe(200);
  const orders = [{ code, amountRial: '1000' }];
  const order = () => officer.post('/api/payment-orders', { orders });
  expect((await order()).body.code).toBe('financing.gate_closed');
  const asked = await officer.post(`/api/cases/${code}/gate-override`, { reason: 'x' });
  const grant = await director.post(`/api/gate-overrides/${asked.body.code}/grant`, {
    reason: 'x',
  });
  expect(grant.body.code).toBe('supervision.deviation_open');
  await act(officer, deviation, 'hear');
  await act(expert, deviation, 'propose', { measure: 'correct' });
  await act(bank, deviation, 'agree');
  house.clock.moveTo(new Date('2022-07-23T08:00:00Z'));
  await signAll();
  expect((await act(officer, deviation, 'appeal')).body.code).toBe('supervision.too_late');
  expect((await act(officer, deviation, 'carry-out')).status).toBe(200);
  const { gate, visits } = (await officer.get(`/api/cases/${code}/supervision`)).body;
  expect(gate).toMatchObject({ open: false, waitsFor: 'correction' });
  expect(visits[0]).toMatchObject({ isRevisit: true, state: 'planned' });
});

test('a sample is drawn by risk and chance, given to inspectors, and can be drawn again', async () => {
  const asked = { byRisk: 1, byChance: 1, seed: 'auditor' };
  const taken = await director.post('/api/visit-samples', asked);
  expect(taken.status, JSON.stringify(taken.body)).toBe(201);
  const auditor = await house.signIn({ role: 'auditor', provinceId: 0 });
  const { body } = await auditor.get(`/api/visit-samples/${taken.body.code}`);
  expect(body).toMatchObject({ seed: 'auditor', byRisk: 1, byChance: 1 });
  type Line = { plan: string; chosen: string | null; points: number };
  const chosen = body.candidates.filter((one: Line) => one.chosen !== null);
  expect(chosen.map((one: Line) => one.chosen).sort()).toEqual(['chance', 'risk']);
  const [risky] = chosen.filter((one: Line) => one.chosen === 'risk');
  expect(risky.signs.length).toBeGreaterThan(0);
  expect(body.same).toBe(true);
  const [listed] = (await director.get('/api/visit-samples')).body.items;
  expect(listed).toMatchObject({ code: taken.body.code, risk: 1, chance: 1, made: 0 });
  const { items } = (await officer.get('/api/visits?stage=after')).body;
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({ channel: 'field', state: 'assigned', isRevisit: false });
  // Whoever would write a candidate other than it was drawn is found out.
  await house.database.migratorTransaction((tx) =>
    tx.updateTable('visit_candidates').set({ signs: [] }).where('chosen', '=', 'risk').execute(),
  );
  expect((await auditor.get(`/api/visit-samples/${taken.body.code}`)).body.same).toBe(false);
});

test('a permit is suspended, a person barred, and an appeal can be right', async () => {
  const decide = async (serial: number, measure: string) => {
    const made = await deviating(serial);
    await act(officer, made.deviation, 'hear');
    await act(expert, made.deviation, 'propose', { measure });
    await act(bank, made.deviation, 'agree');
    await act(officer, made.deviation, 'appeal');
    return made;
  };
  const suspended = await decide(734, 'suspend');
  await act(director, suspended.deviation, 'uphold');
  expect((await act(director, suspended.deviation, 'carry-out')).status).toBe(200);
  expect((await officer.get(`/api/cases/${suspended.code}`)).body.state).toBe('suspended');
  const barred = await decide(735, 'bar');
  await act(director, barred.deviation, 'uphold');
  expect((await act(director, barred.deviation, 'carry-out')).status).toBe(200);
  const plan = { code: barred.code, bank: 'MELLAT', requestedRial: '1000', people: 1 };
  const preview = { preview: true, creditLine: 'home-jobs', plans: [plan] };
  const { items } = (await officer.post('/api/plans/refer', preview)).body;
  const unmet = items[0].unmet.map((one: { code: string }) => one.code);
  expect(unmet).toContain('financing.barred_person');
  const right = await decide(736, 'recall');
  expect((await act(director, right.deviation, 'overturn')).status).toBe(200);
  expect((await act(director, right.deviation, 'carry-out')).body.code).toBe(
    'platform.wrong_state',
  );
  const { checks } = await checkProvince(house.database, 4);
  expect(checks.flatMap(({ differences }) => differences)).toEqual([]);
});
