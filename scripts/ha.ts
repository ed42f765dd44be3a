/**
 * npm run test:ha
 *
 * Three nodes of PostgreSQL under Patroni, etcd and HAProxy on the loopback, the product on them, and deaths of
 * leaders while people work; a server that is restored from its write-ahead log; the product behind pgBouncer
 * (test/cluster). Says what is missing where the machine lacks a package: status 2.
 */
import { spawnSync } from 'node:child_process';
import { findArchiving, findPooling, findPrograms } from '../test/cluster/programs.ts';

const found = [findPrograms(), findArchiving(), findPooling()];
const missing = new Set(found.flatMap((one) => ('missing' in one ? one.missing : [])));
if (missing.size > 0) {
  const packages = [...missing].join(' ');
  process.stderr.write(`Not run. On Debian: apt-get install -y ${packages}\n`);
  process.exit(2);
}
const words = ['scripts/test.ts', '--long', 'test/cluster'];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
process.exit(status ?? 1);
