import { join } from 'node:path';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Bench, type Claim, machine, median } from '../measure.ts';
import { takeTurns } from '../on-copies.ts';
import { writeRegister } from './register.ts';

const rows = 100_000;

type Once = { readonly seconds: number; readonly peakMb: number };

/** Measures the import of a register of permits against reading the sheet and a bare COPY of its rows. */
export async function run(): Promise<Bench> {
  const found = await takeTurns<'import' | 'copy', Once>({
    folder: join(repositoryFolder, '.bench/import'),
    works: ['import', 'copy'],
    rounds: 2,
    script: join(repositoryFolder, 'bench/import/once.ts'),
    write: async (folder) => {
      const file = join(folder, 'permits.xlsx');
      await writeRegister(file, rows);
      return file;
    },
  });
  return { bench: 'import', machine: machine(), claims: claimsOf(found) };
}

function claimsOf(found: Record<'import' | 'copy', Once[]>): Claim[] {
  const speed = (work: 'import' | 'copy') => rows / median(found[work].map((one) => one.seconds));
  const [value, bare] = [speed('import'), speed('copy')];
  const peak = Math.max(...found.import.map(({ peakMb }) => peakMb));
  const against = 'reading the sheet and a bare COPY of its rows';
  const speeds = { value, unit: 'rows/s', against, ratio: value / bare };
  return [
    { id: 'import-rows-per-second', ...speeds, target: '≥ 3000 rows/s', holds: value >= 3000 },
    { id: 'import-against-copy', ...speeds, target: 'ratio ≥ 0.15', holds: value / bare >= 0.15 },
    {
      ...{ id: 'import-peak-memory', value: peak, unit: 'MB', against: 'an absolute limit' },
      ...{ ratio: null, target: '< 500 MB', holds: peak < 500 },
    },
  ];
}
