import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ensureCluster, superuser } from './cluster.ts';
import {
  type DataFolder,
  listProcesses,
  openDataFolder,
  readPassword,
  registerProcess,
} from './data-folder.ts';
import { withDataLock } from './data-lock.ts';
import { isConnectionLost } from './database-errors.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { findPostgres } from './postgres-binaries.ts';
import { findServer, logTail, type Settings, startServer, stopServer } from './postgres-process.ts';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** A running embedded PostgreSQL that this process has joined. */
export interface EmbeddedPostgres {
  /** The owner of the database `karkhaneh`: runs migrations. */
  readonly url: string;
  /** The role karkhaneh_app, which serves requests. */
  readonly appUrl: string;
  /** The superuser: backups, and databases for tests. */
  readonly superuserUrl: string;
  /** Leaves; the last process out stops the server (fast shutdown). */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  /** PostgreSQL settings over the tuned ones; they count only when this process starts it. */
  readonly settings?: Settings;
}

/** Recovery after a crash under load takes seconds; a very large one may take minutes. */
const startWaitMs = 300_000;
const lockWaitMs = startWaitMs + 70_000;
const watchEveryMs = 500;

/**
 * Joins the embedded PostgreSQL of a data folder. The first process makes the cluster and starts
 * the server, later ones join it, an orphan left by `kill -9` is adopted, and a server that dies
 * while in use is started again by whichever of its processes sees it first.
 * Throws {@link EmbeddedPostgresError}.
 */
export async function openEmbedded(
  dataFolder: string,
  options: EmbeddedOptions = {},
): Promise<EmbeddedPostgres> {
  const folder = openDataFolder(dataFolder);
  const unregister = registerProcess(folder);
  try {
    const joined = await lockedJoin(folder, options.settings ?? {});
    const stopWatching = watch(folder, joined, options.settings ?? {});
    return {
      url: url(joined, 'karkhaneh', 'karkhaneh'),
      appUrl: url(joined, 'karkhaneh_app', 'karkhaneh'),
      superuserUrl: url(joined, superuser, 'postgres'),
      async release() {
        await stopWatching();
        await leave(folder, unregister);
      },
    };
  } catch (error) {
    await leave(folder, unregister);
    throw error;
  }
}

async function leave(folder: DataFolder, unregister: () => void): Promise<void> {
  await withDataLock(folder.path, 'start', lockWaitMs, async () => {
    unregister();
    if (listProcesses(folder).length === 0) await stopServer(folder);
  });
}

interface Joined {
  readonly socketFolder: string;
  readonly password: string;
  readonly server: ProcessIdentity;
}

function url({ socketFolder, password }: Joined, user: string, database: string): string {
  return `postgresql://${user}:${password}@/${database}?host=${encodeURIComponent(socketFolder)}`;
}

function lockedJoin(folder: DataFolder, settings: Settings): Promise<Joined> {
  return withDataLock(folder.path, 'start', lockWaitMs, () => joinServer(folder, settings));
}

/** Under the start lock: waits for the running server, or starts one, until it answers. */
async function joinServer(folder: DataFolder, settings: Settings): Promise<Joined> {
  const native = findPostgres(folder);
  const password = readPassword(folder);
  const socketFolder = openSocketFolder(folder);
  await ensureCluster(native, folder, password);
  const deadline = performance.now() + startWaitMs;
  let starts = 0;
  for (;;) {
    const server = findServer(folder);
    if (server) {
      const ready = await prepare({ socketFolder, password, server });
      if (ready) return { socketFolder, password, server };
    } else {
      starts += 1;
      if (starts > 3) throw startFailed(folder);
      const child = await startServer(native, folder, socketFolder, settings);
      await appears(folder, () => child.exitCode === null && child.pid !== undefined);
    }
    if (performance.now() > deadline) throw startFailed(folder);
    await sleep(25);
  }
}

/** Waits until a child has written its pid file, or has given up. */
async function appears(folder: DataFolder, trying: () => boolean): Promise<void> {
  while (trying() && !findServer(folder)) await sleep(10);
}

function startFailed(folder: DataFolder): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'start_failed',
    `PostgreSQL did not start in ${folder.server}. Its log ends with:\n${logTail(folder)}`,
  );
}

/** Roles and database, if they are missing. False while the server is starting or stopping. */
async function prepare(joined: Joined): Promise<boolean> {
  const client = new pg.Client({ connectionString: url(joined, superuser, 'postgres') });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query(prepareRoles(joined.password));
    const { rowCount } = await client.query(
      "select 1 from pg_database where datname = 'karkhaneh'",
    );
    if (rowCount === 0) await client.query('create database karkhaneh owner karkhaneh');
    return true;
  } catch (error) {
    if (isConnectionLost(error)) return false;
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The password is our own hexadecimal text. */
function prepareRoles(password: string): string {
  return `do $$ begin
    if not exists (select from pg_roles where rolname = 'karkhaneh') then
      create role karkhaneh login createrole password '${password}';
    end if;
    if not exists (select from pg_roles where rolname = 'karkhaneh_app') then
      create role karkhaneh_app login noinherit password '${password}';
      grant karkhaneh_app to karkhaneh with admin option;
    end if;
  end $$`;
}

/**
 * The socket lives beside the cluster, or in the system's temporary folder when that path is
 * longer than the 107 bytes an address of a socket may have.
 */
function openSocketFolder(folder: DataFolder): string {
  const beside = join(folder.server, 'socket');
  const fits = Buffer.byteLength(join(beside, '.s.PGSQL.5432.lock')) <= 107;
  const name = createHash('sha256').update(folder.cluster).digest('hex').slice(0, 16);
  const chosen = fits ? beside : join(tmpdir(), `karkhaneh-${name}`);
  const { switches, uid, gid } = folder.account;
  if (!existsSync(chosen)) {
    mkdirSync(chosen, { mode: 0o700 });
    if (switches) chownSync(chosen, uid, gid);
  }
  if (statSync(chosen).uid !== uid) {
    throw new EmbeddedPostgresError(
      'data_folder_denied',
      `${chosen} belongs to another user; remove it, or name a shorter path in KARKHANEH_DATA.`,
    );
  }
  return chosen;
}

/** Starts the server again when it dies while this process uses it. */
function watch(folder: DataFolder, joined: Joined, settings: Settings): () => Promise<void> {
  let server = joined.server;
  let restart: Promise<void> | undefined;
  const timer = setInterval(() => {
    if (restart || isAlive(server)) return;
    restart = lockedJoin(folder, settings)
      .then((again) => {
        server = again.server;
      })
      .catch(() => {}) // tried again at the next tick; requests fail with the database's own error
      .finally(() => {
        restart = undefined;
      });
  }, watchEveryMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await restart;
  };
}
