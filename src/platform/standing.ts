import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from './database.ts';
import type { Step } from './history.ts';
import { type StoredRow, toStoredRow } from './history-row.ts';

/**
 * Facts of a step that stands beside the chain of its case's states, as a visit does: no state of the
 * case follows from it, so it holds up no correction of what was recorded before it.
 */
export const beside = { beside: true } as const;

/** The newest step of a case that still stands, and the day of the one before it. */
export type Newest = { readonly step: StoredRow; readonly before: StoredRow | undefined };

/**
 * The newest standing step of each case: what a correction may take back. Steps of one case are
 * taken back from the newest on, so that every state in between stays one that the table allows.
 * Steps beside that chain do not count: whoever writes them takes them back by themselves.
 */
export async function newestSteps(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, Newest>> {
  const rows = await tx
    .selectFrom('history as h')
    .selectAll()
    .where('h.province_id', '=', provinceId)
    .where(sql<boolean>`h.case_id = any(${caseIds}::uuid[])`)
    .where('h.sign', '=', 1)
    .where(sql<boolean>`not (h.facts @> ${JSON.stringify(beside)}::jsonb)`)
    .where(sql<boolean>`not exists (select 1 from history r
      where r.province_id = ${provinceId} and r.reverses = h.id)`)
    .orderBy('h.case_id')
    .orderBy('h.seq')
    .execute();
  const found = new Map<string, Newest>();
  for (const row of rows.map(toStoredRow)) {
    found.set(row.caseId, { step: row, before: found.get(row.caseId)?.step });
  }
  return found;
}

/**
 * The newest step of a case, if it is one of `verbs`.
 * @throws Problem `platform.later_step` (409) when another slice's step stands on top of them
 */
export function getNewest(
  newest: ReadonlyMap<string, Newest>,
  caseId: string,
  verbs: readonly string[],
): Newest {
  const found = newest.get(caseId);
  if (!found || !verbs.includes(found.step.verb)) {
    throw new Problem('platform.later_step', { verb: found?.step.verb ?? '' });
  }
  return found;
}

/** The step that takes another back: the same in everything that counts, with the reason. */
export function reversalOf(step: StoredRow, reason: string): Step {
  const { countyId, agencyId, bankId, kind, occupationId, sex, area } = step;
  return {
    caseId: step.caseId,
    verb: step.verb,
    from: step.from,
    to: step.to,
    happenedOn: step.happenedOn,
    personId: step.personId,
    dims: { countyId, agencyId, bankId, kind, occupationId, sex, area },
    rial: step.rial,
    people: step.people,
    facts: step.facts,
    reason,
    reverses: step.id,
  };
}
