import { execFile } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { repositoryFolder } from '../../src/platform/config.ts';
import { commandsOf, fileOf, placed } from '../runbook.ts';
import { postgresUser } from './programs.ts';
import { openServer, type Server } from './server.ts';

/** A server whose write-ahead log is kept as the runbook says, with the runbook's own lines. */
export type Archiving = {
  readonly server: Server;
  /** The data folder of the product. */
  readonly house: string;
  /** The blocks of commands of the chapter: before its first copy, its first copy, to the end, to a moment. */
  readonly blocks: readonly (readonly string[])[];
  /** Runs lines of the runbook here; `systemctl` is what the test does instead. */
  readonly run: (lines: readonly string[]) => Promise<void>;
  /** The command that cron gives each night. */
  readonly nightly: string;
  /** Copies the kept files, as cron does. */
  readonly copyFiles: () => Promise<void>;
  /** Goes on to a new piece of the log, and waits until the one before is kept. */
  readonly switchLog: () => Promise<void>;
};

/** What is done when the runbook has systemctl do it: the verb, and the services. */
export type Systemctl = (verb: string, services: readonly string[]) => Promise<void>;

/** Lays out everything of the chapter in an empty folder; the server runs, and nothing is kept yet. */
export async function openArchiving(
  folder: string,
  binaries: string,
  systemctl: (server: Server) => Systemctl,
): Promise<Archiving> {
  const [backup, house] = [join(folder, 'backup'), join(folder, 'house')];
  const config = join(folder, 'pgbackrest.conf');
  const env = surroundings(folder, config);
  for (const path of [backup, house]) mkdirSync(path);
  const server = await openServer(join(folder, 'server'), binaries, env);
  Object.assign(env, { PGBACKREST_PG1_PORT: String(server.port) });
  const places = {
    '/backup': backup,
    '/srv/karkhaneh': house,
    '/var/lib/postgresql/15/main': server.data,
    'DATABASE_URL=…': `DATABASE_URL=${server.url}`,
    'repo1-cipher-pass=…': 'repo1-cipher-pass=a passphrase of the test',
    // Who runs the test is the product's user here, and may be PostgreSQL's too.
    'runuser -u karkhaneh -- ': '',
    'chown -R karkhaneh: ': `chown -R ${userInfo().username}: `,
    ...(postgresUser() ? {} : { 'runuser -u postgres -- ': '', '-o postgres -g postgres ': '' }),
  };
  writeFileSync(config, placed(fileOf('/etc/pgbackrest.conf'), places));
  // Read at the restart that the chapter asks for.
  server.configure(fileOf('/etc/postgresql/15/main/conf.d/archive.conf'));
  const script = join(folder, 'karkhaneh-files');
  writeFileSync(script, placed(fileOf('/usr/local/sbin/karkhaneh-files'), places));
  const execute = (line: string) =>
    promisify(execFile)('bash', ['-c', line], {
      cwd: repositoryFolder,
      env: { ...process.env, ...env },
    });
  const act = systemctl(server);
  return {
    ...{ server, house, blocks: commandsOf('Backup by the write-ahead log'), nightly: nightly() },
    run: (lines) => runLines(lines, act, (line) => execute(placed(line, places))),
    copyFiles: async () => void (await execute(`sh ${script}`)),
    switchLog: () => switchLog(server),
  };
}

/** The places of pgBackRest that the runbook leaves to Debian's package. */
function surroundings(folder: string, config: string): Record<string, string> {
  const own = join(folder, 'pgbackrest');
  mkdirSync(own);
  const user = postgresUser();
  if (user) chownSync(own, user.uid, user.gid);
  return {
    ...{ PGBACKREST_CONFIG: config, PGBACKREST_LOG_PATH: own, PGBACKREST_LOCK_PATH: own },
    ...{ PGBACKREST_SPOOL_PATH: own, PGBACKREST_PG1_SOCKET_PATH: join(folder, 'server') },
  };
}

/** The packages are here, or the test would not run; what systemctl starts and stops is the test's. */
async function runLines(
  lines: readonly string[],
  systemctl: Systemctl,
  execute: (line: string) => Promise<unknown>,
): Promise<void> {
  for (const line of lines) {
    const [program, verb = '', ...services] = line.split(' ');
    if (program === 'apt-get') continue;
    if (program === 'systemctl') await systemctl(verb, services);
    else await execute(line);
  }
}

function nightly(): string {
  const lines = fileOf('/etc/cron.d/karkhaneh-wal').split('\n');
  const line = lines.find((one) => one.includes('--type=incr')) ?? '';
  return line.replace(/^(?:\S+ ){5}postgres /, 'runuser -u postgres -- ');
}

async function switchLog({ ask }: Server): Promise<void> {
  const { name } = await ask('select pg_walfile_name(pg_switch_wal()) as name');
  const until = performance.now() + 60_000;
  while (performance.now() < until) {
    const { last, failed } = await ask(
      'select last_archived_wal as last, failed_count::integer as failed from pg_stat_archiver',
    );
    if (failed > 0) throw new Error('The log was not taken; see postgres.log.');
    if (last !== null && last.slice(0, 24) >= name) return;
    await sleep(100);
  }
  throw new Error(`Nobody took ${name} for a minute.`);
}
