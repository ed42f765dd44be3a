import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';

/**
 * Whoever was drawn to be looked at again is looked at before anything else becomes of the job.
 * @throws Problem `employment.recheck_open` (409)
 */
export async function demandNoRecheck(
  tx: Tx,
  provinceId: number,
  jobIds: readonly string[],
): Promise<void> {
  const open = await tx
    .selectFrom('job_rechecks')
    .select('job_id')
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`job_id = any(${jobIds}::uuid[])`)
    .where('drawn', '=', true)
    .where('outcome', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (open) throw new Problem('employment.recheck_open');
}
