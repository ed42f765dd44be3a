import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import { endedPlanStates } from '../rules.ts';

/** Allocations of a province, or one of them, the newest first, with the national part of each. */
export async function allocationRows(tx: Tx, provinceId: number, id?: string) {
  let found = tx
    .selectFrom('allocations')
    .selectAll()
    .select(({ selectFrom }) =>
      selectFrom('ceilings')
        .select(sql<string>`national_rial::text`.as('national'))
        .where('ceilings.province_id', '=', provinceId)
        .whereRef('ceilings.allocation_id', '=', 'allocations.id')
        .where('agency_id', 'is', null)
        .where('county_id', 'is', null)
        .where('bank_id', 'is', null)
        .as('national'),
    )
    .where('province_id', '=', provinceId)
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc');
  if (id !== undefined) found = found.where('id', '=', id);
  return found.execute();
}

/** Who set which ceiling of an allocation to what, newest first. */
export async function revisionsOf(tx: Tx, provinceId: number, allocationId: string) {
  const { rows } = await sql<{
    agency_id: string | null;
    county_id: number | null;
    bank_id: string | null;
    before_rial: bigint | null;
    ceiling_rial: bigint;
    national_rial: bigint;
    decided_by: string;
    reason: string;
    letter: string | null;
    decided_on: string;
    recorded_at: Date;
    name_fa: string | null;
    name_en: string | null;
  }>`
    select c.agency_id, c.county_id, c.bank_id, r.before_rial, r.ceiling_rial, r.national_rial,
      r.decided_by, r.reason, r.letter, r.decided_on, r.recorded_at, a.name_fa, a.name_en
    from ceiling_revisions r
    join ceilings c on c.province_id = ${provinceId} and c.id = r.ceiling_id
    left join accounts a on a.province_id = ${provinceId} and a.id = r.account_id
    where r.province_id = ${provinceId} and c.allocation_id = ${allocationId}
    order by r.recorded_at desc, r.number desc, r.id desc limit 200`.execute(tx);
  return rows.map((row) => ({
    ...{ agencyId: row.agency_id, countyId: row.county_id, bankId: row.bank_id },
    beforeRial: row.before_rial?.toString() ?? null,
    ceilingRial: row.ceiling_rial.toString(),
    nationalRial: row.national_rial.toString(),
    ...{ decidedBy: row.decided_by, reason: row.reason, letter: row.letter },
    decidedOn: row.decided_on,
    recordedAt: row.recorded_at.toISOString(),
    by: row.name_fa === null ? null : { fa: row.name_fa, en: row.name_en ?? row.name_fa },
  }));
}

/** Live plans of the same credit line and days that take from no allocation: they came before it was known. */
export async function outsideOf(
  tx: Tx,
  provinceId: number,
  row: { credit_line_id: string; from_on: unknown; deadline_on: unknown },
): Promise<{ plans: number; rial: string }> {
  const { rows } = await sql<{ plans: bigint; rial: bigint }>`
    select count(*) as plans, coalesce(sum(coalesce(approved_rial, requested_rial)), 0)::bigint as rial
    from plans
    where province_id = ${provinceId} and allocation_id is null
      and credit_line_id = ${row.credit_line_id}
      and referred_on between ${String(row.from_on)}::date and ${String(row.deadline_on)}::date
      and state <> all(${endedPlanStates}::text[])`.execute(tx);
  return { plans: Number(rows[0]?.plans ?? 0), rial: String(rows[0]?.rial ?? 0) };
}
