import { sql } from 'kysely';
import type { IsoDate } from '../kit/jalali.ts';
import type { Tx } from '../platform/database.ts';
import type { PermitDay } from './rules.ts';

/** Permits issued in a province by day, all its days; folded totals and what is not folded yet. */
export async function permitDays(tx: Tx, provinceId: number): Promise<PermitDay[]> {
  const { rows } = await sql<{ day: IsoDate; permits: bigint }>`
    select day, sum(value)::bigint as permits from (
      select happened_on as day, value from daily_totals
      where province_id = ${provinceId} and measure = 'permits_issued' and dimension = 'all'
      union all
      select happened_on, value from measure_deltas
      where province_id = ${provinceId} and measure = 'permits_issued'
    ) as parts group by day`.execute(tx);
  return rows.map(({ day, permits }) => ({ day, permits: Number(permits) }));
}
