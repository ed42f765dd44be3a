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
import { writeRegister } from './register.ts';

const rows = 100_000;
const rounds = 2;
const folder = join(repositoryFolder, '.bench/import');
const node = promisify(execFile);

type Once = { readonly seconds: number; readonly peakMb: number };

/** One work in a process of its own, on a new copy of the empty product's database. */
async function once(server: EmbeddedPostgres, work: string, file: string, name: string) {
  const superuser = await openDatabase({ url: server.superuserUrl });
  const named = (url: string) => url.replace('/karkhaneh?', `/${name}?`);
  try {
    const made = `create database ${name} template karkhaneh owner karkhaneh`;
    await superuser.pools.migrator.query(made);
    await superuser.pools.migrator.query('checkpoint');
    const script = join(repositoryFolder, 'bench/import/once.ts');
    const words = [script, work, file, named(server.url), named(server.appUrl)];
    const { stdout } = await node(process.execPath, words);
    await superuser.pools.migrator.query(`drop database ${name} with (force)`);
    process.stderr.write(`${work} ${stdout}`);
    return JSON.parse(stdout) as Once;
  } finally {
    await superuser.close();
  }
}

async function prepare(): Promise<{ server: EmbeddedPostgres; file: string }> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'permits.xlsx');
  await writeRegister(file, rows);
  const server = await openEmbedded(join(folder, 'data'));
  const database = await openDatabase(server);
  await migrate(database);
  await loadReference(database);
  await database.close();
  return { server, file };
}

/** Measures the import of a register of permits against reading the sheet and a bare COPY of its rows. */
export async function run(): Promise<Bench> {
  const { server, file } = await prepare();
  const found: Record<'import' | 'copy', Once[]> = { import: [], copy: [] };
  try {
    for (let round = 0; round <= rounds; round += 1) {
      for (const work of ['import', 'copy'] as const) {
        const measured = await once(server, work, file, `${work}_${round}`);
        if (round > 0) found[work].push(measured);
      }
    }
  } finally {
    await server.release();
    await rm(folder, { recursive: true, force: true });
  }
  return { bench: 'import', machine: machine(), claims: claimsOf(found) };
}

function claimsOf(found: Record<'import' | 'copy', Once[]>): Claim[] {
  const speed = (work: 'import' | 'copy') => rows / median(found[work].map((one) => one.seconds));
  const [value, bare] = [speed('import'), speed('copy')];
  const peak = Math.max(...found.import.map(({ peakMb }) => peakMb));
  const against = 'reading the sheet and a bare COPY of its rows';
  const speeds = { value, unit: 'rows/s', against, ratio: value / bare };
  return [
    { id: 'import-rows-per-second', ...speeds, target: '≥ 3000 rows/s', holds: value >= 3000 },
    { id: 'import-against-copy', ...speeds, target: 'ratio ≥ 0.15', holds: value / bare >= 0.15 },
    {
      ...{ id: 'import-peak-memory', value: peak, unit: 'MB', against: 'an absolute limit' },
      ...{ ratio: null, target: '< 500 MB', holds: peak < 500 },
    },
  ];
}
