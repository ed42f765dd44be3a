import { expect, test } from 'vitest';
import { testHouse } from '../../test/house.ts';
import { generateNationalId } from '../kit/identifiers.ts';

const browser = { accept: 'text/html,application/xhtml+xml' };

test('a permit whose issue was taken back is nobody’s', async () => {
  const house = await testHouse();
  const expert = await house.signIn({ role: 'expert', organisationId: 'SMT' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const person = {
    nationalId: generateNationalId('274', 77),
    idKind: 'national',
    firstName: 'لیلا',
    lastName: 'پس‌گرفته',
    sex: 'female',
  };
  const household = { countyId: '0401', area: 'urban' };
  const application = { person, household, kind: 'independent', occupationId: 'tailoring' };
  const { code } = (await expert.post('/api/permits', application)).body;
  await expert.post(`/api/permits/${code}/sign`);
  await director.post(`/api/permits/${code}/grant`);
  const { number } = (await director.get(`/api/cases/${code}`)).body.permit;
  expect((await house.nobody.get(`/p/${number}`, browser)).status).toBe(200);
  const back = await director.post(`/api/permits/${code}/take-back`, { reason: 'اشتباه بود' });
  expect(back.status).toBe(200);
  expect((await house.nobody.get(`/p/${number}`, browser)).status).toBe(404);
  expect((await director.get(`/api/cases/${code}`)).body).toMatchObject({
    state: 'agency_signed',
    permit: null,
  });
  await house.close();
});
