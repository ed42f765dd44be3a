import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { type Bench, machine, p95, said } from '../measure.ts';
import {
  bareCase,
  type Cookies,
  drawKnown,
  type Known,
  readRound,
  signIn,
  wholeCase,
} from './casework.ts';
import { claimsOf, type Found, pace } from './claims.ts';
import { arrive, connect, load } from './load.ts';
import { demandPgbench, pgbench, writeScript } from './pgbench.ts';
import { type Act, acts, type Line, makePlan } from './plan.ts';
import { onCopy } from './province.ts';
import { provinceId } from './seed.ts';
import { type Addresses, type Server, startBare, startProduct } from './servers.ts';

const folder = join(repositoryFolder, '.bench/casework');
const rounds = 3;
const connections = 16;
const crowd = 256;
const seconds = 8;

const file = (name: string) => join(folder, name);

/** Has the product do one case, and writes down what it sends for each act. */
async function record(at: Addresses, database: Database): Promise<void> {
  const recording = file('statements.jsonl');
  await writeFile(recording, '');
  const product = await startProduct(at, file('recorded.log'), { recordTo: recording });
  const connection = connect(product.base);
  try {
    const who = await signIn(product.base);
    // Once before, so that what is read once a process has been read.
    await wholeCase(who, connection, (_name, work) => work());
    const lines: Record<Act, Line[]> = { submit: [], sign: [], grant: [] };
    let code = '';
    let nationalId = '';
    await wholeCase(who, connection, async (name, work) => {
      const before = (await readFile(recording, 'utf8')).length;
      const answer = await work();
      code = (answer as { body: { code: string } }).body.code;
      const text = (await readFile(recording, 'utf8')).slice(before);
      lines[name as Act] = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line));
      return answer;
    });
    const { body } = await connection.get(`/api/cases/${code}`, who.officer);
    nationalId = body.person.nationalId;
    const shared = await accountIds(database);
    const plan = makePlan(lines, { nationalId, permitNumber: body.permit.number, shared });
    await writeFile(file('plan.json'), JSON.stringify(plan, null, 1));
    writeScript(plan, file('script.sql'));
    for (const act of acts)
      said(`${act}: ${lines[act].length} statements, ${plan.acts[act].length} round trips`);
  } finally {
    connection.close();
    await product.stop();
  }
}

async function accountIds(database: Database): Promise<Set<string>> {
  const rows = await database.transaction(provinceContext(provinceId), (tx) =>
    tx.selectFrom('accounts').select('id').execute(),
  );
  return new Set(rows.map(({ id }) => id));
}

const empty = (): Found => ({
  ...{ product: [], bare: [], pgbench: [], verify: [] },
  ...{ paced: [], writes: [], bareWrites: [], reads: [] },
  ...{ crowd: [], crowdReads: [], crowdWrites: [] },
});

type Scene = {
  readonly product: string;
  readonly bare: string;
  readonly who: Cookies;
  readonly known: Known;
};

async function oneRound(
  at: Addresses,
  database: Database,
  { product, bare, who, known }: Scene,
  round: number,
  into: Found,
): Promise<void> {
  const it = { seconds: round === 0 ? 3 : seconds, connections };
  const whole = await load(product, it, (c, time) => wholeCase(who, c, time));
  const plain = await load(bare, it, (c, time) => bareCase(who, c, time));
  const from = 1 + round * 10_000_000;
  const cases = await pgbench(file('script.sql'), at.appUrl, { ...it, from });
  const reads = await load(product, it, (c, time) => readRound(who, known, c, time));
  const paced = await arrive(product, { ...it, seconds: it.seconds * 2 }, [
    { perSecond: pace.roundsPerSecond, work: (c, time) => readRound(who, known, c, time) },
    { perSecond: pace.casesPerSecond, work: (c, time) => wholeCase(who, c, time) },
  ]);
  const many = { ...it, connections: crowd };
  const crowdWrites = await load(product, many, (c, time) => wholeCase(who, c, time));
  const crowdReads = await load(product, many, (c, time) => readRound(who, known, c, time));
  const verified = await timeVerify(product, database);
  said(
    `acts/s: product ${whole.perSecond.toFixed(0)}, bare ${plain.perSecond.toFixed(0)}, pgbench ${(cases * 3).toFixed(0)}; reads/s ${reads.perSecond.toFixed(0)}; verify ${verified.toFixed(1)} s`,
  );
  for (const [name, times] of paced.times) said(`  ${name} p95 ${p95(times).toFixed(1)} ms`);
  into.product.push(whole.perSecond);
  into.bare.push(plain.perSecond);
  into.pgbench.push(cases * 3);
  into.paced.push(paced.times);
  into.writes.push(whole.times);
  into.bareWrites.push(plain.times);
  into.reads.push(reads.times);
  into.crowd.push(crowdWrites.perSecond);
  into.crowdWrites.push(crowdWrites.times);
  into.crowdReads.push(crowdReads.times);
  into.verify.push(verified);
}

/** The works take turns, so that a machine that slows down slows all of them; the first round is not counted. */
async function measure(at: Addresses, database: Database): Promise<Found> {
  const found = empty();
  const servers: Server[] = [];
  try {
    const product = await startProduct(at, file('product.log'));
    servers.push(product);
    const bare = await startBare(at, file('plan.json'), file('bare.log'));
    servers.push(bare);
    const who = await signIn(product.base);
    const known = await drawKnown(database);
    for (let round = 0; round <= rounds; round += 1) {
      const into = round === 0 ? empty() : found;
      await oneRound(
        at,
        database,
        { product: product.base, bare: bare.base, who, known },
        round,
        into,
      );
    }
    return found;
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** Seconds for fifty thousand numbers, all of them permits. */
async function timeVerify(base: string, database: Database): Promise<number> {
  const rows = await database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .selectFrom('permits')
      .select('number')
      .where('province_id', '=', provinceId)
      .orderBy('id')
      .limit(50_000)
      .execute(),
  );
  const connection = connect(base);
  const started = performance.now();
  const { body } = await connection.post('/api/verify', '', {
    numbers: rows.map(({ number }) => number),
  });
  connection.close();
  if (body.items.length !== 50_000) throw new Error('Not every number was answered.');
  return (performance.now() - started) / 1000;
}

/** Measures an office's whole way with a case, with a million cases in the database. */
export async function run(): Promise<Bench> {
  demandPgbench();
  try {
    return await onCopy(folder, 'bench_run', async (at, database) => {
      await record(at, database);
      const claims = claimsOf(await measure(at, database));
      return { bench: 'casework', machine: machine(), claims };
    });
  } finally {
    for (const name of ['statements.jsonl', 'plan.json', 'script.sql'])
      await rm(file(name), { force: true });
  }
}
