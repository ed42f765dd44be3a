import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { generateNationalId, makePermitNumber } from '../kit/identifiers.ts';

/** What is drawn next; after these, chance decides again. */
const draws: string[] = [];
vi.mock('../kit/identifiers.ts', async (original) => {
  const real = await original<typeof import('../kit/identifiers.ts')>();
  return {
    ...real,
    makePermitNumber: (province: number) => draws.shift() ?? real.makePermitNumber(province),
  };
});

let house: TestHouse;
let expert: Caller;
let director: Caller;
beforeAll(async () => {
  house = await testHouse();
  expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

async function granted(serial: number): Promise<string> {
  const reply = await expert.post('/api/permits', {
    person: {
      nationalId: generateNationalId('274', serial),
      idKind: 'national',
      firstName: 'شماره',
      lastName: `نمونه ${serial}`,
      sex: 'female',
    },
    household: { countyId: '0401', area: 'urban', address: `کوچه شماره ${serial}` },
    kind: 'independent',
    occupationId: 'tailoring',
  });
  const { code } = reply.body;
  await expert.post(`/api/permits/${code}/sign`);
  const grant = await director.post(`/api/permits/${code}/grant`);
  expect(grant.status).toBe(200);
  return (await expert.get(`/api/cases/${code}`)).body.permit.number;
}

test('a number that is taken is drawn anew, and the permit is issued all the same', async () => {
  const first = makePermitNumber(4);
  const second = makePermitNumber(4);
  draws.push(first, first, first, second);
  expect(await granted(801)).toBe(first);
  expect(await granted(802)).toBe(second);
  expect(draws).toEqual([]);
});
