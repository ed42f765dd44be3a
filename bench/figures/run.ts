import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { to as copyTo } from 'pg-copy-streams';
import { loadReference } from '../../src/accounts/load-reference.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Connection, connect } from '../casework/load.ts';
import { startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, median, said } from '../measure.ts';
import { groupBy, openDuck, type PlainRow, toRow } from './plain.ts';
import { seedRows, seedTotals } from './seed.ts';
import { writingTimes } from './writing.ts';

const sizes = (process.env.FIGURES_CASES ?? '10000,1000000,10000000').split(',').map(Number);
const folder = join(repositoryFolder, '.bench', 'figures');
const asked = Number(process.env.FIGURES_REQUESTS ?? 300);
const limitMs = 10;

/** What the bulletin asks: the whole, by agency, by county and by month, for its fifteen months. */
const questions = ['', '&by=agency', '&by=county', '&by=month'].map(
  (cut) => `/api/figures?from=1400-01-01&to=1401-03-31${cut}`,
);

type Size = {
  readonly cases: number;
  /** Milliseconds. */
  readonly p95: number;
  readonly postgres: number;
  readonly duck: number;
  readonly writing?: { readonly kept: number; readonly bare: number };
};

/** The bulletin's figures over HTTP at each size, beside the same sums over the cases themselves. */
export async function run(): Promise<Bench> {
  const found: Size[] = [];
  for (const cases of sizes) found.push(await measureSize(cases, found.length === 0));
  return { bench: 'figures', machine: machine(), claims: claimsOf(found) };
}

async function measureSize(cases: number, writes: boolean): Promise<Size> {
  const home = join(folder, String(cases));
  await rm(home, { recursive: true, force: true });
  await mkdir(home, { recursive: true });
  const embedded = await openEmbedded(join(home, 'data'));
  const database = await openDatabase(embedded);
  try {
    await migrate(database);
    await loadReference(database);
    said(`${cases}: filling`);
    await seedRows(database, cases);
    await seedTotals(database);
    await settle(embedded.superuserUrl);
    const product = await startProduct(embedded, join(home, 'product.log'));
    const connection = connect(product.base);
    try {
      const plain = await plainTimes(database, home);
      await demandSame(connection, plain.rows);
      const p95 = await p95Of(connection);
      said(`${cases}: p95 ${p95.toFixed(2)} ms`);
      const times = { cases, p95, postgres: plain.postgres, duck: plain.duck };
      return writes ? { ...times, writing: await writingTimes(database) } : times;
    } finally {
      connection.close();
      await product.stop();
    }
  } finally {
    await database.close();
    await embedded.release();
    await rm(home, { recursive: true, force: true });
  }
}

/** What the filling left to be written is written before anything is measured, as it would be by the next day. */
async function settle(superuserUrl: string): Promise<void> {
  const superuser = await openDatabase({ url: superuserUrl });
  await superuser.pools.migrator.query('checkpoint');
  await superuser.close();
}

/** The 95th of a hundred over all questions, asked in turn on one connection after a round that is not counted. */
async function p95Of(connection: Connection): Promise<number> {
  for (const url of [...questions, ...questions]) await connection.get(url, '');
  const times: number[] = [];
  for (let nth = 0; nth < asked; nth += 1) {
    const started = performance.now();
    await connection.get(questions[nth % questions.length] ?? '', '');
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const started = performance.now();
  const answer = await work();
  return { ms: performance.now() - started, answer };
}

/** The same sums by one GROUP BY, by PostgreSQL and by DuckDB in turn; both have to say the same. */
async function plainTimes(database: Database, home: string) {
  const csv = join(home, 'rows.csv');
  await toCsv(database, csv);
  const duck = await openDuck(join(repositoryFolder, '.bench', 'duckdb'), csv);
  const postgres = async () =>
    (await database.pools.migrator.query(groupBy)).rows.map((row) => toRow(row));
  const times = { postgres: [] as number[], duck: [] as number[] };
  let rows: PlainRow[] = [];
  try {
    for (let round = 0; round <= 3; round += 1) {
      const one = await timed(postgres);
      const two = await timed(duck.ask);
      if (String(one.answer.map(textOf)) !== String(two.answer.map(textOf))) {
        throw new Error('PostgreSQL and DuckDB do not say the same');
      }
      rows = one.answer;
      if (round > 0) times.postgres.push(one.ms);
      if (round > 0) times.duck.push(two.ms);
    }
  } finally {
    duck.close();
  }
  return { rows, postgres: median(times.postgres), duck: median(times.duck) };
}

const textOf = (row: PlainRow) => Object.values(row).join(' ');

async function toCsv(database: Database, path: string): Promise<void> {
  const client = await database.pools.migrator.connect();
  try {
    const rows = client.query(copyTo('copy bench_rows to stdout with (format csv, header)'));
    await pipeline(rows, createWriteStream(path));
  } finally {
    client.release();
  }
}

/** The product's answer by agency has to be the GROUP BY's, to the rial. */
async function demandSame(connection: Connection, rows: readonly PlainRow[]): Promise<void> {
  const { body } = await connection.get(questions[1] ?? '', '');
  for (const row of rows) {
    const part = body.by.find(({ key }: { key: string }) => key === row.agency)?.measures;
    const said = [
      ...[part?.permits_issued, part?.plans_referred, part?.plans_funded],
      ...[part?.rial_paid, part?.jobs_registered],
    ].join(' ');
    const wanted = [row.issued, row.referred, row.funded, row.rial, row.jobs].join(' ');
    if (said !== wanted) throw new Error(`${row.agency}: the product says ${said}, not ${wanted}`);
  }
}

function claimsOf(found: readonly Size[]): Claim[] {
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return [];
  const name = (cases: number) => (cases >= 1e6 ? `${cases / 1e6}m` : `${cases / 1e3}k`);
  const each = found.flatMap((size): Claim[] => [
    {
      id: `p95-over-http-at-${name(size.cases)}`,
      ...{ value: size.p95, unit: 'ms', target: `under ${limitMs} ms` },
      against: 'PostgreSQL GROUP BY over the cases',
      ...{ ratio: size.p95 / size.postgres, holds: size.p95 < limitMs },
    },
    {
      id: `duckdb-scan-at-${name(size.cases)}`,
      ...{ value: size.duck, unit: 'ms', against: 'p95 over HTTP' },
      ...{ ratio: size.duck / size.p95, target: size === last ? 'at least 10 times' : 'any' },
      holds: size !== last || size.duck >= 10 * size.p95,
    },
  ]);
  const growth: Claim = {
    id: `p95-at-${name(last.cases)}-against-${name(first.cases)}`,
    ...{ value: last.p95, unit: 'ms', against: `p95 at ${name(first.cases)}` },
    ratio: last.p95 / first.p95,
    ...{ target: 'at most 1.5 times', holds: last.p95 <= 1.5 * first.p95 },
  };
  return [...each, growth, ...(first.writing ? [writingClaim(first.writing)] : [])];
}

function writingClaim({ kept, bare }: NonNullable<Size['writing']>): Claim {
  return {
    id: 'writing-with-figures-kept',
    ...{ value: kept, unit: 'ms', against: 'the same steps written without figures' },
    ...{ ratio: kept / bare, target: 'at most 1.3 times', holds: kept <= 1.3 * bare },
  };
}
