import { sql } from 'kysely';
import type { Static } from 'typebox';
import { limitOn, type Reference } from '../../accounts/index.ts';
import { addDays, addJalaliMonths, daysBetween, type IsoDate } from '../../kit/jalali.ts';
import type { Tx } from '../../platform/database.ts';
import type { Principal } from '../../platform/policy.ts';
import { visibleSteps } from '../policy.ts';
import type { WaitingForecast } from './contract.ts';
import { overLimitAfter, type Queue, testDays } from './rules.ts';

/** A case from its application to the day it was decided (ISO); null = it still waits. */
type Wait = { readonly came: string; readonly went: string | null };

const recentDays = 90;
const ahead = [30, 60, 90] as const;
const monthsTested = 9;

/**
 * How many applicants will wait longer than the law allows for a decision, if applications come and are
 * decided as in the last ninety days; and how far off that was at past month ends.
 */
export async function forecastWaiting(
  tx: Tx,
  reference: Reference,
  { provinceId, principal, today }: { provinceId: number; principal: Principal; today: string },
): Promise<Static<typeof WaitingForecast>> {
  const { value: limit } = limitOn(reference, 'permits.decision_limit', provinceId, today);
  const waits = await waitRows(tx, provinceId, principal, today);
  const queue = queueAt(waits, today);
  const errors = errorsOf(waits, today, limit);
  const mean = errors.reduce((sum, one) => sum + one, 0) / Math.max(1, errors.length);
  return {
    limitDays: limit,
    waiting: queue.waiting,
    over: overAt(waits, today, limit),
    comesPerMonth: Math.round(queue.comes * 30),
    goesPerMonth: Math.round(queue.goes * 30),
    after: ahead.map((days) => ({
      days,
      on: addDays(today as IsoDate, days),
      over: overLimitAfter(queue, days, limit),
    })),
    error: errors.length === 0 ? null : Math.round(mean),
    tests: errors.length,
  };
}

/** Applications of two years, and older ones that still wait; when each came and when it was decided. */
async function waitRows(tx: Tx, provinceId: number, principal: Principal, today: string) {
  const since = addDays(today as IsoDate, -730);
  const { rows } = await sql<{ came: string; went: string | null }>`
    select came::text as came, went::text as went from (
      select h.case_id, min(h.happened_on) filter (where h.verb = 'permits.submit') as came,
        min(h.happened_on) filter (where h.verb <> 'permits.submit') as went
      from history h
      where h.province_id = ${provinceId} and h.sign = 1 and h.verb = any(${stepVerbs}::text[])
        and h.happened_on >= ${since}::date and ${visibleSteps(principal)}
        and not exists (select 1 from history r
          where r.province_id = ${provinceId} and r.reverses = h.id)
      group by h.case_id
    ) as w where came is not null`.execute(tx);
  return rows satisfies Wait[];
}

const stepVerbs = [
  'permits.submit',
  'permits.grant',
  'permits.grantAutomatically',
  'permits.grantProvisionally',
  'permits.grantBySilence',
  'permits.refuse',
  'permits.withdraw',
];

const waitsOn = ({ came, went }: Wait, day: string) => came <= day && (went === null || went > day);

/** The queue as it stood at the end of a day, knowing nothing later. */
function queueAt(waits: readonly Wait[], day: string): Queue {
  const since = addDays(day as IsoDate, 1 - recentDays);
  const within = (at: string | null) => at !== null && at >= since && at <= day;
  return {
    waiting: waits.filter((one) => waitsOn(one, day)).length,
    comes: waits.filter(({ came }) => within(came)).length / recentDays,
    goes: waits.filter(({ went }) => within(went)).length / recentDays,
  };
}

function overAt(waits: readonly Wait[], day: string, limit: number): number {
  return waits.filter(
    (one) => waitsOn(one, day) && daysBetween(one.came as IsoDate, day as IsoDate) > limit,
  ).length;
}

/** How far off the rule was over thirty days at past month ends that have ninety days before them. */
function errorsOf(waits: readonly Wait[], today: string, limit: number): number[] {
  const first = waits.map(({ came }) => came).sort()[0] ?? today;
  const begins = addDays(first as IsoDate, recentDays);
  return Array.from({ length: monthsTested }, (_, nth) =>
    addJalaliMonths(today as IsoDate, -1 - nth),
  )
    .filter((day) => day >= begins)
    .map((day) => {
      const said = overLimitAfter(queueAt(waits, day), testDays, limit);
      return Math.abs(said - overAt(waits, addDays(day, testDays), limit));
    });
}
