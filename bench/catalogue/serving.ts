import pg from 'pg';
import { type Connection, connect, load } from '../casework/load.ts';
import { median, p95, said } from '../measure.ts';
import { addressOf, type Search } from './searches.ts';
import { askTrigrams } from './trigrams.ts';

const rounds = 3;
const connections = 16;
const seconds = Number(process.env.CATALOGUE_SECONDS ?? 8);

/** Milliseconds, of both: the median of the rounds' 95th percentiles, and of their middles. */
export type Served = {
  readonly product: number;
  readonly trigrams: number;
  readonly productMiddle: number;
  readonly trigramsMiddle: number;
  /** The 95th percentile of searches that nobody asked before, on a server that has just begun. */
  readonly unasked: number;
};

/** The same searches in the same order: the product's pages over HTTP and bare trigrams, taking turns. */
export async function timeSearches(
  base: string,
  url: string,
  searches: readonly Search[],
): Promise<Served> {
  const found = { product: [] as number[], trigrams: [] as number[] };
  const middles = { product: [] as number[], trigrams: [] as number[] };
  const unasked = p95(await eachOnce(base, searches));
  for (let round = 0; round <= rounds; round += 1) {
    const works = {
      product: await overHttp(base, searches),
      trigrams: await byTrigrams(url, searches),
    };
    for (const name of ['product', 'trigrams'] as const) {
      const times = works[name];
      said(
        `${name}: ${times.length} searches, p50 ${median(times).toFixed(1)}, p95 ${p95(times).toFixed(1)} ms`,
      );
      if (round > 0) found[name].push(p95(times));
      if (round > 0) middles[name].push(median(times));
    }
  }
  return {
    ...{ product: median(found.product), trigrams: median(found.trigrams) },
    ...{
      productMiddle: median(middles.product),
      trigramsMiddle: median(middles.trigrams),
      unasked,
    },
  };
}

/** Every search once, before anybody has asked it. */
async function eachOnce(base: string, searches: readonly Search[]): Promise<number[]> {
  const waiting = [...searches];
  const times: number[] = [];
  const one = async () => {
    const connection = connect(base);
    try {
      for (let search = waiting.shift(); search; search = waiting.shift()) {
        const started = performance.now();
        await connection.page(addressOf(search));
        times.push(performance.now() - started);
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return times;
}

async function overHttp(base: string, searches: readonly Search[]): Promise<number[]> {
  let turn = 0;
  const ask = async (connection: Connection, time: Parameters<Parameters<typeof load>[2]>[1]) => {
    const search = searches[turn++ % searches.length] as Search;
    await time(search.sort, () => connection.page(addressOf(search)));
  };
  const { times } = await load(base, { seconds, connections }, ask);
  if (process.env.CATALOGUE_SORTS) {
    for (const [name, list] of times) said(`  ${name}: p95 ${p95(list).toFixed(1)} ms`);
  }
  return [...times.values()].flat();
}

async function byTrigrams(url: string, searches: readonly Search[]): Promise<number[]> {
  let turn = 0;
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  const one = async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      while (performance.now() < until) {
        const search = searches[turn++ % searches.length] as Search;
        const started = performance.now();
        await askTrigrams(client, search);
        times.push(performance.now() - started);
      }
    } finally {
      await client.end();
    }
  };
  await Promise.all(Array.from({ length: connections }, one));
  return times;
}
