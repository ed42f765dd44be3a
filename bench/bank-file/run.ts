import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/database.ts';
import { type EmbeddedPostgres, openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Bench, type Claim, machine, median } from '../measure.ts';
import { seedOrders, writeStatement } from './statement.ts';

const lines = Number(process.env.BENCH_LINES ?? 1_000_000);
const rounds = 2;
const folder = join(repositoryFolder, '.bench/bank-file');
const node = promisify(execFile);
const works = ['parse', 'reconcile', 'copy'] as const;

type Work = (typeof works)[number];
type Once = { readonly seconds: number; readonly peakMb: number; readonly lines: number };

/** One work in a process of its own, on a new copy of the database with the orders. */
async function once(server: EmbeddedPostgres, work: Work, file: string, name: string) {
  const superuser = await openDatabase({ url: server.superuserUrl });
  const named = (url: string) => url.replace('/karkhaneh?', `/${name}?`);
  try {
    const made = `create database ${name} template karkhaneh owner karkhaneh`;
    await superuser.pools.migrator.query(made);
    await superuser.pools.migrator.query('checkpoint');
    const script = join(repositoryFolder, 'bench/bank-file/once.ts');
    const { stdout } = await node(process.execPath, [
      ...[script, work, file, named(server.url), named(server.appUrl)],
    ]);
    await superuser.pools.migrator.query(`drop database ${name} with (force)`);
    process.stderr.write(`${work} ${stdout}`);
    const found = JSON.parse(stdout) as Once;
    if (found.lines !== lines) throw new Error(`${work} read ${found.lines} lines`);
    return found;
  } finally {
    await superuser.close();
  }
}

async function prepare(): Promise<{ server: EmbeddedPostgres; file: string }> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'statement.xml');
  await writeStatement(file, lines);
  const server = await openEmbedded(join(folder, 'data'));
  const database = await openDatabase(server);
  await migrate(database);
  await loadReference(database);
  await database.migratorTransaction((tx) => seedOrders(tx, lines));
  await database.close();
  return { server, file };
}

/** Measures the reconciliation of a statement against reading it alone, and against a bare COPY. */
export async function run(): Promise<Bench> {
  const { server, file } = await prepare();
  const found: Record<Work, Once[]> = { parse: [], reconcile: [], copy: [] };
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const work of works) {
        const measured = await once(server, work, file, `${work}_${round}`);
        if (round > 0) found[work].push(measured);
      }
    }
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
  return { bench: 'bank-file', machine: machine(), claims: claimsOf(found) };
}

function claimsOf(found: Record<Work, Once[]>): Claim[] {
  const speed = (work: Work) => lines / median(found[work].map((one) => one.seconds));
  const value = speed('reconcile');
  const peak = Math.max(...found.reconcile.map(({ peakMb }) => peakMb));
  const ratio = value / speed('parse');
  const toCopy = value / speed('copy');
  return [
    {
      ...{ id: `reconcile-${lines}-lines`, value, unit: 'lines/s', against: 'reading them alone' },
      ...{ ratio, target: 'ratio ≥ 0.3', holds: ratio >= 0.3 },
    },
    {
      ...{ id: 'reconcile-beside-copy', value, unit: 'lines/s', ratio: toCopy },
      against: 'reading them and a bare COPY',
      ...{ target: 'beside it, no bound', holds: true },
    },
    {
      ...{ id: 'reconcile-peak-memory', value: peak, unit: 'MB', against: 'an absolute limit' },
      ...{ ratio: null, target: '< 500 MB', holds: peak < 500 },
    },
  ];
}
