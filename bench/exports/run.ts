import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { to as copyTo } from 'pg-copy-streams';
import { repositoryFolder } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { signIn } from '../casework/casework.ts';
import { connect } from '../casework/load.ts';
import { cases, onCopy } from '../casework/province.ts';
import { provinceId } from '../casework/seed.ts';
import { type Addresses, startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, median, said } from '../measure.ts';
import { watchMemory } from '../memory.ts';

const folder = join(repositoryFolder, '.bench/casework');
const rounds = 2;
const mostMemoryMb = 500;

type Found = {
  readonly rows: number;
  readonly product: number[];
  readonly copy: number[];
  readonly mostMb: number;
};

/** Every application of five years, row by row, as a file that an officer takes away. */
export async function run(): Promise<Bench> {
  const found = await onCopy(folder, 'bench_exports', measure);
  return { bench: 'exports', machine: machine(), claims: claimsOf(found) };
}

async function measure(at: Addresses, database: Database): Promise<Found> {
  const product = await startProduct(at, join(folder, 'exports.log'), { worker: true });
  const watch = watchMemory(product.pid);
  const found = { rows: 0, product: [] as number[], copy: [] as number[] };
  try {
    const { officer } = await signIn(product.base);
    for (let round = 0; round < rounds; round += 1) {
      found.copy.push(await timeCopy(database));
      const { rows, seconds } = await timeReport(product.base, officer);
      found.rows = rows;
      found.product.push(seconds);
      said(`${rows} rows in ${seconds.toFixed(0)} s, COPY ${found.copy.at(-1)?.toFixed(0)} s`);
    }
    return { ...found, mostMb: watch.most() };
  } finally {
    watch.stop();
    await product.stop();
  }
}

/** Seconds from asking for a report until its file has been downloaded whole, and how many rows it says it has. */
async function timeReport(
  base: string,
  cookie: string,
): Promise<{ rows: number; seconds: number }> {
  const connection = connect(base);
  const started = performance.now();
  const question = {
    ...{ kind: 'entries', measures: ['applications_submitted'], span: 'all' },
    ...{ scope: {}, language: 'en' },
  };
  const asked = { name: 'Everything', format: 'csv', question };
  const { code } = (await connection.post('/api/report-runs', cookie, asked)).body;
  for (;;) {
    await sleep(250);
    const { runs } = (await connection.get('/api/reports', cookie)).body;
    const run = runs.find((one: { code: string }) => one.code === code);
    if (run.state === 'failed') throw new Error('the report failed');
    if (run.state !== 'done') continue;
    connection.close();
    const lines = await download(`${base}/api/report-runs/${code}/file`, cookie);
    if (lines !== run.rows + 1) throw new Error(`${lines} lines for ${run.rows} rows`);
    return { rows: run.rows, seconds: (performance.now() - started) / 1000 };
  }
}

async function download(url: string, cookie: string): Promise<number> {
  const { body, ok, status } = await fetch(url, { headers: { cookie } });
  if (!ok || !body) throw new Error(`${url}: ${status}`);
  let lines = 0;
  for await (const part of body) for (const byte of part) if (byte === 10) lines += 1;
  return lines;
}

/** Seconds that PostgreSQL alone takes to write the same columns of the same rows to somebody who reads them. */
async function timeCopy(database: Database): Promise<number> {
  const client = await database.pools.migrator.connect();
  const nowhere = new Writable({ write: (_part, _encoding, done) => done() });
  const started = performance.now();
  try {
    await client.query(`set app.province = '${provinceId}'`);
    await pipeline(
      client.query(
        copyTo(`copy (
          select h.id, h.happened_on, p.first_name, p.last_name, m.number, h.kind, h.occupation_id,
            h.agency_id, h.county_id, h.bank_id, h.people, h.rial
          from history h
          join people p on p.province_id = h.province_id and p.id = h.person_id
          join cases c on c.province_id = h.province_id and c.id = h.case_id
          left join permits m on m.province_id = c.province_id and m.id = c.permit_id
          where h.province_id = ${provinceId} and h.verb = 'permits.submit'
          order by h.id desc) to stdout (format csv, header)`),
      ),
      nowhere,
    );
    return (performance.now() - started) / 1000;
  } finally {
    client.release(true);
  }
}

function claimsOf({ rows, product, copy, mostMb }: Found): Claim[] {
  const [seconds, plain] = [median(product), median(copy)];
  return [
    {
      ...{ id: 'rows', value: rows, unit: 'rows', against: `${cases} applications`, ratio: null },
      ...{ target: 'every one', holds: rows === cases },
    },
    {
      ...{ id: 'rows-a-second', value: rows / seconds, unit: 'rows/s', ratio: plain / seconds },
      against: `PostgreSQL's COPY of the same columns (${(rows / plain).toFixed(0)}/s)`,
      ...{ target: 'ratio ≥ 0.05', holds: plain / seconds >= 0.05 },
    },
    {
      ...{ id: 'memory', value: mostMb, unit: 'MB', against: '', ratio: null },
      ...{ target: `< ${mostMemoryMb} MB, server and worker in one`, holds: mostMb < mostMemoryMb },
    },
  ];
}
