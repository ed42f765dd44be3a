import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Reference } from '../src/accounts/index.ts';
import { endJobs, registerJobs, verifyJobs } from '../src/employment/index.ts';
import { takeBackJobStep } from '../src/employment/take-back.ts';
import { generateNationalId } from '../src/kit/identifiers.ts';
import type { Tx } from '../src/platform/database.ts';
import type { Act } from '../src/platform/history.ts';

/** What can happen to the jobs of a plan. */
export const jobDeeds = ['hire', 'hire', 'hire', 'verify', 'verify', 'leave', 'unhire'] as const;
type JobDeed = (typeof jobDeeds)[number];

export const isJobDeed = (deed: string): deed is JobDeed =>
  (jobDeeds as readonly string[]).includes(deed);

/** Few enough people that they turn up in one another's plans. */
const pool = 11;
let drawn = 0;

function worker() {
  drawn += 7;
  return {
    ...{ nationalId: generateNationalId('291', 1 + (drawn % pool)), idKind: 'national' as const },
    ...{ firstName: 'آزمون', lastName: `شاغل ${drawn % pool}`, sex: 'female' as const },
  };
}

async function newestJob(tx: Tx, caseId: string): Promise<string> {
  const jobs = tx.selectFrom('jobs').select('id').where('case_id', '=', caseId);
  const standing = jobs.where('taken_back_at', 'is', null).orderBy('id', 'desc');
  return (await standing.executeTakeFirst())?.id ?? randomUUID();
}

/** One deed on the jobs of a case; now and then a second job is meant, or more people than were promised. */
export async function workOn(
  tx: Tx,
  act: Act,
  reference: Reference,
  { caseId, nth }: { readonly caseId: string; readonly nth: number },
  deed: JobDeed,
): Promise<void> {
  const day = act.today;
  if (deed === 'hire') {
    const days = { startedOn: day, happenedOn: day };
    const meant = { asSecond: nth % 2 === 0, ...(nth % 3 === 0 ? {} : { raise: 'x' }) };
    const job = { caseId, person: worker(), relation: 'household' as const, ...days, ...meant };
    await registerJobs(tx, act, reference, [job]);
    return;
  }
  const jobId = await newestJob(tx, caseId);
  if (deed === 'verify') return verifyJobs(tx, act, [{ jobId, through: 'phone', detail: 'x' }]);
  if (deed === 'leave') return endJobs(tx, act, [{ jobId, reason: 'x', endedOn: day }]);
  return takeBackJobStep(tx, act, { jobId, reason: 'x' });
}

/** Asks of everything that happened whether anybody was counted twice, or a stage outgrew the one before it. */
export async function demandPeopleOnce(
  inProvince: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
): Promise<void> {
  const { rows } = await inProvince((tx) =>
    sql<{ counted: number; twice: number; uncounted: number; out_of_order: number }>`
      with counted as (
        select h.person_id, h.happened_on as from_on, (h.facts ->> 'counts_until')::date as until_on
        from history h where h.verb = 'employment.register' and h.sign = 1
          and not exists (select 1 from history r where r.reverses = h.id)
      ), numbered as (
        select *, lag(until_on) over (partition by person_id order by from_on) as before
        from counted
      ), stages as (
        select p.id, p.people + count(*) filter (where h.verb = 'employment.raisePromise') as expected,
          count(*) filter (where h.verb = 'employment.register') as registered,
          count(*) filter (where h.verb = 'employment.verify') as verified
        from plans p join history h on h.case_id = p.case_id and h.sign = 1
          and not exists (select 1 from history r where r.reverses = h.id)
        group by p.id, p.people
      )
      select (select count(*)::integer from counted) as counted,
        (select count(*)::integer from numbered where before > from_on) as twice,
        (select count(*)::integer from jobs where uncounted_for is not null) as uncounted,
        (select count(*)::integer from stages
          where verified > registered or registered > expected) as out_of_order`.execute(tx),
  );
  expect(rows[0]).toMatchObject({ twice: 0, out_of_order: 0 });
  expect(rows[0]?.counted).toBeGreaterThan(0);
  expect(rows[0]?.uncounted).toBeGreaterThan(0);
}
