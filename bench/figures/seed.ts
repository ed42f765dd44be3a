import { sql } from 'kysely';
import { keptSets, setKey, setName } from '../../src/figures/dimensions.ts';
import { refillMonths } from '../../src/figures/refill.ts';
import type { Database, Tx } from '../../src/platform/database.ts';

/** The province of the bench. */
export const provinceId = 4;
/** The last day of its record, and how many years the record reaches back. */
const lastDay = '2022-06-21';
const dayCounts = [
  [20_000, 4 * 365],
  [Number.POSITIVE_INFINITY, 50 * 365],
] as const;

/** Ten thousand cases are a province's four years; a million and more are fifty. */
const daysFor = (cases: number) => dayCounts.find(([upTo]) => cases <= upTo)?.[1] ?? 365;

/**
 * Fills `bench_rows` with cases, each with what the figures know of it: where, whose, what, and the days of its
 * permit, referral, payment and jobs, in the proportions of the published account. Numbers come from the number
 * of the row, so that every run has the same.
 */
export async function seedRows(database: Database, cases: number): Promise<void> {
  const days = daysFor(cases);
  await database.migratorTransaction(async (tx) => {
    await sql`drop table if exists bench_rows`.execute(tx);
    await sql`
      create table bench_rows as
      select n::integer as id,
        (array['SMT', 'AGRI', 'CULTURE', 'HERITAGE'])[1 + (h % 100 >= 56)::integer
          + (h % 100 >= 71)::integer + (h % 100 >= 83)::integer] as agency,
        401 + h / 100 % 17 as county,
        (array['MELLAT', 'SADERAT', 'MEHR', 'TOSEE_TAAVON'])[1 + h / 1700 % 4] as bank,
        (array['independent', 'supporter', 'covered'])[1 + (h / 7 % 20 >= 17)::integer
          + (h / 7 % 20 >= 19)::integer] as kind,
        'occupation-' || h / 3 % 120 as occupation,
        (array['female', 'male'])[1 + (h / 11 % 4 = 0)::integer] as sex,
        (array['urban', 'rural'])[1 + (h / 13 % 3 = 0)::integer] as area,
        ${lastDay}::date - (80 + h / 5 % ${days})::integer as issued_on,
        case when h / 17 % 1000 < 514 then ${lastDay}::date - (60 + h / 5 % ${days})::integer end as referred_on,
        case when h / 17 % 1000 < 365 then ${lastDay}::date - (30 + h / 5 % ${days})::integer end as funded_on,
        case when h / 17 % 1000 < 365 then 100000000 + h / 19 % 9 * 50000000::bigint else 0 end as rial,
        case when h / 17 % 1000 < 365 then 1 + h / 23 % 4 else 0 end as jobs
      from (select n, (hashint8(n)::bigint + 2147483648) as h from generate_series(1, ${cases}::bigint) n) r`.execute(
      tx,
    );
    await sql`grant select on bench_rows to public`.execute(tx);
  });
}

/** Columns of `bench_rows` by the names of the record's, so that the product's own keys can be made of them. */
const named = sql`select agency as agency_id, county as county_id, bank as bank_id, kind,
  occupation as occupation_id, sex, area, issued_on, referred_on, funded_on, rial, jobs from bench_rows`;

/** Days of a case, and what each adds to which measure, from the sums of the cases that have it on one day. */
const events = [
  { day: sql`issued_on`, adds: sql`('permits_issued', cases)` },
  { day: sql`referred_on`, adds: sql`('plans_referred', cases)` },
  {
    day: sql`funded_on`,
    adds: sql`('plans_funded', cases), ('rial_paid', rial), ('jobs_registered', jobs)`,
  },
] as const;

/** One set's totals of one event: the cases are summed by day and key before measures are made of the sums. */
async function fillSet(
  tx: Tx,
  set: (typeof keptSets)[number],
  { day, adds }: (typeof events)[number],
) {
  await sql`
    insert into daily_totals (province_id, measure, dimension, happened_on, key, recorded_on, value)
    select ${provinceId}::integer, measure, ${setName(set)}::text, happened_on, key, happened_on, value
    from (select ${day} as happened_on, ${setKey(set)} as key, count(*) as cases,
        sum(rial)::bigint as rial, sum(jobs) as jobs
      from (${named}) as r where ${day} is not null group by 1, 2) as sums
    cross join lateral (values ${adds}) as m(measure, value)`.execute(tx);
}

const dailyKey = 'province_id, measure, dimension, happened_on, key, recorded_on';

/** Makes the totals that the product keeps of the same cases; keys are made when all rows are there. */
export async function seedTotals(database: Database): Promise<void> {
  await database.migratorTransaction(async (tx) => {
    for (const setting of ['work_mem', 'maintenance_work_mem']) {
      await sql.raw(`set local ${setting} = '1GB'`).execute(tx);
    }
    await sql.raw('alter table daily_totals drop constraint daily_totals_pkey').execute(tx);
    for (const set of keptSets) for (const event of events) await fillSet(tx, set, event);
    await sql.raw(`alter table daily_totals add primary key (${dailyKey})`).execute(tx);
    await refillMonths(tx, [provinceId]);
  });
  await database.pools.migrator.query('vacuum analyze daily_totals, monthly_totals, bench_rows');
}
