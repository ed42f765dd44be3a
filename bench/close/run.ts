import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { loadReference } from '../../src/accounts/index.ts';
import { closeDay } from '../../src/financing/index.ts';
import { repositoryFolder } from '../../src/platform/config.ts';
import { type Database, openDatabase } from '../../src/platform/database.ts';
import { openEmbedded } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { provinceContext } from '../../src/platform/policy.ts';
import { type Bench, machine } from '../measure.ts';
import { seedLoans } from './seed.ts';

const loans = Number(process.env.BENCH_LOANS ?? 300_000);
const day = '2022-10-22';
const limitSeconds = 300;
const folder = join(repositoryFolder, '.bench', 'close');

/** Closes a day of 300,000 loans, and sums the same rows in one bare statement beside it. */
export async function run(): Promise<Bench> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const embedded = await openEmbedded(folder);
  const database = await openDatabase(embedded);
  try {
    await migrate(database);
    await loadReference(database);
    await seedLoans(database, loans);
    return await measure(database);
  } finally {
    await database.close();
    await embedded.release();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database): Promise<Bench> {
  await bareSum(database); // both read warm pages
  const bare = await seconds(() => bareSum(database));
  const closing = await seconds(() => closeDay(database, 4, day, new Date()));
  const bareAfter = await seconds(() => bareSum(database));
  const against = (bare + bareAfter) / 2;
  return {
    bench: 'close',
    machine: machine(),
    claims: [
      {
        id: `close-of-${loans}-loans`,
        value: closing,
        unit: 's',
        against: 'one SQL statement that sums what each loan was paid and repaid',
        ratio: closing / against,
        target: `under ${limitSeconds} s`,
        holds: closing < limitSeconds,
      },
    ],
  };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

async function bareSum(database: Database): Promise<void> {
  const context = { ...provinceContext(4), timeoutMs: 0 };
  await database.transaction(context, (tx) =>
    sql`select l.bank_id, count(*), sum(left_rial) from loans l
      join (select case_id, sum(case verb when 'financing.pay' then rial else -rial end) as left_rial
        from history where province_id = 4 and happened_on <= ${day}::date
          and verb in ('financing.pay', 'financing.repay') and sign = 1
        group by case_id) h on h.case_id = l.case_id
      where l.province_id = 4 group by l.bank_id`.execute(tx),
  );
}
