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

test('a number that is taken is passed over for another, and the permit is issued all the same', async () => {
  const numbers = Array.from({ length: 5 }, () => makePermitNumber(4));
  const [first = '', second = '', ...spare] = numbers;
  // Each permit's number is chosen from three.
  draws.push(first, ...spare.slice(0, 2), first, second, ...spare.slice(2));
  expect(await granted(801)).toBe(first);
  expect(await granted(802)).toBe(second);
  expect(draws).toEqual([]);
});
