import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../database.ts';
import { buildPages } from '../e2e/pages.ts';
import {
  type Desk,
  type Heard,
  lookAround,
  oneCase,
  onlyOnce,
  signInDesk,
  webhookTries,
} from './clerks.ts';
import { keepDocument } from './documents.ts';
import { type Fleet, openFleet, openProxy } from './fleet.ts';
import { furnishDatabase } from './furnish.ts';
import { expectEachOnce, rowsOf } from './kept.ts';
import { type SmsGateway, startSmsGateway } from './sms-gateway.ts';

// Three servers with a worker each, on one database and one folder of files.

let database: TestDatabase;
let fleet: Fleet;
let gateway: SmsGateway;
let folder: string;
let desk: Desk;

beforeAll(async () => {
  await buildPages();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-fleet-'));
  [database, gateway] = await Promise.all([testDatabase(), startSmsGateway()]);
  await furnishDatabase(database);
  fleet = await openFleet(3, join(folder, 'log'), {
    ...{ DATABASE_URL: database.url, APP_DATABASE_URL: database.appUrl },
    ...{ KARKHANEH_DATA: folder, SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_TOKEN: gateway.token },
  });
  desk = await signInDesk(at(0));
}, 300_000);
afterAll(async () => {
  await fleet.stop();
  await gateway.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

const at = (server: number): string => fleet.bases[server % 3] ?? '';
let turn = 0;
/** Asks one server after the other. */
function ask(url: string, cookie: string, init: RequestInit = {}): Promise<Response> {
  turn += 1;
  const headers = { cookie, 'idempotency-key': randomUUID(), ...init.headers };
  return fetch(`${at(turn)}${url}`, { ...init, headers });
}
const json = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

test('a session opened at one is known to all, and over for all when it ends at one', async () => {
  const { officer } = await signInDesk(at(1));
  for (const base of fleet.bases) {
    expect((await fetch(`${base}/api/cases`, { headers: { cookie: officer } })).status).toBe(200);
  }
  const out = await fetch(`${at(2)}/api/session`, {
    method: 'DELETE',
    headers: { cookie: officer },
  });
  expect(out.status).toBe(200);
  for (const base of fleet.bases) {
    expect((await fetch(`${base}/api/cases`, { headers: { cookie: officer } })).status).toBe(401);
  }
});

test('the pieces of an upload may come to any of them, and the file is read from any', async () => {
  const code = await keepDocument((url, init) => ask(url, desk.expert, init));
  for (const base of fleet.bases) {
    const kept = await fetch(`${base}/api/documents/${code}`, {
      headers: { cookie: desk.expert },
    });
    expect(kept.status).toBe(200);
  }
});

test('three workers do each job once', async () => {
  const heard: Heard = { acknowledged: [], failures: [] };
  await Promise.all([0, 1, 2, 3, 4, 5].map((n) => oneCase(at(n), desk, heard)));
  for (;;) {
    const [row] = await rowsOf<{ n: number }>(
      database,
      'select count(*)::int as n from graphile_worker._private_jobs',
    );
    if (row?.n === 0) break;
    await sleep(100);
  }
  const outbox = await rowsOf<{ id: string }>(database, 'select id from sms_outbox');
  expect(new Set(gateway.sent.keys())).toEqual(new Set(outbox.map(({ id }) => id)));
  expect(outbox.length).toBeGreaterThan(5);
  expect(gateway.repeats()).toBe(0);
});

test('they are restarted one after the other, and nobody who works or looks notices, though each asks once', async () => {
  const proxy = await openProxy(fleet.bases);
  const heard: Heard = { acknowledged: [], failures: [] };
  const wrong: string[] = [];
  let over = false;
  const working = [0, 1].map(async () => {
    while (!over) await oneCase(proxy.base, desk, heard, onlyOnce);
  });
  const looking = [0, 1].map(() => lookAround(proxy.base, desk.officer, () => over, wrong));
  const all = Promise.all([...working, ...looking]);
  const restarted = (async () => {
    for (const server of [0, 1, 2]) await fleet.restart(server);
    over = true;
  })();
  await Promise.all([all, restarted]);
  await proxy.close();
  expect([wrong, heard.failures]).toEqual([[], []]);
  expect(heard.acknowledged.length).toBeGreaterThan(10);
  expect(Math.min(...(await Promise.all(looking)))).toBeGreaterThan(20);
  await expectEachOnce(database, heard);
  expect(await readFile(join(folder, 'log'), 'utf8')).not.toMatch(/uncaught|unhandled/i);
}, 600_000);

test('a setting that is changed at one is soon the same at the others', async () => {
  const tries = () => Promise.all(fleet.bases.map(webhookTries));
  expect(await tries()).toEqual([12, 12, 12]);
  await database.pools.migrator.query(`
    update settings set value = '77' where key = 'financing.webhook_tries';
    update reference_versions set version = version + 1 where id = 1`);
  const began = performance.now();
  while ((await tries()).some((one) => one !== 77)) await sleep(50);
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('who tries to sign in at each of them in turn is counted by all of them together', async () => {
  const tried = await Promise.all(
    Array.from({ length: 45 }, (_, n) =>
      fetch(
        `${at(n)}/api/session`,
        json('POST', { username: `nobody-${n}`, password: 'x'.repeat(12) }),
      ),
    ),
  );
  const statuses = tried.map(({ status }) => status);
  expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(30);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(15);
});
