import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, expect, test, vi } from 'vitest';
import { drain } from '../src/platform/drain.ts';
import {
  isOverloaded,
  type Load,
  type LoadLimits,
  refuseOverload,
  usualLimits,
} from '../src/platform/overload.ts';
import { onServer } from './database.ts';
import { type Caller, type TestHouse, testHouse } from './house.ts';

const nothing: Load = { inFlight: 0, waiting: 0, reportsWaiting: 0, lagMs: 0 };

test.each([
  ['nothing to do', {}, false, false],
  ['as many requests as may be', { inFlight: usualLimits.inFlight }, false, false],
  ['one request more', { inFlight: usualLimits.inFlight + 1 }, false, true],
  ['a queue for the database', { waiting: usualLimits.waiting + 1 }, false, true],
  ['a late event loop', { lagMs: usualLimits.lagMs + 1 }, false, true],
  ['a queue of reports', { reportsWaiting: usualLimits.reportsWaiting + 1 }, false, false],
  ['a report behind it', { reportsWaiting: usualLimits.reportsWaiting + 1 }, true, true],
])('%s', (_name, load, isReport, refused) => {
  expect(isOverloaded({ ...nothing, ...load }, usualLimits, isReport)).toBe(refused);
});

let house: TestHouse | undefined;
afterEach(async () => {
  await house?.close();
  house = undefined;
});

/** A gate that requests wait at. */
function makeGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

/** A house with an address, `/held`, that answers when the gate opens. */
async function heldHouse(load: Partial<LoadLimits>) {
  const gate = makeGate();
  const extend = async (app: FastifyInstance) => {
    app.get('/held', async () => {
      await gate.opened;
      return { held: true };
    });
  };
  house = await testHouse(undefined, true, { extend, load: { ...usualLimits, ...load } });
  return { ...house, gate };
}

/** Asks without waiting for the answer, and lets the request reach its route. */
async function hold(app: FastifyInstance, url: string, headers = {}) {
  const answer = app.inject({ url, headers }).then((reply) => reply);
  await new Promise((resolve) => setImmediate(resolve));
  return { answer };
}

test('what is too much is refused in the asker’s language, with when to come back; then all is well', async () => {
  const { app, gate } = await heldHouse({ inFlight: 2 });
  const held = [await hold(app, '/held'), await hold(app, '/held')];
  const refused = await app.inject({ url: '/api/session', headers: { 'accept-language': 'en' } });
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['content-type']).toContain('application/problem+json');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused.json()).toMatchObject({ code: 'platform.busy', title: 'The system is busy.' });
  const persian = await app.inject({ url: '/api/session', headers: { 'accept-language': 'fa' } });
  expect(persian.json().title).toContain('شلوغ');
  const page = await app.inject({ url: '/p', headers: { accept: 'text/html' } });
  expect([page.statusCode, page.headers['content-type']]).toEqual([
    503,
    expect.stringMatching(/html/),
  ]);

  for (const url of ['/healthz', '/readyz', '/metrics']) {
    expect((await app.inject(url)).statusCode, url).toBe(200);
  }
  const out = await app.inject({ method: 'DELETE', url: '/api/session' });
  expect(out.statusCode).not.toBe(503);

  gate.open();
  for (const { answer } of held) expect((await answer).statusCode).toBe(200);
  expect((await app.inject('/api/session')).statusCode).not.toBe(503);
});

test('a late event loop refuses until it is on time again', async () => {
  let lag = 0;
  const bare = Fastify();
  const pools = { casework: { waitingCount: 0 }, reports: { waitingCount: 0 } } as never;
  refuseOverload(bare, pools, usualLimits, () => lag);
  bare.get('/', async () => 'here');
  const statusAt = async (ms: number) => {
    lag = ms;
    return (await bare.inject('/')).statusCode;
  };
  expect([await statusAt(0), await statusAt(5_000), await statusAt(3)]).toEqual([200, 500, 200]);
  await bare.close();
});

/** Takes every connection; who waits for one waits as long as the test does. */
async function takeAll(pool: TestHouse['database']['pools']['reports']) {
  pool.options.connectionTimeoutMillis = 0;
  const taken = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  return () => {
    for (const client of taken) client.release();
  };
}

/** Somebody stands in line for a connection. */
const untilWaiting = (pool: TestHouse['database']['pools']['reports']) =>
  vi.waitFor(() => expect(pool.waitingCount).toBe(1), { timeout: 60_000 });

async function officerOf({ signIn }: TestHouse): Promise<Caller> {
  return signIn({ role: 'officer', organisationId: 'DIRECTORATE' });
}

test('whoever would only lengthen the queue for the database is refused, who is in it is served', async () => {
  const { app, database } = await heldHouse({ waiting: 0 });
  const officer = await officerOf(house as TestHouse);
  const giveBack = await takeAll(database.pools.casework);
  const { answer } = await hold(app, '/api/cases', { cookie: officer.cookie });
  await untilWaiting(database.pools.casework);
  expect((await officer.get('/api/cases')).status).toBe(503);
  giveBack();
  expect((await answer).statusCode).toBe(200);
  expect((await officer.get('/api/cases')).status).toBe(200);
});

test('reports that do not end keep other reports waiting and no casework', async () => {
  const { app, database } = await heldHouse({ reportsWaiting: 0 });
  const officer = await officerOf(house as TestHouse);
  const giveBack = await takeAll(database.pools.reports);
  const report = '/api/figures?province=04&from=1400-01-01&to=1400-12-29';
  const { answer } = await hold(app, report, { cookie: officer.cookie });
  await untilWaiting(database.pools.reports);
  expect((await officer.get(report)).status).toBe(503);
  expect((await officer.get('/api/cases')).status).toBe(200);
  giveBack();
  expect((await answer).statusCode).toBe(200);
});

test('a database whose every connection breaks in the middle costs nobody the server', async () => {
  house = await testHouse();
  const officer = await officerOf(house);
  const { rows } = await house.database.pools.migrator.query('select current_database() as name');
  const cut = () =>
    onServer((client) =>
      client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
        rows[0].name,
      ]),
    );
  const asked = Array.from({ length: 40 }, () => officer.get('/api/cases'));
  const [answers] = await Promise.all([Promise.all(asked), cut(), cut()]);
  for (const { status } of answers) expect([200, 503]).toContain(status);
  expect((await officer.get('/api/cases')).status).toBe(200);
});

test('a server that is told to stop says so, answers what it was asked, and then is gone', async () => {
  const { app, gate } = await heldHouse({});
  await app.listen({ port: 0, host: '127.0.0.1' });
  const base = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
  const held = fetch(`${base}/held`);
  // The request has reached the server once another one that follows it is answered.
  expect((await fetch(`${base}/readyz`)).status).toBe(200);
  const gone = drain(app, 500);
  expect((await fetch(`${base}/readyz`)).status).toBe(503);
  const late = await fetch(`${base}/healthz`);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
  gate.open();
  expect(await (await held).json()).toEqual({ held: true });
  await gone;
  await expect(fetch(`${base}/healthz`)).rejects.toThrow();
});
