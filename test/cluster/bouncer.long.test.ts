import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.ts';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { type Heard, signInDesk } from '../chaos/clerks.ts';
import { type Fleet, openFleet } from '../chaos/fleet.ts';
import { furnishDatabase } from '../chaos/furnish.ts';
import { expectEachOnce } from '../chaos/kept.ts';
import { type SmsGateway, startSmsGateway } from '../chaos/sms-gateway.ts';
import { buildPages } from '../e2e/pages.ts';
import { fileOf, placed } from '../runbook.ts';
import { runProduct } from './check.ts';
import { keepDocuments, putToWork } from './desks.ts';
import { untilIdle } from './idle.ts';
import { passwords } from './node-files.ts';
import { findPooling } from './programs.ts';
import { launch, openServer, type Server } from './server.ts';

// The product and its worker reach PostgreSQL through pgBouncer alone, with the runbook's two files.

const programs = findPooling();
const say = (line: string) => void process.stderr.write(`bouncer: ${line}\n`);

let folder: string;
let server: Server | undefined;
let bouncer: ChildProcess | undefined;
let gateway: SmsGateway | undefined;
let fleet: Fleet | undefined;
let env: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'karkhaneh-bouncer-'));
  // PostgreSQL's user passes through it, and pgBouncer is run as the same.
  await chmod(folder, 0o755);
  if ('missing' in programs) return;
  await buildPages();
  server = await openServer(join(folder, 'server'), programs.postgres);
  gateway = await startSmsGateway();
  const house = join(folder, 'house');
  mkdirSync(house);
  env = {
    ...{ DATABASE_URL: await openBouncer(server, programs.pgbouncer), KARKHANEH_DATA: house },
    ...{ SMS_GATEWAY_URL: gateway.url, SMS_GATEWAY_TOKEN: gateway.token },
  };
}, 300_000);

afterAll(async () => {
  await fleet?.stop();
  await gateway?.close();
  if (bouncer && bouncer.exitCode === null) {
    bouncer.kill('SIGTERM');
    await once(bouncer, 'exit');
  }
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}, 120_000);

/** Starts it before the server. @returns the database's address through it */
async function openBouncer({ port }: Server, program: string): Promise<string> {
  const own = await freePort();
  const users = join(folder, 'userlist.txt');
  const config = join(folder, 'pgbouncer.ini');
  const places = {
    'host=10.0.0.21 port=5432': `host=127.0.0.1 port=${port}`,
    'listen_port = 6432': `listen_port = ${own}`,
    '/etc/pgbouncer/userlist.txt': users,
  };
  writeFileSync(config, placed(fileOf('/etc/pgbouncer/pgbouncer.ini'), places));
  const password = { '…': passwords.karkhaneh };
  writeFileSync(users, placed(fileOf('/etc/pgbouncer/userlist.txt'), password));
  bouncer = launch(join(folder, 'server'), [program, config]);
  const url = `postgresql://karkhaneh:${passwords.karkhaneh}@127.0.0.1:${own}/karkhaneh`;
  for (let tries = 0; tries < 100; tries += 1) {
    const database = await openDatabase({ url });
    const answered = await database.pools.migrator.query('select 1').catch(() => undefined);
    await database.close();
    if (answered) return url;
    await sleep(100);
  }
  throw new Error(readFileSync(join(folder, 'server/pgbouncer.log'), 'utf8'));
}

test('migrations, acts, uploads and jobs go through pgBouncer in session mode', async () => {
  if ('missing' in programs || !server) {
    say(`not run: this machine has no ${'missing' in programs ? programs.missing.join(' ') : ''}`);
    return;
  }
  await runProduct(env, 'migrate');
  const database = await openDatabase({ url: env.DATABASE_URL ?? '' });
  try {
    await loadReference(database);
    await furnishDatabase(database);
    fleet = await openFleet(2, join(folder, 'product.log'), env);
    const [base = '', other = ''] = fleet.bases;
    const desk = await signInDesk(base);
    const heard: Heard = { acknowledged: [], failures: [] };
    const ends = [base, other].map((one) => putToWork(one, desk, heard, 3));
    const stopFiles = keepDocuments(other, desk.expert);
    await sleep(10_000);
    const documents = await stopFiles();
    for (const end of ends) await end();
    await untilIdle(database);
    await expectEachOnce(database, heard);
    expect(heard.failures).toEqual([]);
    expect(heard.acknowledged.length).toBeGreaterThan(20);
    expect(documents.length).toBeGreaterThan(0);
    expect(gateway?.sent.size).toBeGreaterThan(0);
    expect(gateway?.repeats()).toBe(0);
    say(`${heard.acknowledged.length} acts, ${gateway?.sent.size} messages`);
  } finally {
    await database.close();
  }
  expect(await runProduct(env, 'check')).toContain('0 differences');
  const said = readFileSync(join(folder, 'product.log'), 'utf8');
  expect(said).not.toMatch(/uncaught|unhandled/i);
}, 600_000);
