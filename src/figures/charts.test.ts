import exceljs from 'exceljs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contractedPlans } from '../../test/contracted-plans.ts';
import { type TestHouse, testHouse } from '../../test/house.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await testHouse();
  await contractedPlans(house, { bankId: 'MELLAT', serials: [1, 2, 3], rial: 500_000_000n });
});
afterAll(() => house.close());

const spring = 'from=1401-01-01&to=1401-04-01';

test('rows and columns of a grid add up to the figure, months without anything included', async () => {
  const { body, status } = await house.nobody.get(
    `/api/figures/grid?measure=permits_issued&by=county&over=month&${spring}`,
  );
  expect(status).toBe(200);
  expect(body.columns.map(({ key }: { key: string }) => key)).toEqual([
    ...['1401-01', '1401-02', '1401-03', '1401-04'],
  ]);
  expect(body.rows).toMatchObject([{ key: '0401', total: '3', values: ['0', '0', '3', '0'] }]);
  const seasons = await house.nobody.get(
    `/api/figures/grid?measure=permits_issued&by=county&over=season&${spring}`,
  );
  expect(seasons.body.rows[0].values).toEqual(['3', '0']);
  const wrong = await house.nobody.get('/api/figures/grid?measure=nothing&by=county&over=month');
  expect(wrong.body.code).toBe('figures.unknown_measure');
});

test('each branch of the flow is as long as its list, and parts add up to what they are parts of', async () => {
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const other = await house.signIn({ role: 'bank', organisationId: 'SADERAT' });
  for (const [caller, whole] of [
    [director, 3],
    [other, 0],
  ] as const) {
    const { branches } = (await caller.get(`/api/flow?${spring}`)).body;
    const cases = new Map<string, number>();
    for (const branch of branches) {
      cases.set(branch.id, branch.cases);
      const list = await caller.get(`/api/cases?flow=${branch.id}&${spring}&limit=1`);
      expect(list.body.total, branch.id).toBe(branch.cases);
    }
    expect([cases.get('begun'), cases.get('atBank')]).toEqual([whole, whole]);
    for (const parent of ['begun', 'permitted', 'referred']) {
      const parts = branches.filter((one: { parent: string | null }) => one.parent === parent);
      const sum = parts.reduce((total: number, one: { cases: number }) => total + one.cases, 0);
      expect(sum, parent).toBe(cases.get(parent));
    }
  }
});

test('a table becomes a workbook with exact numbers, and what looks like a formula stays text', async () => {
  const { status, bytes } = await house.nobody.post('/api/sheet', {
    ...{ title: 'Counties: [1401]', scope: 'West', rightToLeft: true, header: ['County', 'Rial'] },
    rows: [['=1+1', { exact: '409100000000' }]],
  });
  expect(status).toBe(200);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(bytes as never);
  const sheet = workbook.worksheets[0];
  expect(sheet?.getCell('A4').value).toBe('=1+1');
  expect(sheet?.getCell('B4').value).toBe(409_100_000_000);
});
