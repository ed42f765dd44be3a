import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { type StoredRow, toStoredRow } from '../../platform/history-row.ts';

/** The newest step of a verb that still stands of each application. */
export async function standingSteps(
  tx: Tx,
  provinceId: number,
  verb: 'market.allotStall' | 'market.reportSales',
  applicationIds: readonly string[],
): Promise<Map<string, StoredRow>> {
  if (applicationIds.length === 0) return new Map();
  const rows = await tx
    .selectFrom('history as h')
    .selectAll('h')
    .where('h.province_id', '=', provinceId)
    .where('h.verb', '=', verb)
    .where('h.sign', '=', 1)
    .where(
      sql<boolean>`h.case_id in (select case_id from stall_applications
        where province_id = ${provinceId} and id = any(${applicationIds}::uuid[]))`,
    )
    .where(sql<boolean>`h.facts ->> 'application' = any(${applicationIds}::text[])`)
    .where(
      sql<boolean>`not exists (select 1 from history r
        where r.province_id = ${provinceId} and r.reverses = h.id)`,
    )
    .orderBy('h.seq')
    .execute();
  const steps = rows.map(toStoredRow);
  return new Map(steps.map((step) => [String(step.facts.application), step]));
}
