import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWebIfStale } from '../../scripts/build-web.ts';
import { insertAccount } from '../../src/accounts/index.ts';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { hashSecret } from '../../src/accounts/password.ts';
import { keepWebhook } from '../../src/financing/bank-api/webhooks.ts';
import { decodeCode } from '../../src/kit/code.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { provinceContext, type Role } from '../../src/platform/policy.ts';
import { type BankServer, startBankServer } from '../bank-server.ts';
import { type RegistryServer, startRegistryServer } from '../civil-registry-server.ts';
import { type EmbeddedFolder, embeddedFolder } from '../embedded-folder.ts';
import { citizen, type Heard, introduce, oneCase, signIn } from './clerks.ts';
import { type Machine, openMachine, type Victim } from './machine.ts';
import { type SmsGateway, startSmsGateway } from './sms-gateway.ts';

// Everything dies at random moments, twenty times, while people work: what they were told is done is done once.

const password = 'a password of chaos';
const deaths = 20;
const desks = 4;

let folder: EmbeddedFolder;
let machine: Machine;
let gateway: SmsGateway;
let registry: RegistryServer;
let bank: BankServer;
let logs: string;

beforeAll(async () => {
  await buildWebIfStale();
  logs = await mkdtemp(join(tmpdir(), 'karkhaneh-chaos-'));
  folder = await embeddedFolder('created');
  [gateway, registry, bank] = await Promise.all([
    startSmsGateway(),
    startRegistryServer(),
    startBankServer(),
  ]);
  await furnish();
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

const inProvince = provinceContext(4);
const open = () =>
  openDatabase({ dataFolder: folder.path, databaseUrl: undefined, appDatabaseUrl: undefined });

/** The tables, the people at their desks, and a bank that wants to be told. */
async function furnish(): Promise<void> {
  const database = await open();
  const passwordHash = await hashSecret(password);
  await migrate(database);
  await loadReference(database);
  const now = new Date();
  await database.transaction(inProvince, async (tx) => {
    const account = (username: string, role: Role, organisationId: string) => {
      const names = { nameFa: username, nameEn: username, personId: null, demonstration: true };
      const whole = { provinceId: 4, username, passwordHash, role, organisationId, ...names };
      return insertAccount(tx, whole, now);
    };
    await account('expert', 'expert', 'SMT');
    const accountId = await account('officer', 'officer', 'DIRECTORATE');
    const act = { provinceId: 4, actorId: null, organisationId: null, now, today: '2026-01-01' };
    const webhook = { bankId: 'MELLAT', accountId, url: bank.url, secret: bank.secret };
    await keepWebhook(tx, { ...act, opId: randomUUID() }, webhook);
  });
  await database.close();
}

const oneOf = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const victims: readonly Victim[] = ['server', 'worker', 'postgres'];
const hour = 3_600_000;
const jumps = [0, 3 * hour, -2 * hour, 8 * hour, -30_000];

/** Twenty deaths at random moments; the world outside is slow, dead or rude meanwhile, and clocks jump. */
async function havoc(): Promise<Record<Victim, number>> {
  const died = { server: 0, worker: 0, postgres: 0 };
  for (let death = 0; death < deaths; death += 1) {
    gateway.moods.push(oneOf(['error', 'slow', 'hangs_up', 'well']));
    registry.moods.push(oneOf(['error', 'hangs_up', 'nonsense', 'well']));
    bank.moods.push(oneOf(['error', 'slow', 'hangs_up', 'well']));
    if (death % 4 === 3) machine.jump(oneOf(jumps));
    await sleep(300 + Math.random() * 1500);
    // Each dies as often as chance has it, and at least twice.
    const victim = death < 6 ? (victims[death % 3] as Victim) : oneOf(victims);
    await machine.kill(victim);
    died[victim] += 1;
  }
  machine.jump(0);
  return died;
}

const messageTo = (mobile: string) =>
  [...gateway.sent.values()].findLast(({ to }) => to === mobile)?.text;

/** People work until they are told to go home; each ends what they have in hand. */
async function work(until: () => boolean, heard: Heard): Promise<void> {
  const who = {
    expert: await signIn(machine.base, 'expert', password),
    officer: await signIn(machine.base, 'officer', password),
  };
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
  await Promise.all([...Array.from({ length: desks }, desk), counter()]);
}

/** Waits until every job is through; what waits for another try is tried now. */
async function untilIdle(database: Database): Promise<void> {
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

async function rowsOf<Row>(database: Database, text: string): Promise<Row[]> {
  return (await database.pools.migrator.query(text)).rows as Row[];
}

test('what was acknowledged is there exactly once, every job was done, and check finds nothing', async () => {
  await machine.start();
  const heard: Heard = { acknowledged: [], failures: [] };
  let over = false;
  const working = work(() => over, heard);
  const died = await havoc();
  over = true;
  await working;
  await machine.settle();

  const database = await open();
  try {
    await untilIdle(database);
    expect(heard.failures).toEqual([]);
    await expectEachOnce(database, heard);
    await expectJobsDone(database);
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

async function expectEachOnce(database: Database, { acknowledged }: Heard): Promise<void> {
  const kept = await rowsOf<{ op_id: string; status: number; answer: unknown }>(
    database,
    'select op_id, status, answer from operations',
  );
  const byKey = new Map(kept.map((row) => [row.op_id, row]));
  const lost: string[] = [];
  for (const { opId, url, status, body } of acknowledged) {
    if (status >= 300) continue;
    const row = byKey.get(opId);
    // A code is asked for without a key: its message is counted below.
    if (!row && url === '/api/session/code') continue;
    if (row?.status !== status || JSON.stringify(row.answer) === undefined)
      lost.push(`${url} ${opId}`);
    else expect(row.answer).toEqual(body);
  }
  expect(lost).toEqual([]);
  const doubled = await rowsOf(
    database,
    `select verb, op_id from history where sign = 1 group by verb, op_id, case_id having count(*) > 1
     union all select 'case', person_id from cases group by person_id having count(*) > 1
     union all select 'plan', case_id from plans group by case_id having count(*) > 1`,
  );
  expect(doubled).toEqual([]);
  const cases = new Set(
    (await rowsOf<{ id: string }>(database, 'select id from cases')).map((row) => row.id),
  );
  const submitted = acknowledged.filter(
    ({ url, status }) => url === '/api/permits' && status === 201,
  );
  expect(submitted.filter(({ body }) => !cases.has(decodeCode(body.code)?.id ?? ''))).toEqual([]);
}

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
