import { type Claim, median, percentile } from '../measure.ts';

type Times = ReadonlyMap<string, readonly number[]>;

/** What the rounds found: acts a second of each way, and how long requests took, in milliseconds. */
export type Found = {
  readonly product: number[];
  readonly bare: number[];
  readonly pgbench: number[];
  /** At a pace of people. */
  readonly paced: Times[];
  /** By connections that never pause. */
  readonly writes: Times[];
  readonly bareWrites: Times[];
  readonly reads: Times[];
  /** By a crowd of connections that never pause. */
  readonly crowdReads: Times[];
  readonly crowdWrites: Times[];
  /** Acts a second of the crowd. */
  readonly crowd: number[];
  /** Seconds. */
  readonly verify: number[];
};

const reads = ['case', 'list', 'queue', 'search'] as const;
const writes = ['submit', 'sign', 'grant'] as const;

/**
 * What a thousand busy officers ask: each opens four pages and takes one act every three minutes, 160 acts
 * in a working day. Four reads are a round of the bench, three acts a case.
 */
export const pace = { roundsPerSecond: 1000 / 180, casesPerSecond: 1000 / 180 / 3 } as const;
const officers = '1,000 busy officers: 22 reads and 5.6 acts a second on 16 connections';
const unpaused = '16 connections that never pause, and share the cores with the server';

/** The claims, each by the median of its rounds. */
export function claimsOf(it: Found): Claim[] {
  const [value, bare, plain] = [it.product, it.bare, it.pgbench].map(median) as [
    number,
    number,
    number,
  ];
  const against = `bare Fastify + pg, the same SQL (${bare.toFixed(0)}/s)`;
  const beside = `pgbench, the same SQL (${plain.toFixed(0)}/s)`;
  const bareP95 = p95Of(it.bareWrites, writes).toFixed(0);
  const speed = { value, unit: 'acts/s' };
  return [
    {
      id: 'acts-against-bare',
      ...speed,
      against,
      ratio: value / bare,
      target: 'ratio ≥ 0.7',
      holds: value / bare >= 0.7,
    },
    {
      id: 'acts-beside-pgbench',
      ...speed,
      against: beside,
      ratio: value / plain,
      target: 'none: its figure beside',
      holds: true,
    },
    ...reads.map((name) => latency(`read-${name}-p95`, it.paced, [name], 50, officers)),
    ...writes.map((name) => latency(`write-${name}-p95`, it.paced, [name], 100, officers)),
    latency('unpaused-read-p95', it.reads, reads, 50, unpaused),
    latency('unpaused-write-p95', it.writes, writes, 100, `${unpaused}; bare: ${bareP95} ms`),
    ...crowdClaims(it, value),
    verifyClaim(median(it.verify)),
  ];
}

/** Sixteen connections and the crowd beside each other, and that a crowd does not slow an office down. */
function crowdClaims(it: Found, alone: number): Claim[] {
  const rows = [
    ['reads-16', it.reads, reads],
    ['writes-16', it.writes, writes],
    ['reads-256', it.crowdReads, reads],
    ['writes-256', it.crowdWrites, writes],
  ] as const;
  const value = median(it.crowd);
  const ratio = value / alone;
  return [
    ...rows.flatMap(([name, rounds, names]) =>
      [50, 95, 99].map((share) => ({
        ...{ id: `unpaused-${name}-p${share}`, value: shareOf(rounds, names, share), unit: 'ms' },
        ...{ against: 'connections that never pause', ratio: null },
        ...{ target: 'none: its figure beside', holds: true },
      })),
    ),
    {
      ...{ id: 'acts-of-a-crowd', value, unit: 'acts/s', ratio },
      against: `16 connections (${alone.toFixed(0)}/s)`,
      ...{ target: 'ratio ≥ 0.8 at 256', holds: ratio >= 0.8 },
    },
  ];
}

/** Of every request of these names, the median of the rounds. */
function p95Of(rounds: readonly Times[], names: readonly string[]): number {
  return shareOf(rounds, names, 95);
}

function shareOf(rounds: readonly Times[], names: readonly string[], share: number): number {
  const all = rounds.map((times) => names.flatMap((name) => times.get(name) ?? []));
  return median(all.map((values) => percentile(values, share)));
}

function latency(
  id: string,
  rounds: readonly Times[],
  names: readonly string[],
  limit: number,
  against: string,
): Claim {
  const value = p95Of(rounds, names);
  const target = `< ${limit} ms`;
  return { id, value, unit: 'ms', against, ratio: null, target, holds: value < limit };
}

function verifyClaim(value: number): Claim {
  const against = 'an absolute limit';
  return {
    id: 'verify-50000',
    value,
    unit: 's',
    against,
    ratio: null,
    target: '< 5 s',
    holds: value < 5,
  };
}
