import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { nameKey, nameQuery } from './name-key.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** Whether the database finds the name by what is typed, with the index's own expression. */
async function finds(typed: string, firstName: string, lastName: string): Promise<boolean> {
  const { rows } = await database.migratorTransaction((tx) =>
    sql<{ found: boolean }>`
      select array_to_tsvector(string_to_array(${nameKey(firstName, lastName)}, ' '))
        @@ ${nameQuery(typed)}::tsquery as found`.execute(tx),
  );
  return rows[0]?.found ?? false;
}

test('the spellings of one surname are one word', () => {
  const one = nameKey('زهرا', 'علی‌زاده');
  expect(one).toBe('زهرا علیزاده');
  expect(nameKey('زهرا', 'علي زاده')).toBe(one);
  expect(nameKey('زهرا', 'علیزاده')).toBe(one);
  expect(nameKey('زهرا', 'علی‌وردی‌زاده اصل')).toBe('زهرا علی وردیزاده اصل');
});

test('a word that is a whole surname stays one', () => {
  expect(nameKey('علی', 'پور')).toBe('علی پور');
  expect(nameKey('', '')).toBe('');
});

describe('whoever types', () => {
  test.for([
    ['علی زاده', 'زهرا', 'علی‌زاده'],
    ['علیزاده', 'زهرا', 'علی زاده'],
    ['زهرا علی زا', 'زهرا', 'علی‌زاده'],
    ['علی‌زاده زهرا', 'زهرا', 'علیزاده'],
    ['زهرا ع', 'زهرا', 'علی‌زاده'],
    ['علی پور', 'علی', 'پور'],
    ['پور', 'علی', 'پور'],
    ['علی نیا', 'علی', 'نیازی'],
    ['علی پورن', 'علی', 'پورنیا'],
    ["O'Neil \\", "o'neil", '\\'],
  ] as const)('%s finds %s %s', async ([typed, firstName, lastName]) => {
    expect(await finds(typed, firstName, lastName)).toBe(true);
  });

  test.for([
    ['علی پور', 'زهرا', 'علی‌زاده'],
    ['زاده', 'زهرا', 'علی‌زاده'],
    ['زهرا پور', 'زهرا', 'علی‌زاده'],
  ] as const)('%s does not find %s %s', async ([typed, firstName, lastName]) => {
    expect(await finds(typed, firstName, lastName)).toBe(false);
  });

  test('a page of endings is still one question', () => {
    expect(nameQuery('علی پور '.repeat(50)).length).toBeLessThan(20_000);
  });
});
