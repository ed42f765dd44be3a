import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Relation } from './rules.ts';

/** Marks jobs whose registration was taken back; the people are free to be registered again. */
export async function voidJobs(tx: Tx, act: Act, jobIds: readonly string[]): Promise<void> {
  await sql`update jobs set taken_back_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId} and id = any(${jobIds}::uuid[])
      and taken_back_at is null`.execute(tx);
}

/** A running job as far as something that comes from outside can be compared with it. */
export type KnownJob = {
  readonly nationalId: string;
  /** The case of the plan. */
  readonly caseId: string;
  readonly relation: Relation;
  /** ISO. */
  readonly startedOn: string;
};

/** The running jobs of these people, by national ID: one each at most. */
export async function findRunningJobs(
  tx: Tx,
  provinceId: number,
  nationalIds: readonly string[],
): Promise<Map<string, KnownJob>> {
  const { rows } = await sql<{
    national_id: string;
    case_id: string;
    relation: Relation;
    started_on: string;
  }>`
    select p.national_id, j.case_id, j.relation, j.started_on from people p
    join jobs j on j.province_id = ${provinceId} and j.person_id = p.id
      and j.ended_on is null and j.taken_back_at is null
    where p.province_id = ${provinceId}
      and p.national_id = any(${nationalIds}::text[])`.execute(tx);
  const jobs = rows.map((row) => ({
    nationalId: row.national_id,
    caseId: row.case_id,
    relation: row.relation,
    startedOn: row.started_on,
  }));
  return new Map(jobs.map((job) => [job.nationalId, job]));
}
