import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { type Bench, type Claim, machine, median } from '../measure.ts';
import { residentMb } from '../memory.ts';

const folder = join(repositoryFolder, '.bench', 'start');
const command = join(repositoryFolder, 'bin/karkhaneh');
const rounds = 5;
const limits = { embedded: 5, server: 1, memoryMb: 250 } as const;

type Found = Record<'embedded' | 'server' | 'bare' | 'memoryMb', number[]>;

/** How long until the product is ready on a database that is there already, and what it weighs when idle. */
export async function run(): Promise<Bench> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const server = await openEmbedded(join(folder, 'server'));
  try {
    const { url, appUrl } = server;
    const own = { KARKHANEH_DATA: join(folder, 'own') };
    const given = { DATABASE_URL: url, APP_DATABASE_URL: appUrl, KARKHANEH_DATA: folder };
    const found: Found = { embedded: [], server: [], bare: [], memoryMb: [] };
    // The first start of each makes the tables, and the pages where they are not built.
    await timeStart(product(own));
    await timeStart(product(given));
    for (let round = 0; round < rounds; round += 1) {
      found.bare.push((await timeStart(bare(url))).seconds);
      found.server.push((await timeStart(product(given))).seconds);
      const { seconds, memoryMb } = await timeStart(product(own), 5000);
      found.embedded.push(seconds);
      found.memoryMb.push(memoryMb);
    }
    return { bench: 'start', machine: machine(), claims: claimsOf(found) };
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
}

type Start = (port: number) => ChildProcess;

function product(more: NodeJS.ProcessEnv): Start {
  return (port) => {
    const at = { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn' };
    const env = { ...process.env, ...at, ...more };
    return spawn(command, ['serve', '--no-demo'], { env, stdio: 'ignore' });
  };
}

const bare =
  (url: string): Start =>
  (port) =>
    spawn(process.execPath, [join(import.meta.dirname, 'bare.ts'), url, String(port)], {
      stdio: 'ignore',
    });

/** Seconds from the command to the first good answer of /readyz, and the memory after it was idle for a while. */
async function timeStart(start: Start, idleMs = 0): Promise<{ seconds: number; memoryMb: number }> {
  const port = await freePort();
  const started = performance.now();
  const child = start(port);
  try {
    while (!(await isReady(port))) {
      if (child.exitCode !== null) throw new Error('what the bench started ended before it began');
      await sleep(10);
    }
    const seconds = (performance.now() - started) / 1000;
    await sleep(idleMs);
    return { seconds, memoryMb: await residentMb(child.pid) };
  } finally {
    child.kill('SIGTERM');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
}

function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

function claimsOf(found: Found): Claim[] {
  const plain = median(found.bare);
  const against = `a bare Fastify + pg server (${plain.toFixed(2)} s)`;
  const start = (id: 'embedded' | 'server'): Claim => {
    const value = median(found[id]);
    const holds = value < limits[id];
    return {
      ...{ id: `ready-${id}`, value, unit: 's', against, ratio: value / plain },
      ...{ target: `< ${limits[id]} s`, holds },
    };
  };
  const value = median(found.memoryMb);
  return [
    start('embedded'),
    start('server'),
    {
      ...{ id: 'idle-memory', value, unit: 'MB', against: 'beside PostgreSQL', ratio: null },
      ...{ target: `< ${limits.memoryMb} MB`, holds: value < limits.memoryMb },
    },
  ];
}
