import { type Claim, median } from '../measure.ts';
import { p95 } from './load.ts';

type Times = ReadonlyMap<string, readonly number[]>;

/** What the rounds found: acts a second of each way, and how long requests took, in milliseconds. */
export type Found = {
  readonly product: number[];
  readonly bare: number[];
  readonly pgbench: number[];
  readonly writes: Times[];
  readonly reads: Times[];
  /** Seconds. */
  readonly verify: number[];
};

const reads = ['case', 'list', 'queue', 'search'] as const;
const writes = ['submit', 'sign', 'grant'] as const;

/** The claims, each by the median of its rounds. */
export function claimsOf(found: Found): Claim[] {
  const [value, bare, plain] = [found.product, found.bare, found.pgbench].map(median) as [
    number,
    number,
    number,
  ];
  const against = `bare Fastify + pg, the same SQL (${bare.toFixed(0)}/s)`;
  const beside = `pgbench, the same SQL (${plain.toFixed(0)}/s)`;
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
    ...reads.map((name) => latency(`read-${name}-p95`, found.reads, name, 50)),
    ...writes.map((name) => latency(`write-${name}-p95`, found.writes, name, 100)),
    verifyClaim(median(found.verify)),
  ];
}

function latency(id: string, rounds: readonly Times[], name: string, limit: number): Claim {
  const value = median(rounds.map((times) => p95(times.get(name) ?? [])));
  const target = `< ${limit} ms`;
  return {
    id,
    value,
    unit: 'ms',
    against: 'an absolute limit',
    ratio: null,
    target,
    holds: value < limit,
  };
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
