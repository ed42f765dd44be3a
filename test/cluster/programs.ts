import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What a cluster is made of, where Debian's packages put it. */
export type Programs = {
  readonly patroni: string;
  readonly etcd: string;
  readonly haproxy: string;
  /** The folder of PostgreSQL's own programs, of its newest version here. */
  readonly postgres: string;
};

/** The names of Debian's packages that are not here. */
export type Missing = { readonly missing: readonly string[] };

const places = {
  patroni: '/usr/bin/patroni',
  etcd: '/usr/bin/etcd',
  haproxy: '/usr/sbin/haproxy',
  pgbackrest: '/usr/bin/pgbackrest',
  rsync: '/usr/bin/rsync',
  pgbouncer: '/usr/sbin/pgbouncer',
};
type Name = keyof typeof places;
const packages: Partial<Record<Name, readonly string[]>> = {
  patroni: ['patroni', 'python3-etcd'],
  etcd: ['etcd-server'],
};
const postgresFolder = '/usr/lib/postgresql';

/** Where some programs are, and PostgreSQL's own; or the packages that are missing. */
function find<Names extends Name>(
  ...names: Names[]
): ({ readonly [name in Names]: string } & { readonly postgres: string }) | Missing {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder) : [];
  const [newest] = versions
    .filter((version) => existsSync(`${postgresFolder}/${version}/bin/pg_rewind`))
    .sort((one, other) => Number(other) - Number(one));
  const missing = names
    .filter((name) => !existsSync(places[name]))
    .flatMap((name) => packages[name] ?? [name]);
  if (newest === undefined) missing.push('postgresql');
  if (missing.length > 0) return { missing };
  return { ...places, postgres: `${postgresFolder}/${newest}/bin` };
}

/** The programs of a cluster, or the packages that are missing. */
export const findPrograms = (): Programs | Missing => find('patroni', 'etcd', 'haproxy');

/** The programs that keep a server's write-ahead log, or the packages that are missing. */
export const findArchiving = () => find('pgbackrest', 'rsync');

/** The programs of a server behind pgBouncer, or the packages that are missing. */
export const findPooling = () => find('pgbouncer');

/** The user that PostgreSQL runs as: it refuses root. Undefined where we are nobody special ourselves. */
export function postgresUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  if (uid === undefined) throw new Error('There is no user postgres on this machine.');
  return { uid: Number(uid), gid: Number(gid) };
}
