import { mkdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Heard, signInDesk } from '../chaos/clerks.ts';
import { type Fleet, openFleet } from '../chaos/fleet.ts';
import { furnishDatabase } from '../chaos/furnish.ts';
import { expectEachOnce } from '../chaos/kept.ts';
import { buildPages } from '../e2e/pages.ts';
import { runProduct } from './check.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { putToWork } from './desks.ts';
import { untilIdle } from './idle.ts';
import { findPrograms } from './programs.ts';
import { watch } from './watch.ts';

// PostgreSQL as docs/runbook.md has it on three machines, here on the loopback: the leader dies, and then its
// whole machine, while people work. Nothing that was acknowledged is lost, and the product goes on by itself.

const programs = findPrograms();
const say = (line: string) => void process.stderr.write(`cluster: ${line}\n`);

let folder: string;
let cluster: Cluster | undefined;
let fleet: Fleet | undefined;
let house: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-cluster-'));
  if ('missing' in programs) return;
  await buildPages();
  cluster = await openCluster(folder, programs);
  const database = await openDatabase({ url: cluster.url });
  await migrate(database);
  await loadReference(database);
  await furnishDatabase(database);
  await database.close();
  const data = join(folder, 'house');
  mkdirSync(data);
  house = { DATABASE_URL: cluster.url, KARKHANEH_DATA: data };
  fleet = await openFleet(1, join(folder, 'product.log'), house);
}, 300_000);

afterAll(async () => {
  await fleet?.stop();
  await cluster?.stop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

/** Nothing failed, everything acknowledged is there once, and no job is left. */
async function expectNothingLost(url: string, heard: Heard): Promise<void> {
  expect(heard.failures).toEqual([]);
  const database = await openDatabase({ url });
  try {
    await expectEachOnce(database, heard);
    await untilIdle(database);
  } finally {
    await database.close();
  }
  say(`${heard.acknowledged.length} acts acknowledged, each there once`);
}

test('the leader and its machine die under load: nothing acknowledged is lost, and work goes on', async () => {
  if ('missing' in programs || !cluster || !fleet) {
    say(`not run: this machine has no ${'missing' in programs ? programs.missing.join(' ') : ''}`);
    return;
  }
  const { story } = cluster;
  onTestFailed(async () => say(await story()));
  const [base = ''] = fleet.bases;
  const desk = await signInDesk(base);
  const heard: Heard = { acknowledged: [], failures: [] };
  const stopWork = putToWork(base, desk, heard, 4);
  const watching = watch(base, heard);
  let bring = async () => {};
  const deaths = [
    ['a planned change', cluster.switchOver],
    ['the postmaster killed', cluster.killPostmaster],
    ['the whole machine killed', async () => (bring = (await cluster?.killNode()) ?? bring)],
  ] as const;
  for (const [name, die] of deaths) {
    await cluster.healthy();
    await sleep(2000);
    const { outageMs, refusedMs } = await watching.outageOf(die);
    say(`${name}: ${outageMs} ms until the next write was acknowledged, ${refusedMs} ms not ready`);
    await bring();
  }
  await stopWork();
  watching.stop();
  await expectNothingLost(cluster.url, heard);
  const checked = await runProduct(house, 'check', '--json');
  expect(JSON.parse(checked)).toMatchObject({ differences: 0 });
  expect(watching.sawNotReady()).toBe(true);
  expect(readFileSync(join(folder, 'product.log'), 'utf8')).not.toMatch(/uncaught|unhandled/i);
}, 900_000);
