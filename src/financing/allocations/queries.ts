import { sql } from 'kysely';
import { normaliseText } from '../../kit/persian-text.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { endedPlanStates } from '../rules.ts';
import { isUnder, type Share } from './rules.ts';

/** What live plans of an allocation hold, and what was paid, at one crossing; rial. */
export type Held = {
  readonly agencyId: string;
  readonly countyId: number;
  readonly bankId: string;
  readonly plans: number;
  readonly heldRial: bigint;
  readonly contractedRial: bigint;
  readonly paidRial: bigint;
};

/** {@link Held} at every crossing that has a live plan, as far as row security shows it. */
export async function heldOf(tx: Tx, provinceId: number, allocationId: string): Promise<Held[]> {
  const { rows } = await sql<{
    agency_id: string;
    county_id: number;
    bank_id: string;
    plans: bigint;
    held: bigint;
    contracted: bigint;
    paid: bigint;
  }>`
    select agency_id, county_id, bank_id, count(*) as plans,
      sum(coalesce(approved_rial, requested_rial))::bigint as held,
      coalesce(sum(coalesce(approved_rial, requested_rial))
        filter (where state not in ('referred', 'file_opened')), 0)::bigint as contracted,
      sum(paid_rial)::bigint as paid
    from plans
    where province_id = ${provinceId} and allocation_id = ${allocationId}
      and state <> all(${endedPlanStates}::text[])
    group by agency_id, county_id, bank_id`.execute(tx);
  return rows.map((row) => ({
    agencyId: row.agency_id,
    countyId: row.county_id,
    bankId: row.bank_id,
    plans: Number(row.plans),
    heldRial: row.held,
    contractedRial: row.contracted,
    paidRial: row.paid,
  }));
}

/** What live plans hold under each of some shares, in their order. */
export async function usedUnder(
  tx: Tx,
  provinceId: number,
  allocationId: string,
  shares: readonly Share[],
): Promise<bigint[]> {
  const held = await heldOf(tx, provinceId, allocationId);
  return shares.map((share) =>
    held.filter((one) => isUnder(share, one)).reduce((sum, { heldRial }) => sum + heldRial, 0n),
  );
}

type NewAllocation = {
  readonly id: string;
  readonly creditLineId: string;
  readonly fiscalYear: number;
  readonly law: string;
  readonly note?: string | null;
  readonly clause?: string | null;
  readonly fromOn: string;
  readonly deadlineOn: string;
  readonly carryOverOn: string | null;
  readonly floatsOn: string | null;
};

/** Adds an allocation; the same budget line twice violates `allocations_year_once`. */
export async function insertAllocation(tx: Tx, act: Act, one: NewAllocation): Promise<void> {
  await tx
    .insertInto('allocations')
    .values({
      province_id: act.provinceId,
      id: one.id,
      credit_line_id: one.creditLineId,
      fiscal_year: one.fiscalYear,
      law: normaliseText(one.law),
      note: one.note ? normaliseText(one.note) : null,
      clause: one.clause ? normaliseText(one.clause) : null,
      from_on: one.fromOn,
      deadline_on: one.deadlineOn,
      carry_over_on: one.carryOverOn,
      floats_on: one.floatsOn,
      recorded_at: act.now,
    })
    .execute();
}

type SavedCeiling = Share & {
  readonly id: string;
  readonly allocationId: string;
  readonly ceilingRial: bigint;
  readonly nationalRial: bigint;
  readonly usedRial: bigint;
  readonly floatedRial: bigint;
};

/** Adds ceilings, and sets those that are there. */
export async function saveCeilings(
  tx: Tx,
  act: Act,
  ceilings: readonly SavedCeiling[],
): Promise<void> {
  const rows = ceilings.map((one) => ({
    province_id: act.provinceId,
    id: one.id,
    allocation_id: one.allocationId,
    agency_id: one.agencyId,
    county_id: one.countyId,
    bank_id: one.bankId,
    ceiling_rial: one.ceilingRial,
    national_rial: one.nationalRial,
    used_rial: one.usedRial,
    floated_rial: one.floatedRial,
  }));
  await tx
    .insertInto('ceilings')
    .values(rows)
    .onConflict((on) =>
      on.columns(['province_id', 'id']).doUpdateSet(({ ref }) => ({
        ceiling_rial: ref('excluded.ceiling_rial'),
        national_rial: ref('excluded.national_rial'),
        used_rial: ref('excluded.used_rial'),
        floated_rial: ref('excluded.floated_rial'),
      })),
    )
    .execute();
}

/** What a ceiling was set to, and who decided it, when and why. */
export type Revision = {
  readonly ceilingId: string;
  /** Null where the ceiling is new. */
  readonly beforeRial: bigint | null;
  readonly ceilingRial: bigint;
  readonly nationalRial: bigint;
  readonly decidedBy: string;
  readonly reason: string;
  readonly letter: string | null;
  readonly decidedOn: string;
};

/** How many revisions each of some ceilings has. */
async function revisionCounts(tx: Tx, provinceId: number, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('ceiling_revisions')
    .select('ceiling_id')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('province_id', '=', provinceId)
    .where(sql<boolean>`ceiling_id = any(${ids}::uuid[])`)
    .groupBy('ceiling_id')
    .execute();
  return new Map(rows.map(({ ceiling_id, count }) => [ceiling_id, Number(count)]));
}

/** Adds revisions, the next of each ceiling; nothing edits them. */
export async function insertRevisions(
  tx: Tx,
  act: Act,
  revisions: readonly Revision[],
): Promise<void> {
  const ids = revisions.map(({ ceilingId }) => ceilingId);
  const before = await revisionCounts(tx, act.provinceId, ids);
  const of = <T>(pick: (one: Revision) => T) => revisions.map(pick);
  const text = (rial: bigint | null) => rial?.toString() ?? null;
  await sql`
    insert into ceiling_revisions (province_id, id, ceiling_id, agency_id, bank_id, number, before_rial,
      ceiling_rial, national_rial, decided_by, reason, letter, decided_on, account_id, recorded_at,
      op_id)
    select ${act.provinceId}::integer, i.id, c.id, c.agency_id, c.bank_id, i.number, i.before_rial,
      i.ceiling_rial, i.national_rial, i.decided_by, i.reason, i.letter, i.decided_on,
      ${act.actorId}::uuid, ${act.now}::timestamptz, ${act.opId}::uuid
    from unnest(${of(() => uuid7(act.now.getTime()))}::uuid[], ${ids}::uuid[],
      ${of((one) => (before.get(one.ceilingId) ?? 0) + 1)}::integer[],
      ${of((one) => text(one.beforeRial))}::bigint[], ${of((one) => text(one.ceilingRial))}::bigint[],
      ${of((one) => text(one.nationalRial))}::bigint[],
      ${of((one) => normaliseText(one.decidedBy))}::text[], ${of((one) => one.reason)}::text[],
      ${of((one) => one.letter)}::text[], ${of((one) => one.decidedOn)}::date[])
      as i(id, ceiling_id, number, before_rial, ceiling_rial, national_rial, decided_by, reason,
        letter, decided_on)
    join ceilings c on c.province_id = ${act.provinceId}::integer and c.id = i.ceiling_id`.execute(
    tx,
  );
}
