/**
 * npm run test:ha
 *
 * Three nodes of PostgreSQL under Patroni, etcd and HAProxy on the loopback, the product on them, and deaths of
 * leaders while people work (test/cluster). Says what is missing where the machine lacks a package: status 2.
 */
import { spawnSync } from 'node:child_process';
import { findPrograms } from '../test/cluster/programs.ts';

const programs = findPrograms();
if ('missing' in programs) {
  const packages = programs.missing.join(' ');
  process.stderr.write(`Not run. On Debian: apt-get install -y ${packages}\n`);
  process.exit(2);
}
const words = ['scripts/test.ts', '--long', 'test/cluster'];
const { status } = spawnSync(process.execPath, words, { stdio: 'inherit' });
process.exit(status ?? 1);
