import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { testHouse } from '../../test/house.ts';
import { forgetRequests, sharedLimits } from './shared-limits.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** A server's own store for a route. */
function storeFor(url: string) {
  const Store = sharedLimits(database);
  return new Store({}).child({ routeInfo: { method: 'POST', url } } as never);
}

const ask = (store: ReturnType<typeof storeFor>, address: string, windowMs = 60_000) =>
  new Promise<number>((resolve, reject) => {
    store.incr(
      address,
      (error, found) => (error ? reject(error) : resolve(found?.current ?? 0)),
      windowMs,
      3,
    );
  });

test('two servers count together, each route and address for itself', async () => {
  const [one, two, elsewhere] = [storeFor('/a'), storeFor('/a'), storeFor('/b')];
  expect(await ask(one, '10.0.0.1')).toBe(1);
  expect(await ask(two, '10.0.0.1')).toBe(2);
  expect(await ask(two, '10.0.0.2')).toBe(1);
  expect(await ask(elsewhere, '10.0.0.1')).toBe(1);
  const many = await Promise.all(Array.from({ length: 20 }, () => ask(one, '10.0.0.3')));
  expect(new Set(many).size).toBe(20);
});

test('a window that is over begins anew, and is forgotten', async () => {
  const store = storeFor('/c');
  await ask(store, '10.0.0.1');
  await ask(store, '10.0.0.1');
  expect(await ask(store, '10.0.0.1', 0)).toBe(1);
  await forgetRequests(database, new Date(Date.now() + 3 * 3_600_000));
  const { rows } = await database.pools.migrator.query('select 1 from request_counts');
  expect(rows).toEqual([]);
});

test('who tries to sign in too often from one address is told when to come back', async () => {
  const house = await testHouse(undefined, true, { signInsPerMinute: 2 });
  try {
    const payload = { username: 'nobody', password: 'not a password' };
    const from = (remoteAddress: string) =>
      house.app.inject({ method: 'POST', url: '/api/session', payload, remoteAddress });
    const answers = [await from('10.1.1.1'), await from('10.1.1.1'), await from('10.1.1.1')];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 429]);
    expect(answers[2]?.json().code).toBe('platform.too_many_requests');
    expect(answers[2]?.headers['retry-after']).toBeTruthy();
    expect((await from('10.1.1.2')).statusCode).toBe(401);
  } finally {
    await house.close();
  }
});
