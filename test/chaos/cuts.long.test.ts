import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { putToWork } from '../cluster/desks.ts';
import { untilIdle } from '../cluster/idle.ts';
import { type TestDatabase, testDatabase } from '../database.ts';
import { buildPages } from '../e2e/pages.ts';
import { type Heard, lookAround, signInDesk } from './clerks.ts';
import { openWire, type Wire } from './cuts.ts';
import { throwDice } from './dice.ts';
import { type Fleet, openFleet } from './fleet.ts';
import { furnishDatabase } from './furnish.ts';
import { expectEachOnce } from './kept.ts';

// Connections to the database break in the middle of anything, hundreds of times; the server is never gone.

let database: TestDatabase;
let wire: Wire;
let fleet: Fleet;
let folder: string;

beforeAll(async () => {
  await buildPages();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-cuts-'));
  database = await testDatabase();
  await furnishDatabase(database);
  const { url, appUrl } = database;
  const [, socket = ''] = /[?&]host=([^&]+)/.exec(url) ?? [];
  wire = await openWire(`${decodeURIComponent(socket)}/.s.PGSQL.5432`);
  const through = (address: string) =>
    address.replace(/@\/([^?]*).*/, `@127.0.0.1:${wire.port}/$1`);
  const addresses = { DATABASE_URL: through(url), APP_DATABASE_URL: through(appUrl) };
  fleet = await openFleet(1, join(folder, 'log'), { ...addresses, KARKHANEH_DATA: folder });
}, 300_000);
afterAll(async () => {
  await fleet.stop();
  await wire.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

const forMs = Number(process.env.KARKHANEH_CUTS_SECONDS ?? 45) * 1000;

test('connections that break in the middle of anything lose no act, double none and end no server', async () => {
  const said = () => readFile(join(folder, 'log'), 'utf8');
  onTestFailed(async () => void process.stderr.write((await said()).slice(-4_000)));
  const { seed, dice } = throwDice();
  const [base = ''] = fleet.bases;
  const desk = await signInDesk(base);
  const heard: Heard = { acknowledged: [], failures: [] };
  const until = performance.now() + forMs;
  const stopWork = putToWork(base, desk, heard, 6);
  const wrong: string[] = [];
  const looking = lookAround(base, desk.expert, () => performance.now() > until, wrong);
  const stopCuts = wire.cut(dice);
  await sleep(forMs);
  const cuts = await stopCuts();
  await stopWork();
  await looking;
  process.stderr.write(`cuts: ${cuts} (seed ${seed}), ${heard.acknowledged.length} acts\n`);
  expect(heard.failures).toEqual([]);
  expect(wrong.filter((one) => !one.endsWith(': 503'))).toEqual([]);
  await expectEachOnce(database, heard);
  await untilIdle(database);
  expect(await said()).not.toMatch(/uncaught|unhandled/i);
}, 600_000);
