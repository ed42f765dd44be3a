import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { provinceContext } from '../../src/platform/policy.ts';
import { testDatabase } from '../database.ts';
import { walking } from './planned.ts';

const one = '0190b5a0-0000-7000-8000-000000000000';
const insert = sql`insert into people
  (province_id, id, national_id, id_kind, first_name, last_name, sex, name_key, recorded_at)
  values (4, ${one}::uuid, '0499370899', 'national', 'آزمون', 'آزمونی', 'female', 'آزمون آزمونی', now())`;

test.for([
  ['a key', sql`select 1 from people where province_id = ${4} and id = ${one}::uuid`, []],
  [
    'nothing but the province',
    sql`select 1 from people where province_id = ${4} and first_name = ${'آزمون'}`,
    [expect.stringMatching(/^walks a province by people_/)],
  ],
] as const)('a kept plan that goes by %s is found out', async ([, statement, walks]) => {
  await using database = await testDatabase();
  await database.transaction({ ...provinceContext(4), prepare: 'planned' }, async (tx) => {
    await insert.execute(tx);
    await statement.execute(tx);
  });
  const found = await walking(database);
  expect(found.map((text) => text.split('\n')[0])).toEqual(walks);
});
