import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** What a cluster is made of, where Debian's packages put it. */
export type Programs = {
  readonly patroni: string;
  readonly etcd: string;
  readonly haproxy: string;
  /** The folder of PostgreSQL's own programs, of its newest version here. */
  readonly postgres: string;
};

const places = {
  patroni: '/usr/bin/patroni',
  etcd: '/usr/bin/etcd',
  haproxy: '/usr/sbin/haproxy',
};
const postgresFolder = '/usr/lib/postgresql';

/** The programs of a cluster, or the names of the packages that are missing. */
export function findPrograms(): Programs | { readonly missing: string[] } {
  const versions = existsSync(postgresFolder) ? readdirSync(postgresFolder) : [];
  const whole = versions
    .filter((version) => existsSync(`${postgresFolder}/${version}/bin/pg_rewind`))
    .sort((one, other) => Number(other) - Number(one));
  const missing = [
    ...(existsSync(places.patroni) ? [] : ['patroni', 'python3-etcd']),
    ...(existsSync(places.etcd) ? [] : ['etcd-server']),
    ...(existsSync(places.haproxy) ? [] : ['haproxy']),
    ...(whole[0] === undefined ? ['postgresql'] : []),
  ];
  if (missing.length > 0) return { missing };
  return { ...places, postgres: `${postgresFolder}/${whole[0]}/bin` };
}

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
