import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type Caller, type TestHouse, testHouse } from '../../../test/house.ts';
import { LoanYears } from '../../../test/loan-years.ts';
import { closeDay } from '../../financing/index.ts';
import { generateNationalId } from '../../kit/identifiers.ts';

let house: TestHouse;
const callers: Record<string, Caller> = {};

beforeAll(async () => {
  house = await testHouse('2023-12-01T08:00:00Z');
  const signIn = async (
    name: string,
    role: 'expert' | 'bank' | 'director',
    organisationId: string,
  ) => {
    callers[name] = await house.signIn({ role, organisationId });
  };
  await signIn('director', 'director', 'DIRECTORATE');
  await signIn('agri', 'expert', 'AGRI');
  await signIn('smt', 'expert', 'SMT');
  await signIn('mellat', 'bank', 'MELLAT');
  await signIn('saderat', 'bank', 'SADERAT');
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1, 2, 3], rial: 500_000_000n });
  for (const serial of [11, 12]) await submit(callers.agri as Caller, serial);
});
afterAll(() => house.close());

async function submit(caller: Caller, serial: number) {
  const nationalId = generateNationalId('274', serial);
  const { status } = await caller.post('/api/permits', {
    person: { nationalId, idKind: 'national', firstName: 'آزمون', lastName: 'میز', sex: 'female' },
    household: { countyId: '0401', area: 'rural' },
    kind: 'independent',
    occupationId: 'jam-making',
  });
  expect(status).toBe(201);
}

type Line = {
  holder: string;
  state: string;
  planState: string | null;
  organisation: { id: string } | null;
  waiting: number;
  late: number;
};

/** The list of cases that the desk's page opens for a number. */
function listOf({ holder, state, planState, organisation }: Line, late: boolean): string {
  const query = new URLSearchParams({ holder, state, limit: '1' });
  if (planState ?? state === 'issued') query.set('planState', planState ?? 'none');
  if (organisation) query.set(holder === 'bank' ? 'bank' : 'agency', organisation.id);
  if (late) query.set('late', 'true');
  return `/api/cases?${query}`;
}

test.each(['director', 'agri', 'smt', 'mellat', 'saderat'])(
  'every number of what is stuck is the length of the list behind it, for %s',
  async (name) => {
    const caller = callers[name] as Caller;
    const { status, body } = await caller.get('/api/stuck');
    expect(status).toBe(200);
    for (const line of body.items as Line[]) {
      const all = await caller.get(listOf(line, false));
      expect(all.body.total, JSON.stringify(line)).toBe(line.waiting);
      expect((await caller.get(listOf(line, true))).body.total).toBe(line.late);
    }
    const whole = (body.items as Line[]).filter(({ organisation }) => organisation === null);
    const sum = whole.reduce((total, { waiting }) => total + waiting, 0);
    expect(sum).toBe({ director: 5, agri: 2, mellat: 3 }[name] ?? sum);
  },
);

test('what is usual in a stage is counted from the steps that left it in the period', async () => {
  const { body } = await (callers.director as Caller).get(
    '/api/stuck?from=1401-03-01&to=1401-04-31',
  );
  const referred = body.items.find(
    (line: Line) => line.planState === 'referred' && line.organisation === null,
  );
  expect(referred).toMatchObject({ holder: 'bank', waiting: 0, passed: 3, passedMedianDays: 0 });
  const other = await (callers.saderat as Caller).get('/api/stuck?from=1401-03-01&to=1401-04-31');
  expect(other.body.items).toEqual([]);
});

test('arrears are of the last closed day, and each number of late loans opens as many', async () => {
  const director = callers.director as Caller;
  expect((await director.get('/api/arrears')).body).toEqual({ closedOn: null, items: [] });
  const years = await LoanYears.open(house.database, 8, 3);
  await years.live(12, 4);
  await closeDay(house.database, 4, '2023-11-30', house.clock.now());
  const { body } = await director.get('/api/arrears');
  expect(body.closedOn).toBe('2023-11-30');
  const late = body.items.reduce((sum: number, one: { late: number }) => sum + one.late, 0);
  expect(late).toBeGreaterThan(0);
  for (const { bank, late: number } of body.items) {
    const list = (await director.get(`/api/late-loans?bank=${bank.id}`)).body;
    expect([list.total, list.items.length]).toEqual([number, number]);
  }
  const own = (await (callers.mellat as Caller).get('/api/late-loans')).body;
  expect(own.items.filter((one: { bank: { id: string } }) => one.bank.id !== 'MELLAT')).toEqual([]);
  const citizen = await house.signIn({ role: 'citizen' });
  expect((await citizen.get('/api/arrears')).status).toBe(403);
});
