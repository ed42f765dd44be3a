import { sql } from 'kysely';
import { eachProvince, type Reference } from '../accounts/index.ts';
import { addDays, daysBetween, type IsoDate, isoToday } from '../kit/jalali.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import { askHolders } from './asks/asks.ts';
import { limitEnd } from './settings.ts';

/** What one round of the clock did in one province. */
export type WatchedVisits = { readonly warned: number; readonly escalated: number };

/** The job behind supervision's clock, hourly; `publicUrl` is where people find the house. */
export const visitJobs = (publicUrl: string): JobHandlers => ({
  'supervision.watchVisits': async (_payload, { database, clock }) => {
    await eachProvince(database, async (provinceId, reference) => {
      await watchVisits(database, reference, clock, provinceId);
      const asked = { provinceId, now: clock.now() };
      await database.transaction(provinceContext(provinceId), (tx) =>
        askHolders(tx, asked, publicUrl),
      );
    });
  },
});

/**
 * One round of a province's clock: warns of visits that are due soon, escalates those whose day has
 * passed, and those that nobody has even planned after a payment. Each is noted once, so a round that was
 * killed is simply run again.
 */
export function watchVisits(
  database: Database,
  reference: Reference,
  clock: Clock,
  provinceId: number,
): Promise<WatchedVisits> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  return database.transaction(provinceContext(provinceId), async (tx) => {
    const near = limitEnd(reference, provinceId, 'warning', today);
    const limit = limitEnd(reference, provinceId, 'after', today);
    // As many days back as the limit has from today on: payments up to then should have been seen.
    const days = daysBetween(today, limit as IsoDate);
    const paidUntil = (day: string) => addDays(day as IsoDate, -days);
    const at = { provinceId, now, days };
    return {
      warned:
        (await noteVisits(
          tx,
          at,
          'warned',
          sql`v.due_on between ${today}::date and ${near}::date`,
        )) + (await noteUnseen(tx, at, 'warned', paidUntil(today), paidUntil(near))),
      escalated:
        (await noteVisits(tx, at, 'escalated', sql`v.due_on < ${today}::date`)) +
        (await noteUnseen(
          tx,
          at,
          'escalated',
          '0001-01-01',
          paidUntil(addDays(today as IsoDate, -1)),
        )),
    };
  });
}

type At = { readonly provinceId: number; readonly now: Date; readonly days: number };
type Level = 'warned' | 'escalated';

async function noteVisits(
  tx: Tx,
  { provinceId, now }: At,
  level: Level,
  when: ReturnType<typeof sql>,
): Promise<number> {
  const { rows } = await sql`
    insert into visit_notices (province_id, plan_id, case_id, stage, due_on, level, recorded_at)
    select v.province_id, v.plan_id, v.case_id, v.stage, v.due_on, ${level}::text, ${now}::timestamptz
    from visits v
    where v.province_id = ${provinceId}::integer and v.state in ('planned', 'assigned') and ${when}
    on conflict (province_id, plan_id, stage, due_on, level) do nothing
    returning plan_id`.execute(tx);
  return rows.length;
}

/** Plans whose last payment was between two days and that nobody looked at since, nor plans to. */
async function noteUnseen(
  tx: Tx,
  { provinceId, now, days }: At,
  level: Level,
  from: string,
  to: string,
): Promise<number> {
  const { rows } = await sql`
    insert into visit_notices (province_id, plan_id, case_id, stage, due_on, level, recorded_at)
    select p.province_id, p.id, p.case_id, 'after', l.paid_on + ${days}::integer, ${level}::text,
      ${now}::timestamptz
    from plans p
    join (select plan_id, max(paid_on) as paid_on from tranches
      where province_id = ${provinceId} and taken_back_at is null group by plan_id) l
      on l.plan_id = p.id
    where p.province_id = ${provinceId}::integer and l.paid_on between ${from}::date and ${to}::date
      and not exists (select 1 from visits v where v.province_id = ${provinceId}
        and v.plan_id = p.id and v.stage = 'after'
        and v.state in ('planned', 'assigned', 'passed', 'to_correct', 'deviation'))
    on conflict (province_id, plan_id, stage, due_on, level) do nothing
    returning plan_id`.execute(tx);
  return rows.length;
}
