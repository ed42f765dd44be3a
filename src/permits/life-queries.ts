import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** A permit as the steps of its life need it. */
export type LivePermit = {
  readonly id: string;
  readonly caseId: string;
  readonly householdId: string;
  /** ISO date. */
  readonly validUntil: string;
};

/** The permits that the cases have, by case; the cases are locked already. */
export async function permitsOfCases(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, LivePermit>> {
  const { rows } = await sql<{ id: string; case_id: string; household_id: string; until: string }>`
    select p.id, p.case_id, c.household_id, p.valid_until as until
    from cases c
    join permits p on p.province_id = ${provinceId}::integer and p.id = c.permit_id
    where c.province_id = ${provinceId}::integer and c.id = any(${caseIds}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.case_id,
      {
        id: row.id,
        caseId: row.case_id,
        householdId: row.household_id,
        validUntil: String(row.until),
      },
    ]),
  );
}

/** What a step changes of a case or its permit; what is absent stays. */
export type LifeChange = {
  readonly caseId: string;
  readonly householdId?: string;
  readonly countyId?: number;
  readonly area?: string;
  readonly occupationId?: string;
  /** Of an application that is corrected; a permit keeps the kind it was given for. */
  readonly kind?: string;
  /** The permit's new last day, ISO. */
  readonly validUntil?: string;
};

/** Writes what steps changed: the place or the occupation of cases, the last day of their permits. */
export async function saveLifeChanges(
  tx: Tx,
  provinceId: number,
  changes: readonly LifeChange[],
): Promise<void> {
  const of = <T>(pick: (one: LifeChange) => T) => changes.map((one) => pick(one) ?? null);
  const ids = of((c) => c.caseId);
  if (changes.some((one) => one.householdId ?? one.occupationId ?? one.kind)) {
    await sql`
      update cases c set household_id = coalesce(i.household_id, c.household_id),
        county_id = coalesce(i.county_id, c.county_id), area = coalesce(i.area, c.area),
        occupation_id = coalesce(i.occupation_id, c.occupation_id), kind = coalesce(i.kind, c.kind)
      from unnest(${ids}::uuid[], ${of((c) => c.householdId)}::uuid[],
        ${of((c) => c.countyId)}::integer[], ${of((c) => c.area)}::text[],
        ${of((c) => c.occupationId)}::text[], ${of((c) => c.kind)}::text[])
        as i(id, household_id, county_id, area, occupation_id, kind)
      where c.province_id = ${provinceId}::integer and c.id = i.id`.execute(tx);
  }
  if (changes.some((one) => one.validUntil)) {
    await sql`
      update permits p set valid_until = i.valid_until
      from unnest(${ids}::uuid[], ${of((c) => c.validUntil)}::date[]) as i(case_id, valid_until)
      where p.province_id = ${provinceId}::integer and p.case_id = i.case_id
        and p.taken_back_at is null and i.valid_until is not null`.execute(tx);
  }
}
