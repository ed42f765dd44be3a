import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import { loanEnded, type PlanRow } from './queries.ts';
import type { PlanState } from './rules.ts';

/** A payment that stands. */
export type KnownTranche = {
  readonly number: number;
  readonly amountRial: bigint;
  readonly bankReference: string;
  /** ISO. */
  readonly paidOn: string;
};

/** A plan as far as something that comes from outside can be compared with it. */
export type KnownPlan = Omit<PlanRow, 'tranches'> & {
  readonly referredOn: string;
  readonly people: number;
  readonly tranches: readonly KnownTranche[];
};

/** A known plan as its rules need it. */
export function planRow({
  tranches,
  referredOn: _on,
  people: _people,
  ...rest
}: KnownPlan): PlanRow {
  return { ...rest, tranches: tranches.length };
}

/** Plans of some cases with their payments, locked; oldest first. What was taken back is not there. */
export async function findPlansForUpdate(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, KnownPlan[]>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<RawPlan>`
    select p.id, case_id, person_id, state, state_since, bank_id, agency_id, county_id, allocation_id,
      requested_rial, approved_rial, paid_rial, referred_on, people, ${loanEnded(provinceId)} as loan_ended
    from plans p where province_id = ${provinceId} and case_id = any(${caseIds}::uuid[])
      and state <> 'void'
    order by case_id, id for update`.execute(tx);
  const ids = rows.map(({ id }) => id);
  const tranches = await tranchesOf(tx, provinceId, ids);
  const plans = rows.map((row) => toPlan(row, tranches.get(row.id) ?? []));
  return Map.groupBy(plans, ({ caseId }) => caseId);
}

type RawPlan = {
  id: string;
  case_id: string;
  person_id: string;
  state: PlanState;
  state_since: string;
  bank_id: string;
  agency_id: string;
  county_id: number;
  allocation_id: string | null;
  requested_rial: bigint;
  approved_rial: bigint | null;
  paid_rial: bigint;
  referred_on: string;
  people: number;
  loan_ended: boolean;
};

function toPlan(row: RawPlan, tranches: readonly KnownTranche[]): KnownPlan {
  return {
    id: row.id,
    caseId: row.case_id,
    personId: row.person_id,
    state: row.state,
    stateSince: row.state_since,
    bankId: row.bank_id,
    agencyId: row.agency_id,
    countyId: row.county_id,
    allocationId: row.allocation_id,
    requestedRial: row.requested_rial,
    approvedRial: row.approved_rial,
    paidRial: row.paid_rial,
    referredOn: row.referred_on,
    people: row.people,
    loanEnded: row.loan_ended,
    tranches,
  };
}

async function tranchesOf(tx: Tx, provinceId: number, planIds: readonly string[]) {
  const { rows } = await sql<{
    plan_id: string;
    number: number;
    amount_rial: bigint;
    bank_reference: string;
    paid_on: string;
  }>`
    select plan_id, number, amount_rial, bank_reference, paid_on from tranches
    where province_id = ${provinceId} and plan_id = any(${planIds}::uuid[])
      and taken_back_at is null
    order by plan_id, number`.execute(tx);
  const tranches = rows.map((row) => ({
    planId: row.plan_id,
    number: row.number,
    amountRial: row.amount_rial,
    bankReference: row.bank_reference,
    paidOn: row.paid_on,
  }));
  return Map.groupBy(tranches, ({ planId }) => planId);
}

/** What stands in the way of payments: open loans in the country, and references already used. */
export type PaymentsHeld = {
  /** The plan of the open loan, by the holder's national ID. */
  readonly loans: Map<string, string>;
  /** The plan that a bank's reference was used for, by {@link referenceKey}. */
  readonly references: Map<string, string>;
};

/** A bank's reference is one payment's in the province. */
export function referenceKey(bankId: string, bankReference: string): string {
  return `${bankId} ${bankReference}`;
}

/** Open loans of these people, wherever they are, and uses of these references in the province. */
export async function findPaymentsHeld(
  tx: Tx,
  provinceId: number,
  keys: {
    nationalIds: readonly string[];
    payments: readonly { bankId: string; bankReference: string }[];
  },
): Promise<PaymentsHeld> {
  const loans = await tx
    .selectFrom('open_loans')
    .select(['national_id', 'plan_id'])
    .where(sql<boolean>`national_id = any(${keys.nationalIds}::text[])`)
    .execute();
  const { rows } = await sql<{ bank_id: string; bank_reference: string; plan_id: string }>`
    select t.bank_id, t.bank_reference, t.plan_id
    from unnest(${keys.payments.map((p) => p.bankId)}::text[],
      ${keys.payments.map((p) => p.bankReference)}::text[]) as i(bank_id, bank_reference)
    join tranches t on t.province_id = ${provinceId} and t.bank_id = i.bank_id
      and t.bank_reference = i.bank_reference and t.taken_back_at is null`.execute(tx);
  return {
    loans: new Map(loans.map((row) => [row.national_id, row.plan_id])),
    references: new Map(
      rows.map((row) => [referenceKey(row.bank_id, row.bank_reference), row.plan_id]),
    ),
  };
}
