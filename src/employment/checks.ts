import { sql } from 'kysely';
import { type Check, codedDifferences, countRows, differencesShown } from '../platform/checks.ts';
import type { Tx } from '../platform/database.ts';

/** Every running job has its step in the record, and every standing step its job. */
const jobsRecorded: Check = {
  name: 'employment.jobs',
  async run(tx: Tx, provinceId: number) {
    const { rows } = await sql<{ id: string; kept: string | null; recomputed: string | null }>`
      select coalesce(j.case_id, h.case_id) as id, j.id::text as kept, h.job as recomputed
      from (select case_id, id from jobs
        where province_id = ${provinceId} and taken_back_at is null) j
      full join (
        select case_id, facts ->> 'job' as job from history i
        where province_id = ${provinceId} and verb = 'employment.register' and sign = 1
          and not exists (select 1 from history r
            where r.province_id = ${provinceId} and r.reverses = i.id)
      ) h on h.job = j.id::text
      where j.id is null or h.job is null limit ${differencesShown}`.execute(tx);
    const checked = await countRows(tx, 'jobs', provinceId);
    return { checked, differences: codedDifferences(provinceId, rows) };
  },
};

export const employmentChecks: readonly Check[] = [jobsRecorded];
