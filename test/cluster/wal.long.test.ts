import { readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openFiles } from '../../src/platform/files.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Heard, signInDesk } from '../chaos/clerks.ts';
import { type Fleet, openFleet } from '../chaos/fleet.ts';
import { furnishDatabase } from '../chaos/furnish.ts';
import { expectEachOnce, rowsOf } from '../chaos/kept.ts';
import { buildPages } from '../e2e/pages.ts';
import { type Archiving, openArchiving, type Systemctl } from './archiving.ts';
import { runProduct } from './check.ts';
import { keepDocuments, putToWork } from './desks.ts';
import { untilIdle } from './idle.ts';
import { findArchiving } from './programs.ts';
import type { Server } from './server.ts';

// The runbook's chapter «Backup by the write-ahead log», line by line while people work: the database is killed and
// its disk emptied, and it comes back to the end of what was kept, and to the moment of the files' copy.

const programs = findArchiving();
const say = (line: string) => void process.stderr.write(`wal: ${line}\n`);

let folder: string;
let archiving: Archiving | undefined;
let fleet: Fleet | undefined;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-wal-'));
  if ('missing' in programs) return;
  await buildPages();
  // PostgreSQL's user passes through it.
  await chmod(folder, 0o755);
  archiving = await openArchiving(folder, programs.postgres, systemctl);
  env = { DATABASE_URL: archiving.server.url, KARKHANEH_DATA: archiving.house };
  await withOwner(async (database) => {
    await migrate(database);
    await loadReference(database);
    await furnishDatabase(database);
  });
  await startProduct();
}, 300_000);

afterAll(async () => {
  await fleet?.stop();
  await archiving?.server.stop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

async function startProduct(): Promise<void> {
  fleet = await openFleet(1, join(folder, 'product.log'), env);
}

/** What systemd would do; a database that was killed is stopped already. */
function systemctl(server: Server): Systemctl {
  return async (verb, services) => {
    const [product, postgres] = ['karkhaneh', 'postgresql'].map((one) => services.includes(one));
    if (verb !== 'start') {
      if (product) await fleet?.stop();
      if (postgres) await server.stop();
    }
    if (verb !== 'stop') {
      if (postgres) await server.start();
      if (product) await startProduct();
    }
  };
}

async function withOwner<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ url: env.DATABASE_URL ?? '' });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** The figures by agency and by county, as known at a moment. */
async function figuresAt(moment: string): Promise<unknown[]> {
  const period = ['--province', '04', '--from', '1400-01-01', '--to', '1410-12-29'];
  const ask = ['figures', ...period, '--as-of', moment, '--json'];
  const answers = [];
  for (const by of ['agency', 'county']) {
    answers.push(JSON.parse(await runProduct(env, ...ask, '--by', by)));
  }
  return answers;
}

type Kept = {
  /** How many acts were acknowledged before the files' copy began, and before the log was switched. */
  readonly atCopy: number;
  readonly atSwitch: number;
  readonly moment: string;
  readonly figures: unknown[];
  /** A file that was deleted between two copies. */
  readonly deleted: string;
};

/** A full copy, a nightly one, two of the files and the end of the log, all while desks work. */
async function workAndKeep(it: Archiving, heard: Heard): Promise<Kept> {
  const [install = [], begin = []] = it.blocks;
  const base = () => fleet?.bases[0] ?? '';
  await it.run(install);
  const desk = await signInDesk(base());
  const stopWork = putToWork(base(), desk, heard, 3);
  await it.run(begin);
  const stopFiles = keepDocuments(base(), desk.expert);
  await sleep(2000);
  const files = await openFiles({ dataFolder: it.house, s3: undefined });
  const deleted = await files.put(Buffer.from('deleted'));
  await it.copyFiles();
  await files.delete(deleted);
  const atCopy = heard.acknowledged.length;
  // The copy's moment is a whole second.
  await sleep(1100);
  await it.copyFiles();
  await it.run([it.nightly]);
  await sleep(2000);
  say(`${(await stopFiles()).length} documents kept`);
  await stopWork();
  await withOwner(untilIdle);
  const moment = new Date().toISOString();
  const figures = await figuresAt(moment);
  const atSwitch = heard.acknowledged.length;
  await it.server.ask('checkpoint');
  await it.switchLog();
  const stopLate = putToWork(base(), desk, heard, 3);
  await sleep(1000);
  await stopLate();
  await it.server.kill();
  return { atCopy, atSwitch, moment, figures, deleted };
}

/** Restores what was kept until the log was switched: all of it is there, once, with its figures. */
async function restoreToTheEnd(it: Archiving, heard: Heard, kept: Kept): Promise<void> {
  const began = performance.now();
  await it.run(it.blocks[2] ?? []);
  say(`to the end: ${Math.round(performance.now() - began)} ms, a check and a full copy included`);
  const acknowledged = heard.acknowledged.slice(0, kept.atSwitch);
  await withOwner((database) => expectEachOnce(database, { acknowledged, failures: [] }));
  expect(await figuresAt(kept.moment)).toEqual(kept.figures);
  say(`${acknowledged.length} acts acknowledged, each there once, every figure equal`);
}

/** Loses the files as well, and restores the moment of their copy: no row points at a file that is not there. */
async function restoreToTheCopy(it: Archiving, heard: Heard, kept: Kept): Promise<void> {
  rmSync(join(it.house, 'files'), { recursive: true });
  await it.server.kill();
  await it.run(it.blocks[3] ?? []);
  const acknowledged = heard.acknowledged.slice(0, kept.atCopy);
  const files = await openFiles({ dataFolder: it.house, s3: undefined });
  await withOwner(async (database) => {
    await expectEachOnce(database, { acknowledged, failures: [] });
    const last = heard.acknowledged[kept.atSwitch - 1]?.opId;
    expect(await rowsOf(database, `select 1 from operations where op_id = '${last}'`)).toEqual([]);
    const rows = await rowsOf<{ key: string }>(
      database,
      'select file_key as key from documents where file_key is not null',
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { key } of rows) expect((await files.getBytes(key)).length).toBeGreaterThan(0);
    say(`to the copy of the files: ${acknowledged.length} acts, ${rows.length} rows with a file`);
  });
  expect(Buffer.from(await files.getBytes(kept.deleted)).toString()).toBe('deleted');
}

test('killed and emptied under the eyes of people who work, the database comes back from its log', async () => {
  if ('missing' in programs || !archiving) {
    say(`not run: this machine has no ${'missing' in programs ? programs.missing.join(' ') : ''}`);
    return;
  }
  expect(archiving.blocks.map((lines) => lines.length)).toEqual([2, 4, 6, 9]);
  const heard: Heard = { acknowledged: [], failures: [] };
  const kept = await workAndKeep(archiving, heard);
  expect(heard.failures).toEqual([]);
  // As openssl marks what it has sealed.
  const catalogue = join(folder, 'backup/pgbackrest/backup/karkhaneh/backup.info');
  expect(readFileSync(catalogue, 'latin1').slice(0, 8)).toBe('Salted__');
  expect(kept.atCopy).toBeGreaterThan(0);
  expect(kept.atSwitch).toBeGreaterThan(kept.atCopy);
  expect(heard.acknowledged.length).toBeGreaterThan(kept.atSwitch);
  await restoreToTheEnd(archiving, heard, kept);
  await restoreToTheCopy(archiving, heard, kept);
  const said = readFileSync(join(folder, 'product.log'), 'utf8');
  expect(said).not.toMatch(/uncaught|unhandled/i);
}, 900_000);
