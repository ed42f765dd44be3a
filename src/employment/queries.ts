import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';

/** Marks jobs whose registration was taken back; the people are free to be registered again. */
export async function voidJobs(tx: Tx, act: Act, jobIds: readonly string[]): Promise<void> {
  await sql`update jobs set taken_back_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId} and id = any(${jobIds}::uuid[])
      and taken_back_at is null`.execute(tx);
}
