import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { type DataFolder, sharedPlace } from './data-folder.ts';
import { errorCode } from './database-errors.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { canReach } from './server-account.ts';

/**
 * The folder with `bin/postgres` and `bin/initdb`, complete and reachable by the server's account.
 * When the installed package is neither (a clone in root's home, a read-only node_modules), it is
 * copied once to a place that is.
 */
export function findPostgres(folder: DataFolder): string {
  const installed = installedPackage();
  const native = join(installed, 'native');
  if (canReach(join(native, 'bin'), folder.account) && linkLibraries(installed)) return native;
  const place = folder.account.switches ? sharedPlace : folder.path;
  const copy = join(place, `postgres-${packageVersion(installed)}`);
  if (!existsSync(copy)) copyPackage(installed, copy);
  return join(copy, 'native');
}

function installedPackage(): string {
  const name = `@embedded-postgres/linux-${process.arch}`;
  try {
    return dirname(dirname(realpathSync(createRequire(import.meta.url).resolve(name))));
  } catch {
    throw new EmbeddedPostgresError(
      'binaries_missing',
      `The package ${name} is not installed. Run «npm ci» on this machine, ` +
        'or name a PostgreSQL server in DATABASE_URL.',
    );
  }
}

function packageVersion(installed: string): string {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  return (manifest as { version: string }).version;
}

function copyPackage(installed: string, copy: string): void {
  const unfinished = `${copy}.${process.pid}`;
  mkdirSync(dirname(copy), { recursive: true, mode: 0o711 });
  cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true });
  linkLibraries(unfinished);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Makes the libraries' symbolic links, which npm packages cannot hold and which the package makes
 * in an install script that `npm ci --ignore-scripts` does not run. False when it may not.
 */
function linkLibraries(root: string): boolean {
  const list = readFileSync(join(root, 'native', 'pg-symlinks.json'), 'utf8');
  const links = JSON.parse(list) as { source: string; target: string }[];
  const missing = links.filter(({ target }) => !existsSync(join(root, target)));
  if (missing.length === 0) return true;
  try {
    accessSync(join(root, 'native', 'lib'), constants.W_OK);
  } catch {
    return false;
  }
  for (const { source, target } of missing) linkLibrary(root, source, target);
  return true;
}

function linkLibrary(root: string, source: string, target: string): void {
  try {
    symlinkSync(basename(source), join(root, target));
  } catch (error) {
    // Two processes may start at once.
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
