import { sql } from 'kysely';
import { jalaliYearRange } from '../../kit/jalali.ts';
import type { Database } from '../../platform/database.ts';
import { targetMeasures } from './rules.ts';

/** What the country has done in each measure on each day of a year: the sum of its provinces' totals. */
export async function readCountry(
  database: Database,
  year: number,
): Promise<(measure: string, until: string) => number> {
  const { from, to } = jalaliYearRange(year);
  const everywhere = { province: 'all', organisation: '', person: '', pool: 'reports' } as const;
  const rows = await database.transaction(everywhere, async (tx) => {
    const within = sql`measure = any(${[...targetMeasures]}::text[])
      and happened_on between ${from}::date and ${to}::date`;
    const found = await sql<{ measure: string; day: string; value: bigint }>`
      select measure, happened_on::text as day, sum(value)::bigint as value from (
        select measure, happened_on, value from daily_totals where dimension = 'all' and ${within}
        union all
        select measure, happened_on, value from measure_deltas where ${within}
      ) as parts group by measure, happened_on`.execute(tx);
    return found.rows;
  });
  return (measure, until) =>
    rows
      .filter((row) => row.measure === measure && row.day <= until)
      .reduce((sum, { value }) => sum + Number(value), 0);
}
