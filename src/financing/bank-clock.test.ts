import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { officeAt, permitRow } from '../../test/register-office.ts';
import { referenceOf } from '../accounts/index.ts';
import { watchDeadlines } from '../permits/index.ts';
import { silentLog } from '../platform/telemetry.ts';

let house: TestHouse;
let officer: Caller;
let director: Caller;
let bank: Caller;
let codes: string[];

/** Sessions end with the day; the clock of this story runs for weeks. */
async function comeTo(day: string): Promise<void> {
  house.clock.moveTo(new Date(`${day}T08:00:00Z`));
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  bank = await house.signIn({ role: 'bank', organisationId: 'MELLAT' });
}

beforeAll(async () => {
  house = await testHouse();
  await comeTo('2022-06-22');
  const rows = Array.from({ length: 3 }, (_, n) => permitRow(n + 1));
  await (await officeAt(house.database)).bring('permits', rows);
  const list = (await officer.get('/api/cases?referable=true')).body.items;
  codes = list.map(({ code }: { code: string }) => code);
}, 60_000);
afterAll(() => house.close());

async function round() {
  const reference = await referenceOf(house.database);
  return watchDeadlines(house.database, reference, house.clock, 4, silentLog);
}
const where = async (code = '') => (await director.get(`/api/cases/${code}`)).body.where;
const queue = async (who: Caller, tab = 'all') => {
  const { counts, items } = (await who.get(`/api/queue?tab=${tab}`)).body;
  return { counts, codes: items.map(({ code }: { code: string }) => code) };
};
const sit = (code: string, verdict: string) =>
  officer.post('/api/sittings', {
    ...{ body: 'technical', heldOn: '2022-06-22', members: ['رئیس کمیته'] },
    decisions: [{ code, verdict, reason: 'آزمون' }],
  });

test('what a sitting put off or approved waits for the directorate, until a day', async () => {
  const [first = '', second = '', third = ''] = codes;
  for (const [code, verdict] of [
    [first, 'approved'],
    [second, 'deferred'],
    [third, 'refused'],
  ] as const) {
    expect((await sit(code, verdict)).status).toBe(201);
  }
  // Ten and twenty working days after 1401/04/01; Fridays are days of rest.
  expect(await where(first)).toMatchObject({ holder: 'directorate', dueOn: '2022-07-04' });
  expect(await where(second)).toMatchObject({ holder: 'directorate', dueOn: '2022-07-16' });
  expect(await where(third)).toMatchObject({ holder: 'nobody', dueOn: null });
  expect((await queue(officer)).codes).toEqual([first, second]);
});

test('a bank sees what waits for it, is warned once, and what it sits on is escalated once', async () => {
  const [first = ''] = codes;
  const declared = { likeLoanFrom: [], insured: false, publicEmployee: false };
  const plan = { code: first, bank: 'MELLAT', requestedRial: '400000000', people: 1, declared };
  const body = { preview: false, creditLine: 'home-jobs', plans: [plan] };
  expect((await officer.post('/api/plans/refer', body)).status).toBe(200);
  expect(await where(first)).toMatchObject({ holder: 'bank', dueOn: '2022-07-04' });
  expect((await queue(bank)).codes).toEqual([first]);
  const other = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  expect((await queue(other)).codes).toEqual([]);
  expect((await queue(officer)).codes).not.toContain(first);
  await comeTo('2022-07-02');
  expect(await round()).toMatchObject({ warned: 1, escalated: 0 });
  expect((await queue(bank)).counts).toMatchObject({ soon: 1, late: 0 });
  await comeTo('2022-07-05');
  expect(await round()).toMatchObject({ escalated: 1 });
  expect(await round()).toMatchObject({ warned: 0, escalated: 0 });
  expect((await queue(director, 'atBank')).codes).toEqual([first]);
  expect((await queue(officer, 'atBank')).codes).toEqual([first]);
  expect((await queue(director)).codes).not.toContain(first);
  const notices = await house.database.migratorTransaction((tx) =>
    tx
      .selectFrom('deadline_notices')
      .select(['level', 'organisation_id'])
      .orderBy('level', 'desc')
      .execute(),
  );
  expect(notices).toEqual([
    { level: 'warned', organisation_id: 'MELLAT' },
    { level: 'escalated', organisation_id: 'DIRECTORATE' },
  ]);
});

test('each step has a limit of its own, and a plan returned is the agency’s to mend by a day', async () => {
  const [first = ''] = codes;
  expect((await bank.post(`/api/plans/${first}/open-file`, {})).status).toBe(200);
  expect((await where(first)).dueOn > '2022-07-20').toBe(true);
  expect((await queue(director, 'atBank')).codes).toEqual([]);
  const back = { reasonCode: 'file_incomplete', reason: 'مدارک کامل نیست' };
  expect((await bank.post(`/api/plans/${first}/return`, back)).status).toBe(200);
  expect(await where(first)).toMatchObject({ holder: 'agency', late: false });
  expect((await where(first)).dueOn).not.toBeNull();
  expect((await queue(bank)).codes).toEqual([]);
  house.clock.moveTo(new Date('2022-07-30T08:00:00Z'));
  await comeTo('2022-07-30');
  expect((await round()).escalated).toBeGreaterThan(0);
  expect((await queue(director, 'escalated')).codes).toContain(first);
});
