import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { eachProvince, type Reference } from '../accounts/index.ts';
import { addJalaliMonths, type IsoDate, isoToday } from '../kit/jalali.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Tx } from '../platform/database.ts';
import type { JobHandlers } from '../platform/jobs.ts';
import { provinceContext } from '../platform/policy.ts';
import { askJobs, askPeople } from './asks.ts';
import { remindInsured } from './insurance.ts';
import { aliveAfterOn } from './settings.ts';

/** As many at once as a transaction bears well; the next round takes the next. */
const mostAsked = 500;

/** Background work of jobs; `publicUrl` is where people find the house. */
export const employmentJobs = (publicUrl: string): JobHandlers => ({
  ...askJobs,
  'employment.watchJobs': async (_payload, { database, clock }) => {
    await eachProvince(database, async (provinceId, reference) => {
      await watchJobs(database, reference, clock, { provinceId, publicUrl });
    });
  },
});

/**
 * One daily round in a province: asks those whose verified job is a year old whether it still lives, and
 * reminds those whose insurance runs out. Each is asked and reminded once, so a round may be run again.
 */
export function watchJobs(
  database: Database,
  reference: Reference,
  clock: Clock,
  { provinceId, publicUrl }: { readonly provinceId: number; readonly publicUrl: string },
): Promise<{ readonly asked: number; readonly reminded: number }> {
  const now = clock.now();
  const today = isoToday(now.getTime(), clock.zone);
  const nobody = { actorId: null, organisationId: null, opId: randomUUID() };
  const act = { provinceId, ...nobody, now, today };
  return database.transaction(provinceContext(provinceId), async (tx) => {
    const due = await aYearOld(tx, provinceId, startedUntil(reference, provinceId, today));
    await askPeople(tx, act, publicUrl, 'alive', due);
    return { asked: due.length, reminded: await remindInsured(tx, act, reference) };
  });
}

/** Jobs that started until this day (ISO) are old enough today. */
function startedUntil(reference: Reference, provinceId: number, today: string): string {
  return addJalaliMonths(today as IsoDate, -aliveAfterOn(reference, provinceId, today));
}

async function aYearOld(tx: Tx, provinceId: number, until: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select j.id from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id and p.mobile is not null
    where j.province_id = ${provinceId} and j.state = 'verified' and j.taken_back_at is null
      and j.started_on <= ${until}::date
      and not exists (select 1 from job_asks a where a.province_id = ${provinceId}
        and a.job_id = j.id and a.about = 'alive')
    order by j.id limit ${mostAsked}`.execute(tx);
  return rows.map(({ id }) => id);
}
