import { sql } from 'kysely';
import { eachOf } from '../accounts/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { provinceContext } from '../platform/policy.ts';
import { keptSets, setKey, setName } from './dimensions.ts';

/** How many deltas one transaction folds, so that none of them is long. */
const batch = 20_000;

/**
 * Moves a province's unfolded deltas into its daily and monthly totals, in batches, until none is left.
 * Readers add both, so the answer is the same before, between and after.
 * @returns how many deltas were folded
 */
export async function foldProvince(database: Database, provinceId: number): Promise<number> {
  let folded = 0;
  for (;;) {
    const now = await database.transaction(provinceContext(provinceId), (tx) =>
      foldBatch(tx, provinceId),
    );
    folded += now;
    if (now < batch) return folded;
  }
}

async function foldBatch(tx: Tx, provinceId: number): Promise<number> {
  const sums = keptSets.map(
    (set) => sql`
      select measure, ${setName(set)}::text as dimension, happened_on, ${setKey(set)} as key,
        recorded_on, value from taken`,
  );
  const { rows } = await sql<{ taken: bigint }>`
    with taken as (
      delete from measure_deltas
      where province_id = ${provinceId} and (history_id, measure) in (
        select history_id, measure from measure_deltas where province_id = ${provinceId}
        order by history_id, measure limit ${batch} for update skip locked)
      returning *
    ), parts as (${sql.join(sums, sql` union all `)}
    ), summed as (
      insert into daily_totals as t
        (province_id, measure, dimension, happened_on, key, recorded_on, value)
      select ${provinceId}::integer, measure, dimension, happened_on, key, recorded_on, sum(value)
      from parts
      group by measure, dimension, happened_on, key, recorded_on
      order by measure, dimension, happened_on, key, recorded_on
      on conflict (province_id, measure, dimension, happened_on, key, recorded_on)
        do update set value = t.value + excluded.value
    ), by_month as (
      insert into monthly_totals as t (province_id, dimension, month_on, key, measure, value)
      select ${provinceId}::integer, dimension, month_on, key, measure, sum(value)
      from (select measure, dimension, jalali_month_on(happened_on) as month_on, key, value
        from parts) as months
      group by dimension, month_on, key, measure
      order by dimension, month_on, key, measure
      on conflict (province_id, dimension, month_on, key, measure)
        do update set value = t.value + excluded.value
    )
    select count(*) as taken from taken`.execute(tx);
  return Number(rows[0]?.taken ?? 0n);
}

/** Folds every province that has something to fold. */
export async function foldAll(database: Database): Promise<number> {
  const everywhere = { province: 'all', organisation: '', person: '' } as const;
  const provinces = await database.transaction(everywhere, (tx) =>
    tx.selectFrom('measure_deltas').select('province_id').distinct().execute(),
  );
  let folded = 0;
  await eachOf(
    provinces.map((row) => row.province_id),
    async (provinceId) => {
      folded += await foldProvince(database, provinceId);
    },
  );
  return folded;
}
