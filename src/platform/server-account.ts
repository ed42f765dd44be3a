import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** The operating system's account that PostgreSQL runs as. */
export interface ServerAccount {
  readonly uid: number;
  readonly gid: number;
  /** True when this process is root and gives its rights up for the server. */
  readonly switches: boolean;
  /** True when root works in somebody else's data folder, and what it makes there is to be theirs. */
  readonly ownsData: boolean;
}

/**
 * Root's server runs as the data folder's owner if that is somebody else, otherwise as `nobody`;
 * everybody else's runs as themselves.
 */
export function serverAccount(dataFolder: string): ServerAccount {
  const uid = process.geteuid?.() ?? 0;
  const gid = process.getegid?.() ?? 0;
  if (uid !== 0) return { uid, gid, switches: false, ownsData: false };
  const owner = statSync(dataFolder);
  const accounts = readAccounts();
  // initdb asks the system for the account's name, so one that exists only as a number won't do.
  const chosen = accounts.find((account) => owner.uid !== 0 && account.uid === owner.uid);
  const nobody = accounts.find((account) => account.name === 'nobody');
  const { uid: id, gid: group } = chosen ?? nobody ?? { uid: 65534, gid: 65534 };
  return { uid: id, gid: group, switches: true, ownsData: chosen !== undefined };
}

function readAccounts(): { name: string; uid: number; gid: number }[] {
  try {
    const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
    return lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      return { name, uid: Number(uid), gid: Number(gid) };
    });
  } catch {
    return [];
  }
}

/** Whether the account may pass through every folder down to and including `path`. */
export function canReach(path: string, account: ServerAccount): boolean {
  if (!account.switches) return true;
  const { mode, uid, gid } = statSync(path);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & bit) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(parent, account);
}
