import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll } from 'vitest';
import { openDataFolder } from '../src/platform/data-folder.ts';
import { openEmbedded } from '../src/platform/embedded-postgres.ts';
import { findServer, stopServer } from '../src/platform/postgres-process.ts';
import { isAlive, type ProcessIdentity } from '../src/platform/process-identity.ts';

const script = join(import.meta.dirname, 'embedded-process.ts');

/** A child that runs `embedded-process.ts`, and what it has said so far. */
export interface EmbeddedProcess {
  readonly pid: number;
  readonly lines: readonly string[];
  /** Resolves with the first line that begins so; rejects when the child ends without it. */
  said(beginning: string): Promise<string>;
  /** Asks it to leave in good order and waits for its end. */
  leave(): Promise<void>;
  /** kill -9, and waits for its end. */
  kill(): Promise<void>;
}

/** A temporary data folder whose processes are ended and whose files are removed when disposed. */
export interface EmbeddedFolder extends AsyncDisposable {
  readonly path: string;
  /** The server that runs on it now. */
  server(): ProcessIdentity | undefined;
  start(mode: 'hold' | 'write' | 'serve', as?: { uid: number; gid: number }): EmbeddedProcess;
}

/** Makes the folder: 'created' holds a cluster already, which saves the seconds of initdb. */
export async function embeddedFolder(
  state: 'empty' | 'created',
  owner?: { uid: number; gid: number },
): Promise<EmbeddedFolder> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'karkhaneh-embedded-')));
  if (state === 'created') await copyCreated(path);
  if (owner) await chown(path, owner.uid, owner.gid);
  const children: ChildProcess[] = [];
  return {
    path,
    server: () => findServer(openDataFolder(path)),
    start(mode, as) {
      const child = spawn(process.execPath, [script, path, mode], {
        stdio: ['pipe', 'pipe', 'inherit'],
        ...as,
      });
      children.push(child);
      return follow(child);
    },
    async [Symbol.asyncDispose]() {
      for (const child of children) child.kill('SIGKILL');
      const folder = openDataFolder(path);
      await stopServer(folder);
      await rm(folder.server, { recursive: true, force: true });
      await rm(path, { recursive: true, force: true });
    },
  };
}

let created: Promise<string> | undefined;

afterAll(async () => {
  if (created) await rm(await created, { recursive: true, force: true });
});

/** A data folder with a stopped server, made once for each file of tests. */
async function copyCreated(path: string): Promise<void> {
  created ??= (async () => {
    const original = await mkdtemp(join(tmpdir(), 'karkhaneh-created-'));
    await (await openEmbedded(original)).release();
    return original;
  })();
  // Unlike Node's own copy, it keeps owners and modes.
  await promisify(execFile)('cp', ['-a', `${await created}/.`, path]);
}

function follow(child: ChildProcess): EmbeddedProcess {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = () => {
    for (const look of waiting) look();
  };
  const ended = once(child, 'close').then(wake);
  if (!child.stdout) throw new Error('The child has no stdout.');
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line);
    wake();
  });
  return {
    pid: child.pid ?? 0,
    lines,
    said: (beginning) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((one) => one.startsWith(beginning));
          if (line !== undefined) resolve(line);
          else if (child.exitCode !== null || child.signalCode !== null) {
            reject(
              new Error(`ended without saying «${beginning}»: ${lines.slice(-3).join(' | ')}`),
            );
          } else return;
          waiting.delete(look);
        };
        waiting.add(look);
        look();
      }),
    async leave() {
      child.stdin?.write('leave\n');
      await ended;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** kill -9 of the server and every one of its children, and waits until they are gone. */
export async function killServer(server: ProcessIdentity): Promise<void> {
  process.kill(server.pid, 'SIGKILL');
  while (isAlive(server)) await new Promise((resolve) => setTimeout(resolve, 5));
}
