import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** Lets an organisation that was let see cases see where they are, too: households that it does not see yet. */
export async function showPlaces(
  tx: Tx,
  provinceId: number,
  organisationId: string,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  await sql`update households h set seen_by = h.seen_by || ${organisationId}::text
    from cases c
    where c.province_id = ${provinceId}::integer and c.id = any(${caseIds}::uuid[])
      and h.province_id = ${provinceId}::integer and h.id = c.household_id
      and not ${organisationId}::text = any(h.seen_by)`.execute(tx);
}
