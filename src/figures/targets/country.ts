import { sql } from 'kysely';
import { referenceOf } from '../../accounts/index.ts';
import { jalaliYearRange } from '../../kit/jalali.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { targetMeasures } from './rules.ts';

type Row = { readonly measure: string; readonly day: string; readonly value: bigint };

/** What the country has done in each measure on each day of a year: the sum of its provinces, each asked by itself. */
export async function readCountry(
  database: Database,
  year: number,
): Promise<(measure: string, until: string) => number> {
  const { provinces } = await referenceOf(database);
  const everywhere = { province: 'all', organisation: '', person: '', pool: 'reports' } as const;
  const rows = await database.transaction(everywhere, async (tx) => {
    const found: Row[] = [];
    for (const provinceId of provinces.keys())
      found.push(...(await readProvince(tx, provinceId, year)));
    return found;
  });
  return (measure, until) =>
    rows
      .filter((row) => row.measure === measure && row.day <= until)
      .reduce((sum, { value }) => sum + Number(value), 0);
}

async function readProvince(tx: Tx, provinceId: number, year: number): Promise<readonly Row[]> {
  const { from, to } = jalaliYearRange(year);
  const within = sql`province_id = ${provinceId} and measure = any(${[...targetMeasures]}::text[])
    and happened_on between ${from}::date and ${to}::date`;
  const { rows } = await sql<Row>`
    select measure, happened_on::text as day, sum(value)::bigint as value from (
      select measure, happened_on, value from daily_totals where dimension = 'all' and ${within}
      union all
      select measure, happened_on, value from measure_deltas where ${within}
    ) as parts group by measure, happened_on`.execute(tx);
  return rows;
}
