import { spawn } from 'node:child_process';
import { chownSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { DataFolder } from './data-folder.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';

/** The superuser of an embedded cluster, used for upkeep only. */
export const superuser = 'postgres';

/**
 * Makes the cluster if there is none: built beside its place and moved there when complete, so
 * that a process killed in the middle leaves nothing that looks like a database.
 */
export async function ensureCluster(
  native: string,
  folder: DataFolder,
  password: string,
): Promise<void> {
  if (existsSync(join(folder.cluster, 'PG_VERSION'))) return;
  const unfinished = `${folder.cluster}.unfinished`;
  const passwordFile = `${folder.cluster}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (folder.account.switches) chownSync(passwordFile, folder.account.uid, folder.account.gid);
  try {
    await initdb(native, folder, unfinished, passwordFile);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, folder.cluster);
}

/**
 * UTF-8 with the built-in C.UTF-8 locale: the same order on every machine and system library.
 * Persian order is asked for where it is shown, with COLLATE "fa-x-icu".
 */
async function initdb(
  native: string,
  folder: DataFolder,
  cluster: string,
  passwordFile: string,
): Promise<void> {
  const { switches, uid, gid } = folder.account;
  const child = spawn(
    join(native, 'bin/initdb'),
    [
      `--pgdata=${cluster}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
    ],
    {
      cwd: folder.server,
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(switches ? { uid, gid } : {}),
    },
  );
  const ended = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const [complaint, code] = await Promise.all([text(child.stderr), ended]);
  if (code !== 0) {
    throw new EmbeddedPostgresError(
      'initdb_failed',
      `The embedded database could not be created in ${cluster}:\n${complaint.trim()}`,
    );
  }
}
