import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import type { Database } from '../../src/platform/database.ts';
import { drawKnown, readRound, signIn, wholeCase } from '../casework/casework.ts';
import { arrive, type Work } from '../casework/load.ts';
import { onCopy } from '../casework/province.ts';
import { type Addresses, startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, p95, said } from '../measure.ts';
import { watchMemory } from '../memory.ts';

const folder = join(repositoryFolder, '.bench/casework');
const seconds = Number(process.env.BENCH_SOAK_SECONDS ?? 600);
/** Officers whose eight hours are pressed into that time. */
const officers = 40;
const hours = 8;
const slices = 10;
const mostGrowth = 1.1;

type Slice = { readonly p95: number; readonly memoryMb: number };

/** Eight hours of an office in ten minutes: what grows all day shows. */
export async function run(): Promise<Bench> {
  const found = await onCopy(folder, 'bench_soak', soak);
  return { bench: 'soak', machine: machine(), claims: claimsOf(found) };
}

async function soak(at: Addresses, database: Database) {
  const product = await startProduct(at, join(folder, 'soak.log'));
  const watch = watchMemory(product.pid);
  try {
    const who = await signIn(product.base);
    const known = await drawKnown(database);
    // Four pages and one act each three minutes: a round of the bench is four reads, a case three acts.
    const each = (officers * hours * 3600) / 180 / seconds;
    const reads: Work = (connection, time) => readRound(who, known, connection, time);
    const acts: Work = (connection, time) => wholeCase(who, connection, time);
    const kinds = [
      { perSecond: each, work: reads },
      { perSecond: each / 3, work: acts },
    ];
    const found: Slice[] = [];
    let requests = 0;
    for (let slice = 0; slice < slices; slice += 1) {
      const it = { seconds: seconds / slices, connections: 16 };
      const { times } = await arrive(product.base, it, kinds);
      const all = [...times.values()].flat();
      requests += all.length;
      found.push({ p95: p95(all), memoryMb: watch.take() });
      said(
        `${slice + 1}/${slices}: p95 ${p95(all).toFixed(0)} ms, ${found.at(-1)?.memoryMb.toFixed(0)} MB`,
      );
    }
    return { slices: found, requests };
  } finally {
    watch.stop();
    await product.stop();
  }
}

function claimsOf({ slices: found, requests }: { slices: Slice[]; requests: number }): Claim[] {
  const [, early, ...rest] = found;
  const late = rest.at(-1);
  if (!early || !late) throw new Error('The soak was too short to have a beginning and an end.');
  const growth = late.memoryMb / early.memoryMb;
  const slower = late.p95 / early.p95;
  const day = `${officers} officers' ${hours} hours in ${seconds} s`;
  return [
    {
      ...{ id: 'requests', value: requests, unit: 'answered well', against: day, ratio: null },
      ...{ target: 'every one', holds: true },
    },
    {
      ...{ id: 'memory-at-the-end', value: late.memoryMb, unit: 'MB', ratio: growth },
      against: `the second tenth (${early.memoryMb.toFixed(0)} MB)`,
      ...{ target: `ratio ≤ ${mostGrowth}`, holds: growth <= mostGrowth },
    },
    {
      ...{ id: 'p95-at-the-end', value: late.p95, unit: 'ms', ratio: slower },
      against: `the second tenth (${early.p95.toFixed(0)} ms)`,
      ...{ target: 'ratio ≤ 1.5', holds: slower <= 1.5 },
    },
  ];
}
