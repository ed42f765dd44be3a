import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from './data-folder.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts';

/** PostgreSQL settings given on the command line; they win over postgresql.conf. */
export type Settings = Readonly<Record<string, string>>;

/** The server of this data folder that is running now, whoever started it. */
export function findServer(folder: DataFolder): ProcessIdentity | undefined {
  const pid = Number(readPidFile(folder)?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const identity = identifyProcess(pid);
  // The number may by now belong to somebody else; a server's working directory is its cluster.
  return identity && workingDirectory(pid) === folder.cluster ? identity : undefined;
}

function readPidFile(folder: DataFolder): string | undefined {
  try {
    return readFileSync(join(folder.cluster, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
}

function workingDirectory(pid: number | string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** Starts the server, detached so that it outlives a killed parent and meets no Ctrl-C. */
export async function startServer(
  native: string,
  folder: DataFolder,
  socketFolder: string,
  settings: Settings,
): Promise<ChildProcess> {
  await clearLeftovers(folder, socketFolder);
  const log = openSync(folder.logFile, 'a', 0o600);
  const all = { ...tunedSettings(), ...settings, unix_socket_directories: quoted(socketFolder) };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(native, 'bin/postgres'), ['-D', folder.cluster, ...options], {
    cwd: folder.server,
    detached: true,
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
    stdio: ['ignore', log, log],
    ...(folder.account.switches ? { uid: folder.account.uid, gid: folder.account.gid } : {}),
  });
  closeSync(log);
  child.unref();
  child.on('error', () => {}); // seen by the caller as a server that never gets ready
  return child;
}

/** A path as one item of a PostgreSQL list setting, whatever commas and spaces are in it. */
function quoted(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}

/**
 * After `kill -9` of the server its children live on for a moment, and its lock files stay. The
 * number in them may belong to another process by now, or to a zombie that nobody collects; at
 * either PostgreSQL refuses to start. That no process works in the cluster has been made sure of.
 */
async function clearLeftovers(folder: DataFolder, socketFolder: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (processesIn(folder.cluster).length > 0) {
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        'start_failed',
        `Processes of a former PostgreSQL still work in ${folder.cluster}: ` +
          `${processesIn(folder.cluster).join(', ')}. End them and start again.`,
      );
    }
    await sleep(50);
  }
  rmSync(join(folder.cluster, 'postmaster.pid'), { force: true });
  rmSync(join(socketFolder, '.s.PGSQL.5432.lock'), { force: true });
}

function processesIn(cluster: string): string[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.filter((pid) => workingDirectory(pid) === cluster);
}

/** Fast shutdown: sessions are ended, everything is written. Waits until the process is gone. */
export async function stopServer(folder: DataFolder): Promise<void> {
  const server = findServer(folder);
  if (!server) return;
  for (const [signal, waitMs] of [
    ['SIGINT', 60_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    if (isAlive(server)) process.kill(server.pid, signal);
    const deadline = performance.now() + waitMs;
    while (isAlive(server) && performance.now() < deadline) await sleep(10);
    if (!isAlive(server)) return;
  }
  throw new EmbeddedPostgresError(
    'stop_failed',
    `PostgreSQL (process ${server.pid}) does not stop; see ${folder.logFile}.`,
  );
}

/** The last lines of the server's log, for an error message. */
export function logTail(folder: DataFolder, lines = 8): string {
  try {
    return readFileSync(folder.logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return `(no log in ${basename(folder.logFile)})`;
  }
}

/** Sensible for one machine that also runs the product; durability is never traded. */
function tunedSettings(): Settings {
  const memoryMb = Math.min(totalmem(), process.constrainedMemory() || totalmem()) / 2 ** 20;
  const sharedMb = Math.round(Math.min(512, Math.max(128, memoryMb / 16)));
  return {
    listen_addresses: '',
    unix_socket_permissions: '0777', // the folder around it admits only the server and its user
    max_connections: '100',
    shared_buffers: `${sharedMb}MB`,
    effective_cache_size: `${Math.round(Math.max(256, memoryMb / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    max_wal_size: '2GB',
    wal_compression: 'on',
    checkpoint_timeout: '15min',
    checkpoint_completion_target: '0.9',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    jit: 'off', // compiling costs more than the short queries of this product
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    log_line_prefix: '%m [%p] %q%a ',
  };
}
