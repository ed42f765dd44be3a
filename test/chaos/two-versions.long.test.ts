import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryFolder } from '../../src/platform/config.ts';
import { emptyDatabase, type TestDatabase } from '../database.ts';
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
import { type Fleet, openFleet, openProxy } from './fleet.ts';
import { furnishDatabase } from './furnish.ts';
import { doubledIn, expectEachOnce, rowsOf } from './kept.ts';
import { layOutNewer, layOutOlder } from './trees.ts';

// A province's year that an older version has told is upgraded, on the spot and by way of a backup; then the present
// version and the next one work on it side by side.

let folder: string;
let older: string;
let newer: string;
let database: TestDatabase;
let restored: TestDatabase;

const added = {
  file: '9001_come_later.sql',
  sql: `-- expand
alter table cases add column came_later boolean not null default true;
create table later_notes (province_id integer not null, id uuid not null, primary key (province_id, id));
`,
};

beforeAll(async () => {
  await buildPages();
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-versions-'));
  [older, newer] = [join(folder, 'older'), join(folder, 'newer')];
  [database, restored] = await Promise.all([emptyDatabase(), emptyDatabase()]);
  await layOutOlder(older);
}, 300_000);
afterAll(async () => {
  await Promise.all([database?.close(), restored?.close()]);
  await rm(folder, { recursive: true, force: true });
});

const environment = (on: TestDatabase) => ({
  ...{ DATABASE_URL: on.url, APP_DATABASE_URL: on.appUrl, KARKHANEH_DATA: folder },
  LOG_LEVEL: 'warn',
});

/** Runs a command of a version to its end. @returns its one document @throws Error with what it said */
// biome-ignore lint/suspicious/noExplicitAny: documents of any shape.
async function say(root: string, on: TestDatabase, ...words: string[]): Promise<any> {
  const { stdout } = await promisify(execFile)(join(root, 'bin/karkhaneh'), [...words, '--json'], {
    env: { ...process.env, ...environment(on) },
    maxBuffer: 2 ** 26,
  });
  return JSON.parse(stdout);
}

const period = ['--province', '04', '--from', '1400-01-01', '--to', '1401-03-31'];
const asOf = ['--as-of', '2022-06-22T00:00:00Z'];
const figures = (root: string, on: TestDatabase, by: string) =>
  say(root, on, 'figures', ...period, ...asOf, '--by', by);

test('what an older version has written is upgraded on the spot and from its backup, to the last figure', async () => {
  expect(await say(older, database, 'demo')).toMatchObject({ loaded: true });
  const before = await figures(older, database, 'county');
  expect(JSON.stringify(before)).toMatch(/[1-9]\d{2}/);
  const [key, backup] = [join(folder, 'key'), join(folder, 'older.backup')];
  const { recipient } = await say(older, database, 'backup', key, '--new-key');
  const made = await say(older, database, 'backup', backup, '--recipient', recipient);

  const { ran } = await say(repositoryFolder, database, 'migrate');
  expect(ran.length).toBeGreaterThan(5);
  expect(await figures(repositoryFolder, database, 'county')).toEqual(before);
  expect(await say(repositoryFolder, database, 'check')).toMatchObject({ differences: 0 });

  const put = await say(repositoryFolder, restored, 'restore', backup, '--key-file', key);
  expect(put).toMatchObject({ rows: made.rows, differences: 0 });
  expect(await figures(repositoryFolder, restored, 'county')).toEqual(before);
}, 1_200_000);

test('the present version and the next work on one database, and are changed one after the other, without a refusal', async () => {
  await furnishDatabase(database);
  await layOutNewer(newer, added, 77);
  const before = await doubledIn(database);
  const fleet = await openFleet(3, join(folder, 'log'), environment(database));
  const proxy = await openProxy(fleet.bases);
  const heard: Heard = { acknowledged: [], failures: [] };
  try {
    const wrong: string[] = [];
    const desk = await signInDesk(proxy.base);
    await whileWorking(proxy.base, desk, heard, wrong, () => changeOver(fleet, desk, heard));
    expect([wrong, heard.failures]).toEqual([[], []]);
  } finally {
    await proxy.close();
    await fleet.stop();
  }
  expect(heard.acknowledged.length).toBeGreaterThan(20);
  await expectEachOnce(database, heard, before);
  expect(await rowsOf(database, 'select id from cases where not came_later')).toEqual([]);
  for (const root of [repositoryFolder, newer]) {
    expect(await say(root, database, 'check')).toMatchObject({ differences: 0 });
  }
  expect(await readFile(join(folder, 'log'), 'utf8')).not.toMatch(/uncaught|unhandled/i);
}, 900_000);

/** Two desks work and two people look, each asking once, until `change` is through. */
async function whileWorking(
  base: string,
  desk: Desk,
  heard: Heard,
  wrong: string[],
  change: () => Promise<void>,
): Promise<void> {
  let over = false;
  const work = async () => {
    while (!over) await oneCase(base, desk, heard, onlyOnce);
  };
  const look = () => lookAround(base, desk.officer, () => over, wrong);
  const changing = change().finally(() => {
    over = true;
  });
  await Promise.all([work(), work(), look(), look(), changing]);
}

/** One server becomes the next version; the others stay, and one of them is started again; then they follow. */
async function changeOver(fleet: Fleet, desk: Desk, heard: Heard): Promise<void> {
  await fleet.restart(0, newer);
  expect(await rowsOf(database, "select from pg_class where relname = 'later_notes'")).toHaveLength(
    1,
  );
  // The next version's setting has reached those that still run the present one.
  const began = performance.now();
  while ((await Promise.all(fleet.bases.map(webhookTries))).some((one) => one !== 77)) {
    expect(performance.now() - began).toBeLessThan(10_000);
    await sleep(100);
  }
  await fleet.restart(1);
  // The one that started late has not put its own older setting back.
  expect(await webhookTries(fleet.bases[1] ?? '')).toBe(77);
  for (const base of fleet.bases) await oneCase(base, desk, heard, onlyOnce);
  await fleet.restart(1, newer);
  await fleet.restart(2, newer);
}

test('a version that is too old for a database says so, and the one that is not goes on', async () => {
  await database.pools.migrator.query(
    "insert into schema_migrations (name, checksum, runs_from) values ('9002_take_away', '', '9001')",
  );
  const refused = await say(repositoryFolder, database, 'check').catch((error) => error);
  expect(refused).toMatchObject({ code: 1 });
  expect(String(refused.stderr)).toContain('9002_take_away.sql has run on this database');
  expect(await say(newer, database, 'migrate')).toMatchObject({ ran: [] });
});
