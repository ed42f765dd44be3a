import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { JobState, Relation, Way } from './rules.ts';

/** Marks jobs whose registration was taken back; the people are free to be registered again. */
export async function voidJobs(tx: Tx, act: Act, jobIds: readonly string[]): Promise<void> {
  await sql`update jobs set taken_back_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId} and id = any(${jobIds}::uuid[])
      and taken_back_at is null`.execute(tx);
}

/** A job as far as something that comes from outside can be compared with it. */
export type KnownJob = {
  readonly nationalId: string;
  /** The case of the plan. */
  readonly caseId: string;
  readonly relation: Relation;
  /** ISO. */
  readonly startedOn: string;
  readonly ended: boolean;
};

/** The jobs of these people, by national ID: one that runs before one that ended, and the one that counts. */
export async function findKnownJobs(
  tx: Tx,
  provinceId: number,
  nationalIds: readonly string[],
): Promise<Map<string, KnownJob>> {
  const { rows } = await sql<{
    national_id: string;
    case_id: string;
    relation: Relation;
    started_on: string;
    ended: boolean;
  }>`
    select p.national_id, j.case_id, j.relation, j.started_on, j.ended_on is not null as ended
    from people p
    join jobs j on j.province_id = ${provinceId} and j.person_id = p.id
      and j.taken_back_at is null
    where p.province_id = ${provinceId}
      and p.national_id = any(${nationalIds}::text[])
    order by j.ended_on is null, j.uncounted_for is null, j.id`.execute(tx);
  const jobs = rows.map((row) => ({
    nationalId: row.national_id,
    caseId: row.case_id,
    relation: row.relation,
    startedOn: row.started_on,
    ended: row.ended,
  }));
  // What is looked for comes last and stays.
  return new Map(jobs.map((job) => [job.nationalId, job]));
}

/** A job as its rules need it. */
export type JobRow = {
  readonly id: string;
  readonly caseId: string;
  readonly planId: string;
  readonly personId: string;
  readonly sex: string;
  readonly mobile: string | null;
  readonly bankId: string;
  readonly state: JobState;
  readonly startedOn: string;
  readonly registeredOn: string;
  readonly registeredBy: string | null;
  readonly verifyStepId: string | null;
  readonly verifiedOn: string | null;
  readonly verifiedBy: string | null;
  readonly verifiedThrough: Way | null;
  readonly aliveOn: string | null;
};

/** The cases of jobs, before anything is locked. */
export async function casesOfJobs(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ case_id: string }>`select distinct case_id from jobs
    where province_id = ${provinceId} and id = any(${ids}::uuid[])`.execute(tx);
  return rows.map((row) => row.case_id);
}

/**
 * Jobs that were not taken back, locked in the order of their ids, by id.
 * @throws Problem `platform.not_found` (404) when one is missing
 */
export async function getJobsForUpdate(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, JobRow>> {
  const { rows } = await sql<JobRow>`
    select j.id, j.case_id as "caseId", j.plan_id as "planId", j.person_id as "personId", p.sex, p.mobile,
      j.bank_id as "bankId", j.state, j.started_on as "startedOn", j.registered_on as "registeredOn",
      j.registered_by as "registeredBy", j.verify_step_id as "verifyStepId",
      j.verified_on as "verifiedOn", j.verified_by as "verifiedBy",
      j.verified_through as "verifiedThrough", j.alive_on as "aliveOn"
    from jobs j
    join people p on p.province_id = ${provinceId} and p.id = j.person_id
    where j.province_id = ${provinceId} and j.id = any(${ids}::uuid[]) and j.taken_back_at is null
    order by j.id for update of j`.execute(tx);
  const found = new Map(rows.map((row) => [row.id, row]));
  if (ids.some((id) => !found.has(id))) throw new Problem('platform.not_found');
  return found;
}

/** Where a step left a job. */
export type MovedJob = Pick<
  JobRow,
  'id' | 'state' | 'verifyStepId' | 'verifiedOn' | 'verifiedBy' | 'verifiedThrough' | 'aliveOn'
> & { readonly endedOn: string | null; readonly endReason: string | null };

/** Writes where steps left their jobs. */
export async function saveJobs(
  tx: Tx,
  provinceId: number,
  moved: readonly MovedJob[],
): Promise<void> {
  const of = <T>(pick: (one: MovedJob) => T) => moved.map(pick);
  await sql`
    update jobs j set state = i.state, verify_step_id = i.step, verified_on = i.verified_on,
      verified_by = i.verified_by, verified_through = i.through, alive_on = i.alive_on,
      ended_on = i.ended_on, end_reason = i.reason
    from unnest(${of((m) => m.id)}::uuid[], ${of((m) => m.state)}::text[],
      ${of((m) => m.verifyStepId)}::uuid[], ${of((m) => m.verifiedOn)}::date[],
      ${of((m) => m.verifiedBy)}::uuid[], ${of((m) => m.verifiedThrough)}::text[],
      ${of((m) => m.aliveOn)}::date[], ${of((m) => m.endedOn)}::date[],
      ${of((m) => m.endReason)}::text[])
      as i(id, state, step, verified_on, verified_by, through, alive_on, ended_on, reason)
    where j.province_id = ${provinceId}::integer and j.id = i.id`.execute(tx);
}
