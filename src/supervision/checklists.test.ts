import { expect, test } from 'vitest';
import { testHouse } from '../../test/house.ts';

test('whoever looks at the checklists of a province that never kept one keeps none by that', async () => {
  const house = await testHouse();
  const director = await house.signIn({ role: 'director', organisationId: 'DIRECTORATE' });
  const { items } = (await director.get('/api/checklists')).body;
  expect(items.map((one: { stage: string }) => one.stage)).toEqual(['before', 'during', 'after']);
  expect((await director.get('/api/checklists/before/form.xlsx')).status).toBe(200);
  const kept = () =>
    house.database.migratorTransaction((tx) => tx.selectFrom('checklists').selectAll().execute());
  expect(await kept()).toEqual([]);
  const { stage: _, version: __, ...content } = items[0];
  const answer = await director.post('/api/checklists/before', content);
  expect(answer).toMatchObject({ status: 201, body: { version: 2 } });
  expect(await kept()).toHaveLength(4);
  await house.close();
});
