import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../scripts/free-port.ts';
import { repositoryFolder } from '../src/platform/config.ts';
import { type EmbeddedFolder, embeddedFolder } from './embedded-folder.ts';
import { commandsOf, fileOf, placed } from './runbook.ts';

// An administrator's first day and first upgrade, by the lines of docs/runbook.md as they stand there, in a copy of
// the product: only the places are this test's. The chapters of clusters and of the log are tried in test/cluster.

const chapters = [
  'Install on a bare Debian machine',
  'The first people',
  'Keys',
  'Backup',
  'Upgrade',
] as const;

/** Lines that a test cannot run, and why. */
const notHere: Readonly<Record<string, string>> = {
  'apt-get install nodejs npm git': "packages are the machine's",
  'adduser --system --group --home /srv/karkhaneh karkhaneh': "accounts are the machine's",
  'npm ci': 'it downloads for minutes; the tests run with what it brought',
};

/** What a line says, and ends with, where that is not 0. */
const outcomes: Readonly<Record<string, { readonly status: number; readonly said: string }>> = {
  // On a new folder, as the runbook says; the first start runs them.
  'bin/karkhaneh doctor': { status: 1, said: 'waiting' },
};

const service = 'systemctl';
const unit = fileOf('/etc/systemd/system/karkhaneh.service');

let folder: string;
let product: string;
let data: EmbeddedFolder;
let restored: EmbeddedFolder;
let places: Record<string, string>;
let port: number;
let served: ChildProcess | undefined;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'karkhaneh-runbook-')));
  product = join(folder, 'product');
  mkdirSync(product);
  const own = readdirSync(repositoryFolder).filter(
    (name) => !/^(?:\.git|\.data|\.bench|build|coverage|node_modules)$/.test(name),
  );
  for (const name of own) {
    await cp(join(repositoryFolder, name), join(product, name), { recursive: true });
  }
  symlinkSync(join(repositoryFolder, 'node_modules'), join(product, 'node_modules'));
  mkdirSync(join(folder, 'backup'));
  data = await embeddedFolder('empty');
  restored = await embeddedFolder('empty');
  port = await freePort();
  places = {
    '/opt/karkhaneh': product,
    '/srv/karkhaneh-new': restored.path,
    '/srv/karkhaneh': data.path,
    '/root/karkhaneh.key': 'karkhaneh.key',
    '/backup/': `${join(folder, 'backup')}/`,
    'PORT=8080': `PORT=${port}`,
    // There is no such user here; whoever runs the test is it.
    'runuser -u karkhaneh -- ': '',
  };
});

afterAll(async () => {
  await stop();
  await data[Symbol.asyncDispose]();
  await restored[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const surroundings = () => ({
  ...{ ...process.env, DATABASE_URL: '', LOG_LEVEL: 'warn', KARKHANEH_DATA: data.path },
});

type Ended = { readonly status: number; readonly out: string };

function shell(line: string): Promise<Ended> {
  return new Promise((resolve) => {
    const options = { cwd: product, env: surroundings() };
    const child = execFile('bash', ['-c', line], options, (_error, out, said) =>
      resolve({ status: child.exitCode ?? 1, out: `${out}${said}` }),
    );
  });
}

/** What systemd does with the runbook's unit: its surroundings, its one line, and SIGTERM to stop it. */
async function start(): Promise<void> {
  const lines = placed(unit, places).split('\n');
  const of = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`${key}=`) ? [line.slice(key.length + 1)] : []));
  const env = Object.fromEntries(of('Environment').map((word) => word.split(/=(.*)/).slice(0, 2)));
  const [program = '', ...words] = of('ExecStart')[0]?.split(' ') ?? [];
  const child = spawn(program, words, {
    env: { ...surroundings(), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  served = child;
  while (child.exitCode === null) {
    const reply = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (reply?.ok) return;
    await sleep(100);
  }
  throw new Error('The service ended before it was ready.');
}

async function stop(): Promise<number | null> {
  if (served && served.exitCode === null) {
    served.kill('SIGTERM');
    await once(served, 'exit');
  }
  return served?.exitCode ?? null;
}

async function run(line: string): Promise<void> {
  if (line.startsWith(service)) {
    if (line === `${service} start karkhaneh`) await start();
    else expect([line, await stop()]).toEqual([`${service} stop karkhaneh`, 0]);
    return;
  }
  const { status, out } = await shell(placed(line, places));
  const told = Object.entries(outcomes).find(([words]) => line.endsWith(words))?.[1];
  expect([line, status], out).toEqual([line, told?.status ?? 0]);
  if (told) expect(out).toContain(told.said);
  const recipient = /^age1\w+$/m.exec(out)?.[0];
  if (recipient) places['age1…'] = recipient;
}

test('every line of the first day and of an upgrade does what the runbook says', async () => {
  const ran: string[] = [];
  const left = new Set<string>();
  for (const chapter of chapters) {
    for (const line of commandsOf(chapter).flat()) {
      if (line in notHere) left.add(line);
      else {
        await run(line);
        ran.push(line);
      }
    }
    // The chapter «Start at boot» comes behind that of the installation.
    if (chapter === chapters[0]) await start();
  }
  expect([...left].sort()).toEqual(Object.keys(notHere).sort());
  expect(ran.length).toBeGreaterThan(16);
  expect(places['age1…']).toBeDefined();
  const home = await fetch(`http://127.0.0.1:${port}/`);
  expect([home.status, await home.text()]).toEqual([200, expect.stringContaining('<html')]);
}, 900_000);
