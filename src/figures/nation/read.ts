import { sql } from 'kysely';
import { isDemonstration } from '../../accounts/index.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { provinceContext } from '../../platform/policy.ts';
import type { Period } from '../cube.ts';
import { type DayCell, nationMeasures } from './rules.ts';

/** What a province that has closed its days says of a period, until its last closed day. */
export type ProvinceDays = {
  readonly provinceId: number;
  /** ISO; null where the province has closed no day. */
  readonly closedOn: string | null;
  readonly demonstration: boolean;
  readonly cells: readonly DayCell[];
};

/** The last day that a province closed, ISO; a day that is not over may be closed and still go on. */
async function lastClosedDay(tx: Tx, provinceId: number, today: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(closed_on)::text as day from close_runs
    where province_id = ${provinceId} and finished_at is not null
      and closed_on < ${today}::date`.execute(tx);
  return rows[0]?.day ?? null;
}

/**
 * The closed days of a period, as they were known at the end of the last one: what was recorded later about an
 * earlier day comes with the next close. So the answer for a closed day never changes.
 */
async function closedCells(
  tx: Tx,
  provinceId: number,
  period: Period,
  closedOn: string,
): Promise<DayCell[]> {
  const to = closedOn < period.to ? closedOn : period.to;
  const within = sql`province_id = ${provinceId} and measure = any(${[...nationMeasures]}::text[])
    and happened_on between ${period.from}::date and ${to}::date
    and recorded_on <= ${closedOn}::date`;
  const { rows } = await sql<DayCell>`
    select measure, happened_on::text as day, sum(value)::bigint as value from (
      select measure, happened_on, value from daily_totals where dimension = 'all' and ${within}
      union all
      select measure, happened_on, value from measure_deltas where ${within}
    ) as parts group by measure, happened_on order by measure, happened_on`.execute(tx);
  return rows;
}

/** How many answers of provinces are kept: some periods of some days, of all provinces. */
const mostKept = 2_000;
type Kept = Promise<Pick<ProvinceDays, 'cells' | 'demonstration'>>;
const keptOf = new WeakMap<Database, Map<string, Kept>>();

/**
 * Reads each province in a transaction of its own, one after the other: no statement reads over provinces, which
 * may lie on many machines. What a closed day once said is kept in memory, under that day.
 */
export async function readNation(
  database: Database,
  provinceIds: readonly number[],
  period: Period,
  today: string,
): Promise<ProvinceDays[]> {
  const kept = keptOf.get(database) ?? new Map<string, Kept>();
  keptOf.set(database, kept);
  const parts: ProvinceDays[] = [];
  for (const provinceId of provinceIds) {
    parts.push(await readProvinceDays(database, kept, { provinceId, period, today }));
  }
  return parts;
}

async function readProvinceDays(
  database: Database,
  kept: Map<string, Kept>,
  asked: { readonly provinceId: number; readonly period: Period; readonly today: string },
): Promise<ProvinceDays> {
  const { provinceId, period, today } = asked;
  const context = { ...provinceContext(provinceId), pool: 'reports' } as const;
  const closedOn = await database.transaction(context, (tx) =>
    lastClosedDay(tx, provinceId, today),
  );
  if (closedOn === null || closedOn < period.from) {
    return { provinceId, closedOn, demonstration: false, cells: [] };
  }
  const key = `${provinceId} ${period.from} ${period.to} ${closedOn}`;
  const reading =
    kept.get(key) ??
    database.transaction(context, async (tx) => ({
      cells: await closedCells(tx, provinceId, period, closedOn),
      demonstration: await isDemonstration(tx, provinceId),
    }));
  kept.delete(key);
  kept.set(key, reading); // the newest last, so that the oldest goes first
  const [oldest] = kept.keys();
  if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
  try {
    return { provinceId, closedOn, ...(await reading) };
  } catch (error) {
    kept.delete(key);
    throw error;
  }
}
