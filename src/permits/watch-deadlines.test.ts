import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { referenceOf } from '../accounts/index.ts';
import { checkProvince } from '../figures/index.ts';
import { generateNationalId } from '../kit/identifiers.ts';
import { silentLog } from '../platform/telemetry.ts';
import { watchDeadlines } from './watch-deadlines.ts';

let house: TestHouse;
let expert: Caller;
let director: Caller;

/** Sessions end with the day; the clock of this story runs for weeks. */
async function comeTo(day: number, hour = 0): Promise<void> {
  house.clock.moveTo(new Date(Date.parse('2022-06-22T08:00:00Z') + (day * 24 + hour) * 3_600_000));
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
}

beforeAll(async () => {
  house = await testHouse();
  await comeTo(0);
});
afterAll(() => house.close());

let serial = 7000;
async function submit(who = expert, occupationId = 'tailoring'): Promise<string> {
  serial += 1;
  const reply = await who.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'مهلت',
      lastName: `آزمون ${serial}`,
      sex: 'female',
    },
    household: { countyId: '0401', area: 'urban' },
    kind: 'independent',
    occupationId,
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body.code;
}

async function round() {
  const reference = await referenceOf(house.database);
  return watchDeadlines(house.database, reference, house.clock, 4, silentLog);
}

const stateOf = async (code: string) => (await director.get(`/api/cases/${code}`)).body.state;

let before: string;
let code: string;
let signed: string;
let food: string;

test('the clock is watched from its first round on', async () => {
  before = await submit();
  await comeTo(0, 1);
  expect(await round()).toEqual({ warned: 0, escalated: 0, issued: 0 });
  [code, signed] = [await submit(), await submit()];
  const agri = await house.signIn({ role: 'expert', organisationId: 'AGRI' });
  const reference = await referenceOf(house.database);
  const starred = [...reference.occupations.values()].find(
    (one) => one.starred && one.agency_id === 'AGRI',
  );
  food = await submit(agri, starred?.id ?? '');
});

test('it warns and escalates, each once', async () => {
  // 1401/04/01 + 8 working days = 1401/04/11; four working days before it the warning begins.
  await comeTo(9);
  expect(await round()).toMatchObject({ warned: 4, escalated: 0, issued: 0 });
  expect(await round()).toMatchObject({ warned: 0 });
  expect((await expert.get('/api/queue')).body.counts).toMatchObject({ soon: 3, late: 0 });
  await expert.post(`/api/permits/${signed}/sign`);

  await comeTo(12);
  expect(await round()).toMatchObject({ escalated: 3, issued: 0 });
  expect((await director.get('/api/queue')).body.counts).toMatchObject({ escalated: 3, toSign: 1 });
});

test('past the legal limit silence issues, once, whoever looks', async () => {
  // The fourteenth day is still in time; the fifteenth is not.
  await comeTo(14);
  expect((await round()).issued).toBe(0);
  await comeTo(15);
  expect((await Promise.all([round(), round()])).map(({ issued }) => issued).toSorted()).toEqual([
    0, 2,
  ]);
  expect(await stateOf(code)).toBe('issued');
  expect(await stateOf(signed)).toBe('issued');
  // Came in before the clock was watched, or needs a clearance: late, and still somebody's to decide.
  expect(await stateOf(before)).toBe('submitted');
  expect(await stateOf(food)).toMatch(/submitted|clearance/);
  expect((await round()).issued).toBe(0);
});

test('a permit by silence says so, and everything still adds up', async () => {
  const it = (await director.get(`/api/cases/${code}`)).body;
  expect(it.history.at(-1)).toMatchObject({ verb: 'permits.grantBySilence', actor: null });
  const { facts } = await house.database.transaction(
    { province: 4, organisation: '', person: '' },
    (tx) =>
      tx
        .selectFrom('history')
        .select('facts')
        .where('verb', '=', 'permits.grantBySilence')
        .limit(1)
        .executeTakeFirstOrThrow(),
  );
  expect(facts).toMatchObject({
    basis: 'silence',
    limit: '14',
    unit: 'days',
    since: '2022-06-22',
    last_day: '2022-07-06',
    setting: 'permits.decision_limit',
  });
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});
