import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { PlanLink } from './queries.ts';

/** Writes whose turn some cases are, since when and until when (ISO). */
export async function setHolders(
  tx: Tx,
  provinceId: number,
  turns: readonly Pick<PlanLink, 'caseId' | 'holder' | 'since' | 'dueOn'>[],
): Promise<void> {
  const of = <T>(pick: (one: (typeof turns)[number]) => T) => turns.map(pick);
  await sql`
    update cases c set holder = i.holder, holder_since = i.since, due_on = i.due_on
    from unnest(${of((t) => t.caseId)}::uuid[], ${of((t) => t.holder)}::text[],
      ${of((t) => t.since)}::date[], ${of((t) => t.dueOn)}::date[]) as i(case_id, holder, since, due_on)
    where c.province_id = ${provinceId}::integer and c.id = i.case_id`.execute(tx);
}
