import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Bench, type Claim, machine, median } from '../measure.ts';
import { takeTurns } from '../on-copies.ts';
import { seedOrders, writeStatement } from './statement.ts';

const lines = Number(process.env.BENCH_LINES ?? 1_000_000);
const works = ['parse', 'reconcile', 'copy'] as const;

type Work = (typeof works)[number];
type Once = { readonly seconds: number; readonly peakMb: number; readonly lines: number };

/** Measures the reconciliation of a statement against reading it alone, and against a bare COPY. */
export async function run(): Promise<Bench> {
  const found = await takeTurns<Work, Once>({
    folder: join(repositoryFolder, '.bench/bank-file'),
    works,
    rounds: 2,
    script: join(repositoryFolder, 'bench/bank-file/once.ts'),
    write: async (folder) => {
      const file = join(folder, 'statement.xml');
      await writeStatement(file, lines);
      return file;
    },
    fill: (database) => database.migratorTransaction((tx) => seedOrders(tx, lines)),
  });
  for (const once of works.flatMap((work) => found[work])) {
    if (once.lines !== lines) throw new Error(`Of ${lines} lines ${once.lines} were read`);
  }
  return { bench: 'bank-file', machine: machine(), claims: claimsOf(found) };
}

function claimsOf(found: Record<Work, Once[]>): Claim[] {
  const speed = (work: Work) => lines / median(found[work].map((one) => one.seconds));
  const value = speed('reconcile');
  const peak = Math.max(...found.reconcile.map(({ peakMb }) => peakMb));
  const ratio = value / speed('parse');
  const toCopy = value / speed('copy');
  return [
    {
      ...{ id: `reconcile-${lines}-lines`, value, unit: 'lines/s', against: 'reading them alone' },
      ...{ ratio, target: 'ratio ≥ 0.3', holds: ratio >= 0.3 },
    },
    {
      ...{ id: 'reconcile-beside-copy', value, unit: 'lines/s', ratio: toCopy },
      against: 'reading them and a bare COPY',
      ...{ target: 'beside it, no bound', holds: true },
    },
    {
      ...{ id: 'reconcile-peak-memory', value: peak, unit: 'MB', against: 'an absolute limit' },
      ...{ ratio: null, target: '< 500 MB', holds: peak < 500 },
    },
  ];
}
