import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/platform/database.ts';
import { type BankServer, startBankServer } from '../bank-server.ts';
import { type RegistryServer, startRegistryServer } from '../civil-registry-server.ts';
import { buildPages } from '../e2e/pages.ts';
import { type EmbeddedFolder, embeddedFolder } from '../embedded-folder.ts';
import { citizen, type Desk, type Heard, introduce, oneCase, signInDesk } from './clerks.ts';
import { throwDice } from './dice.ts';
import { expectKept, type Sent, sendDocument } from './documents.ts';
import { furnish, openHouse } from './furnish.ts';
import { expectEachOnce, rowsOf } from './kept.ts';
import { type Machine, openMachine, type Victim } from './machine.ts';
import { type SmsGateway, startSmsGateway } from './sms-gateway.ts';

// Everything dies at random moments, twenty times, while people work: what they were told is done is done once.

const deaths = 20;
const desks = 4;

let folder: EmbeddedFolder;
let machine: Machine;
let gateway: SmsGateway;
let registry: RegistryServer;
let bank: BankServer;
let logs: string;

beforeAll(async () => {
  await buildPages();
  logs = await mkdtemp(join(tmpdir(), 'karkhaneh-chaos-'));
  folder = await embeddedFolder('created');
  [gateway, registry, bank] = await Promise.all([
    startSmsGateway(),
    startRegistryServer(),
    startBankServer(3_000),
  ]);
  await furnish(folder.path, bank);
  await stayIn();
  machine = await openMachine(folder.path, join(logs, 'log'), {
    ...{ SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_TOKEN: gateway.token },
    ...{ CIVIL_REGISTRY_URL: registry.url, CIVIL_REGISTRY_TOKEN: registry.token },
  });
}, 300_000);

afterAll(async () => {
  await machine.stop();
  await Promise.all([gateway.close(), registry.close(), bank.close()]);
  await folder[Symbol.asyncDispose]();
  await rm(logs, { recursive: true, force: true });
}, 120_000);

/** Clocks jump by hours here, and nobody is sent home for having sat there so long: `activity.test.ts` tries that. */
async function stayIn(): Promise<void> {
  const database = await openHouse(folder.path);
  const key = 'accounts.idle_minutes';
  const row = { id: `${key}:4:2009-03-21`, key, province_id: 4, from_on: '2009-03-21' };
  await database.migratorTransaction((tx) =>
    tx
      .insertInto('settings')
      .values({ ...row, value: '1440', unit: 'minutes', assumed: [] })
      .execute(),
  );
  await database.close();
}

const { seed, dice } = throwDice();
const victims: readonly Victim[] = ['server', 'worker', 'postgres'];
const hour = 3_600_000;
const jumps = [0, 3 * hour, -2 * hour, 8 * hour, -30_000];

/** Twenty deaths at random moments; the world outside is slow, dead or rude meanwhile, and clocks jump. */
async function havoc({ acknowledged }: Heard): Promise<Record<Victim, number>> {
  const died = { server: 0, worker: 0, postgres: 0 };
  for (let death = 0; death < deaths; death += 1) {
    gateway.moods.push(dice.pick(['error', 'slow', 'silent', 'hangs_up', 'well']));
    registry.moods.push(dice.pick(['error', 'silent', 'hangs_up', 'nonsense', 'well']));
    bank.moods.push(dice.pick(['error', 'slow', 'silent', 'hangs_up', 'well']));
    if (death % 4 === 3) machine.jump(dice.pick(jumps));
    // Work goes on between two deaths, however slow the machine; then it may be any moment.
    const before = acknowledged.length;
    while (acknowledged.length < before + 4) await sleep(20);
    await sleep(dice.next() * 1000);
    // Each dies as often as chance has it, and at least twice.
    const victim = death < 6 ? (victims[death % 3] as Victim) : dice.pick(victims);
    await machine.kill(victim);
    died[victim] += 1;
  }
  machine.jump(0);
  return died;
}

const messageTo = (mobile: string) =>
  [...gateway.sent.values()].findLast(({ to }) => to === mobile)?.text;

/** People work until they are told to go home; each ends what they have in hand. */
async function work(
  who: Desk,
  until: () => boolean,
  heard: Heard,
  documents: Sent[],
): Promise<void> {
  const desk = async () => {
    while (!until()) await oneCase(machine.base, who, heard);
  };
  const counter = async () => {
    for (let n = 0; n < 8; n += 1) {
      const one = citizen(n);
      registry.people.set(one.person.nationalId, one.person);
      await introduce(machine.base, one, messageTo, heard);
    }
  };
  const archive = async () => {
    while (!until()) documents.push(await sendDocument(machine.base, who.expert, heard));
  };
  await Promise.all([...Array.from({ length: desks }, desk), counter(), archive()]);
}

/** Waits until every job is through; what waits for another try is tried now. */
async function untilIdle(database: Database): Promise<void> {
  for (const { moods } of [gateway, registry, bank]) moods.length = 0;
  // Whom the registry gave no answer is asked about again by the clock, every ten minutes.
  await database.pools.migrator.query(
    "select graphile_worker.add_job('accounts.confirmIdentities', '{}')",
  );
  for (;;) {
    const { rows } = await database.pools.migrator.query(
      'select count(*)::int as n from graphile_worker._private_jobs',
    );
    if (rows[0].n === 0) return;
    await database.pools.migrator.query(
      'update graphile_worker._private_jobs set run_at = now() where locked_at is null',
    );
    await sleep(500);
  }
}

test('what was acknowledged is there exactly once, every job was done, and check finds nothing', async () => {
  process.stderr.write(`chaos: KARKHANEH_SEED=${seed} throws the same dice again\n`);
  await machine.start();
  const heard: Heard = { acknowledged: [], failures: [] };
  let over = false;
  const who = await signInDesk(machine.base);
  const documents: Sent[] = [];
  const working = work(who, () => over, heard, documents);
  // Who stops working before that has met something that may not be.
  const stopped = working.then(() => new Promise<never>(() => {}));
  const died = await Promise.race([havoc(heard), stopped]);
  over = true;
  await working;
  await machine.settle();

  const database = await openHouse(folder.path);
  try {
    await untilIdle(database);
    expect(heard.failures).toEqual([]);
    await expectEachOnce(database, heard);
    await expectJobsDone(database);
    await expectKept(machine.base, who.expert, documents);
    expect(documents.length).toBeGreaterThan(2);
    const done = heard.acknowledged.filter(({ status }) => status < 300).length;
    expect(done).toBeGreaterThan(40);
    expect(Math.min(...Object.values(died))).toBeGreaterThan(1);
    process.stderr.write(
      `chaos: ${JSON.stringify(died)}, ${done} acts done and once, ${gateway.sent.size} messages, ${gateway.repeats()} handed over again\n`,
    );
  } finally {
    await database.close();
  }
  const checked = await machine.command('check', '--json');
  expect(JSON.parse(checked.text)).toMatchObject({ differences: 0 });
  const log = await readFile(join(logs, 'log'), 'utf8');
  expect(log).not.toMatch(/uncaught|unhandled|a request failed/i);
}, 600_000);

async function expectJobsDone(database: Database): Promise<void> {
  const outbox = await rowsOf<{ id: string; sent_at: Date | null }>(
    database,
    'select id, sent_at from sms_outbox',
  );
  expect(outbox.filter(({ sent_at }) => sent_at === null)).toEqual([]);
  expect(new Set(gateway.sent.keys())).toEqual(new Set(outbox.map(({ id }) => id)));
  const grants = await rowsOf(database, "select 1 from history where verb = 'permits.grant'");
  const told = [...gateway.sent.values()].filter(({ to }) => to.startsWith('0914'));
  expect(told.length).toBeGreaterThanOrEqual(grants.length);
  const events = await rowsOf<{ id: string; delivered_at: Date | null }>(
    database,
    'select id, delivered_at from bank_events',
  );
  const referred = await rowsOf(database, "select 1 from history where verb = 'financing.refer'");
  expect(events).toHaveLength(referred.length);
  expect(events.filter(({ delivered_at }) => delivered_at === null)).toEqual([]);
  const heardByBank = new Set(bank.received.map(({ id }) => id));
  expect(heardByBank.size).toBe(events.length);
  const checks = await rowsOf(database, "select 1 from identity_checks where state <> 'confirmed'");
  expect(checks).toEqual([]);
}
