import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { freePort } from '../../scripts/free-port.ts';
import { loadReference } from '../../src/accounts/index.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { type Bench, type Claim, machine, p95, said } from '../measure.ts';
import { residentMb } from '../memory.ts';
import { type Found, Phone } from './phone.ts';
import { type Inspector, seed, visitsOfEach } from './seed.ts';

const inspectors = Number(process.env.BENCH_INSPECTORS ?? 100);
const photosOfEach = 60;
const folder = join(repositoryFolder, '.bench', 'sync');
const mostMemoryMb = 512;
const mostMs = 1000;

/** Everybody comes back into signal at once; the server is killed twice meanwhile. */
export async function run(): Promise<Bench> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const embedded = await openEmbedded(folder);
  const database = await openDatabase(embedded);
  try {
    await migrate(database);
    await loadReference(database);
    const all = await seed(database, inspectors);
    const bare = await bareInserts(database);
    const product = new Product(embedded, await freePort());
    await product.start();
    const found = await receiveAll(product, database, all);
    await product.stop();
    const kept = await countKept(database);
    return {
      bench: 'sync',
      machine: machine(),
      claims: claimsOf(found, kept, bare, product.peakMb),
    };
  } finally {
    await database.close();
    await embedded.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The product as it is run, with its worker; it may be killed and started again at the same address. */
class Product {
  readonly base: string;
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  #watch: NodeJS.Timeout | undefined;
  /** The most memory that any of its processes had, MB. */
  peakMb = 0;

  constructor({ url, appUrl }: { url: string; appUrl: string }, port: number) {
    this.base = `http://127.0.0.1:${port}`;
    const at = { DATABASE_URL: url, APP_DATABASE_URL: appUrl, HOST: '127.0.0.1' };
    const data = { KARKHANEH_DATA: join(folder, 'files'), LOG_LEVEL: 'warn', PORT: String(port) };
    this.#env = { ...process.env, ...at, ...data };
  }

  async start(): Promise<void> {
    const command = join(repositoryFolder, 'bin/karkhaneh');
    const child = spawn(command, ['serve', '--no-demo'], { env: this.#env });
    const log = createWriteStream(join(folder, 'product.log'), { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    this.#child = child;
    this.#watch = setInterval(() => void this.#measure(child.pid), 500);
    while (!(await isUp(this.base))) {
      if (child.exitCode !== null) throw new Error('the server of the bench did not start');
      await sleep(200);
    }
  }

  async #measure(pid: number | undefined): Promise<void> {
    this.peakMb = Math.max(this.peakMb, await residentMb(pid));
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    clearInterval(this.#watch);
    this.#child?.kill(signal);
    if (this.#child) await once(this.#child, 'exit');
  }
}

async function isUp(base: string): Promise<boolean> {
  return fetch(`${base}/readyz`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function receiveAll(product: Product, database: Database, all: readonly Inspector[]) {
  const found: Found = { times: [], bytes: 0, requests: 0, broken: 0 };
  const started = performance.now();
  const phones = Promise.all(all.map((one) => new Phone(product.base, one, found).run()));
  let over = false;
  const ended = phones.finally(() => {
    over = true;
  });
  const killing = (async () => {
    for (const share of [1 / 3, 2 / 3]) {
      while (!over && (await countKept(database)).photos < share * inspectors * photosOfEach) {
        await sleep(500);
      }
      if (over) return;
      said(`killed when ${Math.round(share * 100)} % of the photos were kept`);
      await product.stop('SIGKILL');
      await product.start();
    }
  })();
  await Promise.all([ended, killing]);
  said(`${found.requests} requests, ${found.broken} broken, ${found.bytes >> 20} MB`);
  return { ...found, seconds: (performance.now() - started) / 1000 };
}

type Kept = Record<'records' | 'passes' | 'cases' | 'photos', number>;

async function countKept(database: Database): Promise<Kept> {
  const { rows } = await database.migratorTransaction((tx) =>
    sql<Kept>`select (select count(*)::integer from field_records where state = 'applied') as records,
      (select count(*)::integer from history where verb = 'supervision.pass') as passes,
      (select count(distinct case_id)::integer from history
        where verb = 'supervision.pass' and sign = 1) as cases,
      (select count(*)::integer from field_photos where state = 'kept') as photos`.execute(tx),
  );
  const [row] = rows;
  if (!row) throw new Error('nothing was counted');
  return row;
}

/** The 95th percentile of one plain insert of a record, as many at once as there are inspectors; ms. */
async function bareInserts(database: Database): Promise<number> {
  const { pools } = database;
  await pools.migrator.query(
    'create table bare_records (id uuid primary key, sent jsonb not null)',
  );
  const sent = JSON.stringify({ answers: { seen: 'yes' }, note: 'x'.repeat(400) });
  const times: number[] = [];
  const one = async () => {
    for (let at = 0; at < 5; at += 1) {
      const started = performance.now();
      const values = [crypto.randomUUID(), sent];
      await pools.migrator.query('insert into bare_records values ($1, $2)', values);
      times.push(performance.now() - started);
      await sleep(100);
    }
  };
  await Promise.all(Array.from({ length: inspectors }, one));
  await pools.migrator.query('drop table bare_records');
  return p95(times);
}

function claimsOf(
  found: Found & { readonly seconds: number },
  kept: Kept,
  bare: number,
  peakMb: number,
): Claim[] {
  const [visits, photos] = [inspectors * visitsOfEach, inspectors * photosOfEach];
  const took = p95(found.times);
  const once = kept.records === visits && kept.passes === visits && kept.cases === visits;
  const whole = once && kept.photos === photos;
  const absolute = { against: '', ratio: null };
  return [
    {
      ...{ id: 'records-each-once', value: kept.passes, unit: `of ${visits} visits`, ...absolute },
      ...{ target: `${visits} visits and ${photos} photos, each once`, holds: whole },
    },
    {
      ...{ id: 'visit-without-photos-p95', value: took, unit: 'ms' },
      ...{ against: 'one bare insert of it, as many at once', ratio: took / bare },
      ...{ target: `under ${mostMs} ms`, holds: took < mostMs },
    },
    {
      ...{ id: 'server-memory', value: peakMb, unit: 'MB', ...absolute },
      ...{ target: `under ${mostMemoryMb} MB`, holds: peakMb < mostMemoryMb },
    },
    {
      ...{ id: 'all-received', value: found.seconds, unit: 's', ...absolute },
      ...{ target: 'measured, with no bar of its own', holds: true },
    },
  ];
}
