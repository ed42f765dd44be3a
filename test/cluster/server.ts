import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../scripts/free-port.ts';
import { passwords } from './node-files.ts';
import { postgresUser } from './programs.ts';

/** One PostgreSQL of Debian's in a folder, as its own user, with the product's role and database. */
export type Server = {
  readonly port: number;
  /** The database, as the owner of the tables. */
  readonly url: string;
  /** The data folder; its settings lie outside, as Debian has it. */
  readonly data: string;
  /** Adds lines of postgresql.conf, which are read at the next start. */
  readonly configure: (lines: string) => void;
  readonly start: () => Promise<void>;
  /** In good order. */
  readonly stop: () => Promise<void>;
  /** `kill -9` of the postmaster, and the end of all that it had started. */
  readonly kill: () => Promise<void>;
  /** The first row of an answer to a superuser. */
  // biome-ignore lint/suspicious/noExplicitAny: rows of any shape.
  readonly ask: (text: string) => Promise<any>;
};

/** Makes and starts a server in `folder`; `env` is added to the surroundings of what it runs. */
export async function openServer(
  folder: string,
  binaries: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const port = await freePort();
  const data = join(folder, 'data');
  const settings = layOut(folder, binaries, port);
  const words = [join(binaries, 'postgres'), '-D', data, '-c', `config_file=${settings}`];
  let child: ChildProcess | undefined;
  const ask = (text: string) => askOnce(folder, port, text);
  const start = async () => {
    child = launch(folder, words, env);
    await untilReady(child, ask);
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child && child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    // Whoever the postmaster had started notices its death by itself.
    while (worksIn(data)) await sleep(50);
  };
  await start();
  await ask(`create role karkhaneh login createrole password '${passwords.karkhaneh}'`);
  await ask("create database karkhaneh owner karkhaneh encoding 'UTF8'");
  return {
    ...{ port, data, ask, start, stop: () => end('SIGINT'), kill: () => end('SIGKILL') },
    url: `postgresql://karkhaneh:${passwords.karkhaneh}@127.0.0.1:${port}/karkhaneh`,
    configure: (lines) => appendFileSync(settings, lines),
  };
}

/** An empty server's folders and settings. @returns the path of its postgresql.conf */
function layOut(folder: string, binaries: string, port: number): string {
  const user = postgresUser();
  const [data, conf] = [join(folder, 'data'), join(folder, 'conf')];
  mkdirSync(conf, { recursive: true });
  if (user) for (const path of [folder, conf]) chownSync(path, user.uid, user.gid);
  const words = ['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '-k'];
  execFileSync(join(binaries, 'initdb'), words, { cwd: folder, stdio: 'ignore', ...user });
  const access = 'local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n';
  writeFileSync(join(conf, 'pg_hba.conf'), access);
  const settings = join(conf, 'postgresql.conf');
  const lines = [
    ...[`port = ${port}`, "listen_addresses = '127.0.0.1'", 'shared_buffers = 64MB'],
    ...[`unix_socket_directories = '${folder}'`, `data_directory = '${data}'`],
    `hba_file = '${conf}/pg_hba.conf'`,
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`);
  return settings;
}

/** Starts a program as the user of PostgreSQL; what it says goes to a file in its folder. */
export function launch(
  folder: string,
  [program = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const log = openSync(join(folder, `${basename(program)}.log`), 'a');
  const child = spawn(program, words, {
    ...{ cwd: folder, stdio: ['ignore', log, log], ...postgresUser() },
    env: { ...process.env, ...env },
  });
  closeSync(log);
  return child;
}

async function askOnce(host: string, port: number, text: string) {
  const client = new pg.Client({ host, port, user: 'postgres', database: 'postgres' });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows[0];
  } finally {
    await client.end().catch(() => {});
  }
}

/** Until it takes writes: after a restore it goes through its log first. */
async function untilReady(
  child: ChildProcess,
  ask: (text: string) => Promise<{ recovers: boolean }>,
): Promise<void> {
  while (child.exitCode === null && child.signalCode === null) {
    const row = await ask('select pg_is_in_recovery() as recovers').catch(() => undefined);
    if (row?.recovers === false) return;
    await sleep(100);
  }
  throw new Error('PostgreSQL ended before it was ready; see its postgres.log.');
}

/** Whether some process has its working folder there, as every one of a server has. */
function worksIn(data: string): boolean {
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      return readlinkSync(`/proc/${entry}/cwd`).startsWith(data);
    } catch {
      return false;
    }
  });
}
