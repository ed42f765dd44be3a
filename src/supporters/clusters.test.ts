import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestHouse, testHouse } from '../../test/house.ts';
import { done, openBooks, type SupporterBooks } from '../../test/supporter-books.ts';

let house: TestHouse;
let books: SupporterBooks;
let officer: Caller;
beforeAll(async () => {
  house = await testHouse();
  books = await openBooks(house);
  officer = await house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
});
afterAll(() => house.close());

test('a cluster goes through its twelve steps in their order, and the tenth names the driver firm', async () => {
  const opened = { name: 'خوشه آزمون', countyId: 401, occupationId: 'tailoring' };
  const { code } = await done(officer, '/api/clusters', opened);
  expect((await officer.post('/api/clusters', opened)).body.code).toBe('supporters.cluster_twice');
  const other = await officer.post('/api/clusters', { ...opened, name: 'x', countyId: 1 });
  expect(other.status).toBe(422);
  await done(officer, `/api/clusters/${code}/supporters`, { supporter: books.code });
  const again = await officer.post(`/api/clusters/${code}/supporters`, { supporter: books.code });
  expect(again.body.code).toBe('supporters.in_cluster');
  const step = (n: number, more: object = {}) =>
    officer.post(`/api/clusters/${code}/steps`, {
      ...{ step: n, doneOn: '2022-06-01', note: `گام ${n}`, ...more },
    });
  expect((await step(2)).body.code).toBe('supporters.step_order');
  expect((await step(1, { doneOn: '2999-01-01' })).body.code).toBe('supporters.future_day');
  for (let n = 1; n <= 9; n += 1) expect((await step(n)).status).toBe(200);
  expect((await step(9)).body.code).toBe('supporters.step_order');
  expect((await step(10)).body.code).toBe('supporters.firm_missing');
  expect((await step(10, { firm: 'شرکت پیشران نمونه', doneOn: '2022-06-10' })).status).toBe(200);
  const { items } = (await officer.get('/api/clusters')).body;
  expect(items).toMatchObject([
    {
      ...{ name: 'خوشه آزمون', driverFirm: 'شرکت پیشران نمونه', memorandumOn: '2022-06-10' },
      supporters: [{ code: books.code }],
    },
  ]);
  expect(items[0].steps).toHaveLength(10);
});

test('a course has those who came, of the supporter’s own people only', async () => {
  const url = `/api/supporters/${books.code}/trainings`;
  const course = { topic: 'گره و چله', place: 'کارگاه', heldOn: '2022-06-01', minutes: 90 };
  const [first, second] = books.weavers;
  await done(books.caller, url, { ...course, people: [first?.code, second?.code] });
  const ahead = await books.caller.post(url, { ...course, heldOn: '2999-01-01', people: [] });
  // A year that the Jalali calendar here does not reach is said as it was typed.
  expect(ahead.body.code).toBe('supporters.future_day');
  expect(ahead.body.next).toContain('۲۹۹۹-۰۱-۰۱');
  const others = await openBooks(house);
  const stranger = others.weavers[0]?.code;
  expect((await books.caller.post(url, { ...course, people: [stranger] })).status).toBe(404);
  const { trainings } = (await books.caller.get(`/api/supporters/${books.code}`)).body;
  expect(trainings).toMatchObject([{ topic: 'گره و چله', minutes: 90, people: 2 }]);
});
