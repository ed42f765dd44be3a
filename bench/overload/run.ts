import { join } from 'node:path';
import { sql } from 'kysely';
import { decodeCode } from '../../src/kit/code.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { drawKnown, readRound, signIn, wholeCase } from '../casework/casework.ts';
import { pace } from '../casework/claims.ts';
import { arrive, load } from '../casework/load.ts';
import { onCopy } from '../casework/province.ts';
import { provinceId } from '../casework/seed.ts';
import { type Addresses, startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, p95, said } from '../measure.ts';
import { type Storm, storm, type Target } from './storm.ts';

/** The filled province of bench/casework, which is not filled twice. */
const folder = join(repositoryFolder, '.bench/casework');
const stormSeconds = Number(process.env.BENCH_STORM_SECONDS ?? 20);
const times = 5;
const connections = 16;
/** By then whoever asks at the usual pace has to be answered as before. */
const mostRecoverySeconds = 60;
const windowSeconds = 3;

type Found = {
  /** Requests a second that the server answers at its best. */
  readonly capacity: number;
  readonly calmP95: number;
  readonly storm: Storm;
  readonly stormSeconds: number;
  readonly kept: number;
  readonly recoverySeconds: number;
  readonly spikeP95: number;
};

/** Five times as much as the server can do, for a while; and then a spike that it can bear. */
export async function run(): Promise<Bench> {
  const found = await onCopy(folder, 'bench_overload', measure);
  return { bench: 'overload', machine: machine(), claims: claimsOf(found) };
}

async function measure(at: Addresses, database: Database): Promise<Found> {
  const product = await startProduct(at, join(folder, 'overload.log'));
  try {
    const who = await signIn(product.base);
    const target = { base: product.base, who, known: await drawKnown(database) };
    await paced(target, 1, windowSeconds);
    const read = { seconds: 8, connections };
    const best = await load(product.base, read, async (c, time) => {
      await time('case', () => c.get(`/api/cases/${target.known.codes[0]}`, who.officer));
    });
    const calmP95 = await paced(target, 1, 8);
    said(
      `at its best ${best.perSecond.toFixed(0)} cases opened a second; calm p95 ${calmP95.toFixed(0)} ms`,
    );
    const asked = { perSecond: best.perSecond * times, seconds: stormSeconds };
    const started = performance.now();
    const during = await storm(target, asked);
    const took = (performance.now() - started) / 1000;
    said(`storm: ${JSON.stringify({ ...during, acknowledged: during.acknowledged.length })}`);
    const recoverySeconds = await recover(target, calmP95);
    const kept = await countKept(database, during.acknowledged);
    const spikeP95 = await paced(target, times, 10);
    return {
      ...{ capacity: best.perSecond, calmP95, storm: during, stormSeconds: took },
      ...{ kept, recoverySeconds, spikeP95 },
    };
  } finally {
    await product.stop();
  }
}

/** The 95th percentile of all requests at so many times the pace of a thousand officers, ms. */
async function paced({ base, who, known }: Target, by: number, seconds: number): Promise<number> {
  const { times: found } = await arrive(base, { seconds, connections: connections * by }, [
    { perSecond: pace.roundsPerSecond * by, work: (c, time) => readRound(who, known, c, time) },
    { perSecond: pace.casesPerSecond * by, work: (c, time) => wholeCase(who, c, time) },
  ]);
  return p95([...found.values()].flat());
}

/** Seconds from the end of the storm until people are answered as before it: twice the time at most. */
async function recover(target: Target, calmP95: number): Promise<number> {
  const started = performance.now();
  const past = () => (performance.now() - started) / 1000;
  while (past() < mostRecoverySeconds) {
    const now = await paced(target, 1, windowSeconds).catch(() => Number.POSITIVE_INFINITY);
    said(`after ${past().toFixed(0)} s: p95 ${now.toFixed(0)} ms`);
    if (now <= Math.max(calmP95 * 2, 50)) return past();
  }
  return Number.POSITIVE_INFINITY;
}

/** How many acknowledged applications stand in the record, each once. */
async function countKept(database: Database, codes: readonly string[]): Promise<number> {
  const ids = codes.flatMap((code) => decodeCode(code)?.id ?? []);
  const { rows } = await database.transaction(provinceContext(provinceId), (tx) =>
    sql<{ kept: number }>`
      select count(*)::integer as kept from (
        select case_id from history where province_id = ${provinceId} and case_id = any(${ids}::uuid[])
          and verb = 'permits.submit' group by case_id having count(*) = 1) as once`.execute(tx),
  );
  return rows[0]?.kept ?? 0;
}

const none = { against: '', ratio: null };

function claimsOf(it: Found): Claim[] {
  const spike = it.spikeP95 / it.calmP95;
  return [
    ...stormClaims(it),
    {
      ...{ id: 'recovery', value: it.recoverySeconds, unit: 's', ...none },
      target: `p95 at most twice the calm one within ${mostRecoverySeconds} s`,
      holds: it.recoverySeconds <= mostRecoverySeconds,
    },
    {
      ...{ id: 'spike-p95', value: it.spikeP95, unit: 'ms', ratio: spike },
      against: `the same people before (${it.calmP95.toFixed(0)} ms)`,
      target: `${times} × the pace for 10 s: nothing refused, p95 < 500 ms`,
      holds: it.spikeP95 < 500,
    },
  ];
}

function stormClaims({ storm: during, stormSeconds: took, capacity, kept }: Found): Claim[] {
  const { asked, right, refused, wrong, acknowledged } = during;
  const [rate, answered] = [asked / took, right / took];
  const isRight = wrong === 0 && refused > 0;
  const isKept = kept === acknowledged.length && kept > 0;
  return [
    {
      ...{ id: 'asked-in-the-storm', value: rate, unit: 'requests/s', ratio: rate / capacity },
      against: `what it answers at its best (${capacity.toFixed(0)}/s)`,
      ...{ target: `${times} × on average, waiting included: ≥ 3`, holds: rate / capacity >= 3 },
    },
    {
      ...{ id: 'answers-right-or-refused', value: wrong, unit: `wrong of ${asked}`, ...none },
      ...{ target: '0; the others right, or 503 with Retry-After', holds: isRight },
    },
    {
      ...{ id: 'still-answered', value: answered, unit: 'answers/s', ratio: answered / capacity },
      ...{ against: 'at its best', target: 'ratio ≥ 0.2', holds: answered / capacity >= 0.2 },
    },
    {
      ...{ id: 'acknowledged-kept-once', value: kept, unit: `of ${acknowledged.length}`, ...none },
      ...{ target: 'all', holds: isKept },
    },
  ];
}
