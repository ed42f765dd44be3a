import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { errorCode } from './database-errors.ts';
import { EmbeddedPostgresError } from './embedded-postgres-error.ts';
import { identifyProcess, isAlive, type ProcessIdentity } from './process-identity.ts';
import { canReach, type ServerAccount, serverAccount } from './server-account.ts';

/** Where the embedded database keeps its things. */
export interface DataFolder {
  /** The data folder itself. */
  readonly path: string;
  /** The server's own folder, owned by the account it runs as; every link resolved. */
  readonly server: string;
  /** PostgreSQL's data directory. */
  readonly cluster: string;
  readonly logFile: string;
  readonly account: ServerAccount;
}

/** Places outside every home folder, for what an unprivileged server must reach. */
export const sharedPlace = '/var/lib/karkhaneh';

/** Prepares the data folder; throws {@link EmbeddedPostgresError} saying what to do. */
export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true });
    const account = serverAccount(path);
    const server = openServerFolder(path, account);
    const processes = join(path, 'processes');
    mkdirSync(processes, { recursive: true, mode: 0o700 });
    giveToOwner(processes, account);
    accessSync(processes, constants.W_OK);
    return {
      path,
      server,
      cluster: join(server, 'cluster'),
      logFile: join(server, 'server.log'),
      account,
    };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') throw notOurs(path, error);
    throw error;
  }
}

function giveToOwner(path: string, account: ServerAccount): void {
  if (account.ownsData) chownSync(path, account.uid, account.gid);
}

function notOurs(path: string, cause: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'data_folder_denied',
    `The data folder ${path} cannot be written by this user (${(cause as Error).message}). ` +
      'Run as the user who made it, or name another folder in KARKHANEH_DATA.',
  );
}

/**
 * `<data>/postgres`, owned by the server's account. PostgreSQL refuses to run as root, and the
 * account it then runs as may be unable to enter a home folder: in that case the server's folder
 * is made in /var/lib/karkhaneh and linked from here.
 */
function openServerFolder(path: string, account: ServerAccount): string {
  const link = join(path, 'postgres');
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && !existsSync(link)) {
    throw new EmbeddedPostgresError(
      'data_folder_unreachable',
      `The database of ${path} was in ${readlinkSync(link)}, which is gone. Put it back from a ` +
        `backup, or remove ${link} to begin with an empty one.`,
    );
  }
  if (!existsSync(link)) {
    if (account.switches) letPass(path);
    // Processes that begin together on an empty folder all come here: the first one's stands.
    if (canReach(realpathSync(path), account)) mkdirSync(link, { recursive: true, mode: 0o700 });
    else linkElsewhere(link);
  }
  const server = realpathSync(link);
  if (account.switches && statSync(server).uid !== account.uid) {
    chownSync(server, account.uid, account.gid);
  }
  if (!canReach(server, account)) {
    throw new EmbeddedPostgresError(
      'data_folder_unreachable',
      `PostgreSQL must run as an unprivileged user (uid ${account.uid}), which may not enter ` +
        `${server}. Name a folder outside root's home in KARKHANEH_DATA, for example /srv/karkhaneh.`,
    );
  }
  return server;
}

/** Lets the server's account pass through (not list) a data folder that root owns. */
function letPass(path: string): void {
  const { mode, uid } = statSync(path);
  if (uid === 0) chmodSync(path, (mode & 0o777) | 0o011);
}

function linkElsewhere(link: string): void {
  mkdirSync(sharedPlace, { recursive: true, mode: 0o711 });
  const made = mkdtempSync(join(sharedPlace, 'data-'));
  try {
    symlinkSync(made, link);
  } catch (error) {
    rmdirSync(made);
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The database's password, made on first use and readable by the data folder's user alone. */
export function readPassword(folder: DataFolder): string {
  const file = join(folder.path, 'password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
    giveToOwner(file, folder.account);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Marks this process as a user of the database; call the result to leave. */
export function registerProcess(folder: DataFolder): () => void {
  const identity = identifyProcess(process.pid);
  const name = `${process.pid}-${randomBytes(4).toString('hex')}.json`;
  const file = join(folder.path, 'processes', name);
  writeFileSync(file, JSON.stringify(identity), { mode: 0o600 });
  giveToOwner(file, folder.account);
  return () => rmSync(file, { force: true });
}

/** The living processes that use the database; the marks of dead ones are removed. */
export function listProcesses(folder: DataFolder): ProcessIdentity[] {
  const living: ProcessIdentity[] = [];
  const place = join(folder.path, 'processes');
  for (const name of readdirSync(place)) {
    const file = join(place, name);
    const identity = readIdentity(file);
    if (identity && isAlive(identity)) living.push(identity);
    else rmSync(file, { force: true });
  }
  return living;
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined; // half-written by a process that was killed, or removed since
  }
}
