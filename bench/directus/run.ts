import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { agency, type Cookies, signIn, wholeCase } from '../casework/casework.ts';
import { load, type Round } from '../casework/load.ts';
import { onCopy } from '../casework/province.ts';
import { provinceId } from '../casework/seed.ts';
import { type Addresses, startProduct } from '../casework/servers.ts';
import { type Bench, type Claim, machine, median, p95, said } from '../measure.ts';
import { openClerk } from './clerk.ts';
import { demandNode, install, startDirectus, version } from './peer.ts';
import { copyCases } from './table.ts';
import { clerkCase, clerkReads, productReads } from './work.ts';

const folder = join(repositoryFolder, '.bench', 'directus');
const size = 20_000;
const rounds = 3;
const connections = 16;
const seconds = 8;

const works = ['acts', 'peerActs', 'reads', 'peerReads'] as const;
type Found = Record<(typeof works)[number], Round[]>;

type Scene = {
  readonly product: string;
  readonly peer: string;
  readonly who: Cookies;
  readonly ids: readonly string[];
};

async function oneRound({ product, peer, who, ids }: Scene, round: number, into: Found) {
  const it = { seconds, connections };
  const found = {
    acts: await load(product, it, (c, time) => wholeCase(who, c, time)),
    peerActs: await load(peer, it, clerkCase),
    reads: await load(product, it, (c, time) => productReads(who, ids, c, time)),
    peerReads: await load(peer, it, (c, time) => clerkReads(ids, c, time)),
  };
  for (const work of works) {
    if (round > 0) into[work].push(found[work]);
    const each = [...found[work].times].map(([name, of]) => `${name} p95 ${p95(of).toFixed(0)} ms`);
    said(`${work}: ${found[work].perSecond.toFixed(1)}/s (${each.join(', ')})`);
  }
}

/** The works take turns, so that a machine that slows down slows all of them; the first round is not counted. */
async function measure(at: Addresses, theirs: string, database: Database): Promise<Found> {
  const found: Found = { acts: [], peerActs: [], reads: [], peerReads: [] };
  const product = await startProduct(at, join(folder, 'product.log'));
  try {
    const peer = await startDirectus(folder, theirs);
    try {
      await openClerk(peer);
      const who = await signIn(product.base);
      const ids = await drawIds(database);
      const scene = { product: product.base, peer: peer.base, who, ids };
      for (let round = 0; round <= rounds; round += 1) await oneRound(scene, round, found);
      return found;
    } finally {
      await peer.stop();
    }
  } finally {
    await product.stop();
  }
}

/** Cases from all over the record; those of the one agency, which the product's expert sees. */
async function drawIds(database: Database): Promise<string[]> {
  const rows = await database.transaction(provinceContext(provinceId), (tx) =>
    tx
      .selectFrom('cases')
      .select('id')
      .where('province_id', '=', provinceId)
      .where('agency_id', '=', agency)
      .orderBy('id')
      .limit(5000)
      .execute(),
  );
  return rows.map(({ id }) => id);
}

function claimsOf(found: Found, node: string): Claim[] {
  const perSecond = (work: keyof Found) => median(found[work].map((round) => round.perSecond));
  const peer = `Directus ${version} on Node ${node}`;
  const [acts, peerActs] = [perSecond('acts'), perSecond('peerActs')];
  const [reads, peerReads] = [perSecond('reads'), perSecond('peerReads')];
  return [
    {
      id: 'acts-against-directus',
      ...{ value: acts, unit: 'acts/s', ratio: acts / peerActs },
      against: `${peer}, a permissioned clerk's create and two updates (${peerActs.toFixed(0)}/s)`,
      ...{ target: 'ratio ≥ 8', holds: acts / peerActs >= 8 },
    },
    {
      id: 'reads-beside-directus',
      ...{ value: reads, unit: 'reads/s', ratio: reads / peerReads },
      against: `${peer}, a case, a list and the queue (${peerReads.toFixed(0)}/s)`,
      ...{ target: 'none: its figure beside', holds: true },
    },
  ];
}

/** Gives work a database of Directus's own on the product's PostgreSQL, and drops it afterwards. */
async function withDatabase<T>(superuserUrl: string, url: string, work: () => Promise<T>) {
  const superuser = await openDatabase({ url: superuserUrl });
  const drop = 'drop database if exists bench_directus with (force)';
  try {
    await superuser.pools.migrator.query(drop);
    await superuser.pools.migrator.query('create database bench_directus owner karkhaneh');
    await copyCases(url, theirsOf(url));
    return await work();
  } finally {
    await superuser.pools.migrator.query(drop);
    await superuser.close();
  }
}

const theirsOf = (url: string) => url.replace('/bench_beside?', '/bench_directus?');

/** Measures an office's acts and reads beside Directus, which keeps the same cases in one table. */
export async function run(): Promise<Bench> {
  const node = demandNode();
  await install(folder);
  const work = (at: Addresses & { superuserUrl: string }, database: Database) =>
    withDatabase(at.superuserUrl, at.url, () => measure(at, theirsOf(at.url), database));
  const found = await onCopy(join(folder, 'province'), 'bench_beside', work, size);
  await rm(join(folder, 'files'), { recursive: true, force: true });
  return { bench: 'directus', machine: machine(), claims: claimsOf(found, node) };
}
