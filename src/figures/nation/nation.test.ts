import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../../test/contracted-plans.ts';
import { type TestHouse, testHouse } from '../../../test/house.ts';
import { referenceOf } from '../../accounts/index.ts';
import { closeProvinces } from '../../financing/index.ts';
import { checkProvince } from '../checks.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1, 2, 3], rial: 500_000_000n });
});
afterAll(() => house.close());

const nationOf = async (query = '') => (await house.nobody.get(`/api/figures/nation${query}`)).body;
const ownOf = (nation: { provinces: { province: { id: string } }[] }) =>
  nation.provinces.find(({ province }) => province.id === '04');
const close = async (day: string) =>
  closeProvinces(house.database, await referenceOf(house.database), day, house.clock.now());

test('only closed days are counted, and what comes later waits for the next close', async () => {
  const before = await nationOf();
  expect(before.provinces).toHaveLength(31);
  expect(before.total).toMatchObject({ provinces: 0, closed_from: null });
  expect(before.total.values.permits_issued).toBe(0);
  await close('2022-06-21');
  // The three permits are of closed days, but were recorded on the day after.
  const early = await nationOf();
  expect(early.total).toMatchObject({ provinces: 1, closed_to: '2022-06-21' });
  expect(early.total.values.permits_issued).toBe(0);
  // A day that is not over is not counted, though somebody closed it.
  await close('2022-06-22');
  expect((await nationOf()).total).toMatchObject({ closed_to: '2022-06-21' });
  house.clock.moveTo(new Date('2022-06-22T21:30:00Z'));
  const closed = await nationOf();
  expect(ownOf(closed)).toMatchObject({ closed_on: '2022-06-22', values: { permits_issued: 3 } });
  expect(closed.total.values).toMatchObject({ permits_issued: 3, plans_referred: 3 });
  expect((await checkProvince(house.database, 4)).differences).toBe(0);
});

test('rates by people come with the ministry’s number, its source and whether it is assumed', async () => {
  const ministry = await house.signIn({ role: 'ministry', organisationId: 'MINISTRY' });
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const body = {
    ...{ province: '04', people: 3_000_000, countedOn: '2016-10-22' },
    ...{ source: 'شماری برای آزمون', assumed: true },
  };
  expect((await director.post('/api/populations', body)).status).toBe(403);
  expect((await house.nobody.post('/api/populations', body)).status).toBe(401);
  expect(ownOf(await nationOf())).toMatchObject({
    population: null,
    rates: { permits_per_people: null },
  });
  const late = await ministry.post('/api/populations', { ...body, countedOn: '2022-06-25' });
  expect(late.body.code).toBe('figures.population_day');
  const nowhere = await ministry.post('/api/populations', { ...body, province: '77' });
  expect(nowhere.body.code).toBe('figures.unknown_province');
  expect((await ministry.post('/api/populations', body)).status).toBe(201);
  const own = ownOf(await nationOf());
  expect(own).toMatchObject({
    population: { people: 3_000_000, countedOn: '2016-10-22', assumed: true },
    rates: { permits_per_people: { hundredths: '10' } },
  });
  // A newer count takes its place; the one before stays for the years before.
  await ministry.post('/api/populations', { ...body, people: 6_000_000, countedOn: '2022-06-01' });
  expect(ownOf(await nationOf())).toMatchObject({ population: { people: 6_000_000 } });
  const years = await nationOf('?from=1395-01-01&to=1400-12-29');
  expect(ownOf(years)).toMatchObject({ population: { people: 3_000_000 } });
});

test('the page is whole without JavaScript, in both languages, and so is its CSV', async () => {
  const page = await house.nobody.get('/provinces?from=1401-01-01&to=1401-04-01');
  expect(page.status).toBe(200);
  const text = page.bytes.toString();
  for (const part of ['id="map"', 'id="table"', 'id="caveats"', 'id="months"', 'آذربایجان غربی']) {
    expect(text).toContain(part);
  }
  expect(text).not.toMatch(/style=|<script(?! type="application\/ld)/);
  const english = (
    await house.nobody.get('/provinces?lang=en&sort=permits_issued&show=jobs_per_funded')
  ).bytes;
  expect(english.toString()).toContain('aria-sort="descending"');
  expect((await house.nobody.get('/provinces?from=x')).status).toBe(422);
  const csv = (await house.nobody.get('/provinces.csv?from=1401-01-01&to=1401-04-01')).bytes;
  const lines = csv.toString().trim().split(/\r?\n/);
  expect(lines).toHaveLength(32);
  expect(lines[0]).toContain('funded_per_referred,funded_per_referred_standing');
});
