import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { type Caller, type TestHouse, testHouse, testSigningKey } from '../../test/house.ts';
import { systemClock } from '../platform/clock.ts';
import { noteActivity } from './activity.ts';

let database: TestDatabase;
let house: TestHouse;
let writes = 0;
beforeAll(async () => {
  database = await testDatabase({ sealer: testSigningKey });
  const note = noteActivity(database, systemClock);
  const counted = async (...asked: Parameters<typeof note>) => {
    const before = await ends();
    await note(...asked);
    if ((await ends()) !== before) writes += 1;
  };
  house = await testHouse(undefined, true, { noteActivity: counted }, database);
});
afterAll(() => house.close());

/** When every session of the house ends, as one text. */
async function ends(): Promise<string> {
  const { rows } = await database.migratorTransaction((tx) =>
    sql<{ ends: string }>`select string_agg(id || ' ' || expires_at, ',' order by id) as ends
      from sessions`.execute(tx),
  );
  return rows[0]?.ends ?? '';
}

const pass = (minutes: number) =>
  house.clock.moveTo(new Date(house.clock.now().getTime() + minutes * 60_000));
const isIn = async (who: Caller) => (await who.get('/api/session')).body.account !== null;
const officer = () => house.signIn({ role: 'officer', organisationId: 'DIRECTORATE' });

test('7.3.1: an hour without a request ends a session, and each request puts the end off', async () => {
  const [busy, idle] = [await officer(), await officer()];
  expect([await isIn(busy), await isIn(idle)]).toEqual([true, true]);
  for (const _ of [1, 2, 3]) {
    pass(25);
    expect((await busy.get('/api/cases')).status).toBe(200);
  }
  expect([await isIn(busy), await isIn(idle)]).toEqual([true, false]);
  expect((await idle.get('/api/cases')).body.code).toBe('platform.not_signed_in');
  pass(61);
  expect(await isIn(busy)).toBe(false);
});

test('7.3.2: no activity makes a session last longer than twelve hours', async () => {
  const busy = await officer();
  for (let half = 1; half < 24; half += 1) {
    expect(await isIn(busy)).toBe(true);
    pass(30);
  }
  expect(await isIn(busy)).toBe(true);
  pass(31);
  expect(await isIn(busy)).toBe(false);
});

test('a queue that asks by itself is no sign of anybody; an inspector is in the field', async () => {
  const left = await officer();
  const inspector = await house.signIn({ role: 'inspector', organisationId: 'DIRECTORATE' });
  expect([await isIn(left), await isIn(inspector)]).toEqual([true, true]);
  for (let minute = 0; minute < 59; minute += 1) {
    pass(1);
    expect((await left.get('/api/queue')).status).toBe(200);
  }
  pass(2);
  expect([await isIn(left), await isIn(inspector)]).toEqual([false, true]);
});

test('most requests write nothing for it', async () => {
  const busy = await officer();
  writes = 0;
  for (let minute = 0; minute < 13; minute += 1) {
    await busy.get('/api/cases');
    pass(1);
  }
  expect(writes).toBe(3);
});
