import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { openDataFolder } from '../../src/platform/data-folder.ts';
import { findServer } from '../../src/platform/postgres-process.ts';
import { killServer } from '../embedded-folder.ts';

/** What of a house can be killed. */
export type Victim = 'server' | 'worker' | 'postgres';

/** A house in processes of their own, on one data folder, as it is run. */
export type Machine = {
  readonly base: string;
  readonly start: () => Promise<void>;
  /** `kill -9`, and started again where nothing else does it. */
  readonly kill: (victim: Victim) => Promise<void>;
  /** Waits until it answers. */
  readonly settle: () => Promise<void>;
  /** SIGTERM to all, and their end. */
  readonly stop: () => Promise<void>;
  /** Moves the clock of both processes against the machine's, milliseconds. */
  readonly jump: (offset: number) => void;
  /** Runs a command of the product to its end: its status, and its one JSON document. */
  readonly command: (...words: string[]) => Promise<{ status: number; text: string }>;
};

const product = join(repositoryFolder, 'bin/karkhaneh');
const clock = join(import.meta.dirname, 'jumping-clock.ts');

/** A house on `folder`; `log` takes what its processes say. */
export async function openMachine(
  folder: string,
  log: string,
  more: Readonly<Record<string, string>>,
): Promise<Machine> {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const offsetFile = `${log}.clock`;
  const jump = (offset: number) => writeFileSync(offsetFile, String(offset));
  jump(0);
  const own = { DATABASE_URL: '', KARKHANEH_DATA: folder, PORT: String(port), LOG_LEVEL: 'warn' };
  const env = { ...process.env, ...own, CLOCK_OFFSET_FILE: offsetFile, ...more };
  const { children, start } = launcher(env, log);
  const settle = () => untilReady(base, () => children.server?.exitCode ?? null);
  return {
    ...{ base, jump, settle },
    async start() {
      start('server');
      await settle();
      start('worker');
    },
    async kill(victim) {
      if (victim === 'postgres') return killPostgres(folder);
      const child = children[victim];
      child?.kill('SIGKILL');
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      start(victim);
    },
    async stop() {
      for (const child of [children.worker, children.server]) {
        if (!child || child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
    },
    command: (...words) => runOut(env, words),
  };
}

const commands = { server: ['serve', '--no-demo', '--no-worker'], worker: ['worker'] } as const;
type Name = keyof typeof commands;

/** The processes of a house, each started anew when it is asked for. */
function launcher(env: NodeJS.ProcessEnv, log: string) {
  const children: Partial<Record<Name, ChildProcess>> = {};
  const start = (name: Name) => {
    const to = openSync(log, 'a');
    children[name] = spawn(product, commands[name], {
      env: { ...env, NODE_OPTIONS: `--import=${clock}` },
      stdio: ['ignore', to, to],
    });
    closeSync(to);
  };
  return { children, start };
}

/** Whoever uses it starts it again; it may just be starting. */
async function killPostgres(folder: string): Promise<void> {
  const found = findServer(openDataFolder(folder));
  if (found) await killServer(found);
}

async function untilReady(base: string, exit: () => number | null): Promise<void> {
  while (exit() === null) {
    const ready = await fetch(`${base}/readyz`).catch(() => undefined);
    if (ready?.ok) return;
    await sleep(100);
  }
  throw new Error('The server ended before it was ready.');
}

async function runOut(env: NodeJS.ProcessEnv, words: readonly string[]) {
  const child = spawn(product, words, {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout?.on('data', (piece: Buffer) => {
    text += piece;
  });
  const [status] = await once(child, 'close');
  return { status: Number(status), text };
}
