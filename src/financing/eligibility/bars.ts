import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';

/** Bars a person from loans of the programme in the province until a day (ISO), by the step that says so. */
export async function barPerson(
  tx: Tx,
  { provinceId, now }: Act,
  { personId, stepId, untilOn }: { personId: string; stepId: string; untilOn: string },
): Promise<void> {
  const row = { province_id: provinceId, person_id: personId, step_id: stepId };
  await tx
    .insertInto('loan_bars')
    .values({ ...row, until_on: untilOn, recorded_at: now })
    .execute();
}

/** Until when people are barred, by person; those who are not are not in it. */
export async function barsOf(
  tx: Tx,
  provinceId: number,
  personIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ person_id: string; until_on: string }>`
    select person_id, max(until_on) as until_on from loan_bars
    where province_id = ${provinceId} and person_id = any(${personIds}::uuid[])
    group by person_id`.execute(tx);
  return new Map(rows.map((row) => [row.person_id, row.until_on]));
}
