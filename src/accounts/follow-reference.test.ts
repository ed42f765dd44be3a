import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { followReference } from './follow-reference.ts';
import { loadReference } from './load-reference.ts';
import { referenceOf, settingOn } from './reference.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());

const key = 'permits.default_validity';
const setting = async () =>
  (await referenceOf(database)).settings.find((row) => row.key === key)?.value;
const owner = (text: string) => database.pools.migrator.query(text);
const versionOf = async () =>
  (await owner('select version from reference_versions')).rows[0].version as number;

test('what is in memory follows what the database says, and stays where that cannot be read', async () => {
  const before = await setting();
  const errors: unknown[] = [];
  const following = followReference(database, (error) => errors.push(error));
  try {
    await owner(`update settings set value = '77' where key = '${key}';
      update reference_versions set version = version + 1`);
    expect(await setting()).toBe(before);
    while ((await setting()) !== '77') await sleep(50);
    await owner('alter table reference_versions rename to elsewhere');
    while (errors.length === 0) await sleep(50);
    await sleep(1_500);
    expect([errors.length, await setting()]).toEqual([1, '77']);
  } finally {
    await following.stop();
  }
});

test('only a load that changes something tells of it', async () => {
  const before = await versionOf();
  await loadReference(database);
  expect(await versionOf()).toBe(before);
  await owner(`update settings set value = '77' where key = '${key}'`);
  await loadReference(database);
  expect(await versionOf()).toBe(before + 1);
});

test('a reference that somebody holds does not change under them', async () => {
  const held = await referenceOf(database);
  const told = held.settings.map(({ value }) => value);
  await owner(`update settings set value = '77' where key = '${key}';
    update reference_versions set version = version + 1`);
  const following = followReference(database, () => {});
  while ((await referenceOf(database)) === held) await sleep(50);
  await following.stop();
  expect(held.settings.map(({ value }) => value)).toEqual(told);
  expect(settingOn(await referenceOf(database), key, 4, '2026-01-01')).toBe('77');
});
