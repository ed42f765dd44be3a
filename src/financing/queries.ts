import { sql } from 'kysely';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import type { Quota } from './allocations/rules.ts';
import type { FeeShares } from './loans/rules.ts';
import type { PlanState, Terms } from './rules.ts';

/** A plan as its rules need it. */
export type PlanRow = {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly state: PlanState;
  readonly stateSince: string;
  readonly bankId: string;
  readonly agencyId: string;
  readonly countyId: number;
  /** What it takes from, where there is an allocation. */
  readonly allocationId: string | null;
  readonly requestedRial: bigint;
  readonly approvedRial: bigint | null;
  readonly paidRial: bigint;
  readonly tranches: number;
  /** Its debt fell due at once or is settled: nothing more is paid out. */
  readonly loanEnded: boolean;
};

/**
 * The newest plan of each case, locked, by case.
 * @throws Problem `financing.no_plan` (404) when a case has none
 */
export async function getPlansForUpdate(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, PlanRow>> {
  const found = newest(
    await sql<RawPlan>`${plansOf(provinceId, caseIds)} for update of p`.execute(tx),
  );
  if (caseIds.some((id) => !found.has(id))) throw new Problem('financing.no_plan');
  return found;
}

/** The newest plan of each case that has one, by case. */
export async function findPlans(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, PlanRow>> {
  return newest(await sql<RawPlan>`${plansOf(provinceId, caseIds)}`.execute(tx));
}

function plansOf(provinceId: number, caseIds: readonly string[]) {
  return sql`
    select p.id, p.case_id, p.person_id, p.state, p.state_since, p.bank_id, p.agency_id,
      p.county_id, p.allocation_id, p.requested_rial, p.approved_rial, p.paid_rial,
      ${tranchesPaid(provinceId)} as tranches, ${loanEnded(provinceId)} as loan_ended
    from plans p
    where p.province_id = ${provinceId} and p.case_id = any(${caseIds}::uuid[])
    order by p.case_id, p.id`;
}

function newest({ rows }: { readonly rows: readonly RawPlan[] }): Map<string, PlanRow> {
  // Later plans of a case come later and stay.
  return new Map(rows.map((row) => [row.case_id, toPlan(row)]));
}

/** How many tranches of a plan `p` were paid. */
export function tranchesPaid(provinceId: number) {
  return sql<number>`(select count(*)::integer from tranches t where t.province_id = ${provinceId}
    and t.plan_id = p.id and t.taken_back_at is null)`;
}

/** What is left to be paid of a plan `p`, by its contract or, without one, by its request; rial. */
export const leftRial = sql<bigint>`(coalesce(p.approved_rial, p.requested_rial) - p.paid_rial)`;

/** Whether a plan `p` has a contract or is being paid, and something is left to be paid. */
export function isPayable(provinceId: number) {
  return sql<boolean>`(p.state in ('contracted', 'paying') and ${leftRial} > 0
    and not ${loanEnded(provinceId)})`;
}

/** Whether the loan of a plan `p` has come to its end. */
export function loanEnded(provinceId: number) {
  return sql<boolean>`exists (select 1 from loans l where l.province_id = ${provinceId}
    and l.plan_id = p.id and l.state in ('fallen_due', 'settled'))`;
}

type RawPlan = {
  id: string;
  case_id: string;
  person_id: string;
  state: string;
  state_since: string;
  bank_id: string;
  agency_id: string;
  county_id: number;
  allocation_id: string | null;
  requested_rial: bigint;
  approved_rial: bigint | null;
  paid_rial: bigint;
  tranches: number;
  loan_ended: boolean;
};

function toPlan(row: RawPlan): PlanRow {
  return {
    id: row.id,
    caseId: row.case_id,
    personId: row.person_id,
    state: row.state as PlanState,
    stateSince: row.state_since,
    bankId: row.bank_id,
    agencyId: row.agency_id,
    countyId: row.county_id,
    allocationId: row.allocation_id,
    requestedRial: row.requested_rial,
    approvedRial: row.approved_rial,
    paidRial: row.paid_rial,
    tranches: row.tranches,
    loanEnded: row.loan_ended,
  };
}

export type NewPlan = {
  readonly id: string;
  readonly caseId: string;
  readonly personId: string;
  readonly kind: string;
  readonly agencyId: string;
  readonly countyId: number;
  readonly bankId: string;
  readonly branchId: string | null;
  readonly terms: Terms;
  readonly capRial: bigint;
  readonly allocationId: string | null;
  /** The quotas it is counted under. */
  readonly quotas: readonly Quota[];
  readonly requestedRial: bigint;
  readonly people: number;
  readonly referredOn: string;
  /** Number of the letter to the bank; kept on the step alone. */
  readonly letter: string | null;
};

/** Adds plans in the state `referred`. */
export async function insertPlans(tx: Tx, act: Act, plans: readonly NewPlan[]): Promise<void> {
  const { provinceId, now } = act;
  const of = <T>(pick: (one: NewPlan) => T) => plans.map(pick);
  await sql`
    insert into plans (province_id, id, case_id, person_id, state, kind, agency_id, bank_id, branch_id,
      credit_line_id, terms, cap_rial, requested_rial, people, referred_on, state_since, county_id,
      allocation_id, quotas, changed_at)
    select ${provinceId}::integer, i.id, i.case_id, i.person_id, 'referred', i.kind, i.agency_id,
      i.bank_id, i.branch_id, i.credit_line_id, i.terms, i.cap_rial, i.requested_rial, i.people,
      i.referred_on, i.referred_on, i.county_id, i.allocation_id,
      string_to_array(i.quotas, ' '), ${now}::timestamptz
    from unnest(${of((p) => p.id)}::uuid[], ${of((p) => p.caseId)}::uuid[],
      ${of((p) => p.personId)}::uuid[], ${of((p) => p.kind)}::text[],
      ${of((p) => p.agencyId)}::text[], ${of((p) => p.bankId)}::text[],
      ${of((p) => p.branchId)}::text[], ${of((p) => p.terms.creditLineId)}::text[],
      ${of((p) => JSON.stringify(termsJson(p.terms)))}::jsonb[],
      ${of((p) => p.capRial.toString())}::bigint[], ${of((p) => p.requestedRial.toString())}::bigint[],
      ${of((p) => p.people)}::integer[], ${of((p) => p.referredOn)}::date[],
      ${of((p) => p.countyId)}::integer[], ${of((p) => p.allocationId)}::uuid[],
      ${of((p) => p.quotas.join(' '))}::text[])
      as i(id, case_id, person_id, kind, agency_id, bank_id, branch_id, credit_line_id, terms,
        cap_rial, requested_rial, people, referred_on, county_id, allocation_id, quotas)`.execute(
    tx,
  );
}

/** Terms in JSON: rial are strings there. */
export function termsJson(terms: Terms): Record<string, string | number | null | FeeShares> {
  return {
    credit_line: terms.creditLineId,
    cap_individual_rial: terms.capIndividualRial.toString(),
    cap_supporter_rial: terms.capSupporterRial?.toString() ?? null,
    fee_bp: terms.feeBp,
    tenor_months: terms.tenorMonths,
    grace_months: terms.graceMonths,
    ...(terms.feeShares && { fee_shares: terms.feeShares }),
  };
}

export type MovedPlan = {
  readonly id: string;
  readonly state: PlanState;
  readonly since: string;
  readonly approvedRial: bigint | null;
  readonly paidRial: bigint;
};

/** Writes what steps did to plans. */
export async function saveMovedPlans(
  tx: Tx,
  { provinceId, now }: Act,
  moved: readonly MovedPlan[],
): Promise<void> {
  const of = <T>(pick: (one: MovedPlan) => T) => moved.map(pick);
  await sql`
    update plans p set state = i.state, state_since = i.since, approved_rial = i.approved_rial,
      paid_rial = i.paid_rial, changed_at = ${now}::timestamptz
    from unnest(${of((m) => m.id)}::uuid[], ${of((m) => m.state)}::text[],
      ${of((m) => m.since)}::date[], ${of((m) => m.approvedRial?.toString() ?? null)}::bigint[],
      ${of((m) => m.paidRial.toString())}::bigint[])
      as i(id, state, since, approved_rial, paid_rial)
    where p.province_id = ${provinceId}::integer and p.id = i.id`.execute(tx);
}

export type NewTranche = {
  readonly id: string;
  readonly planId: string;
  /** Whose plan it is: row security shows them the payment. */
  readonly holderId: string;
  readonly number: number;
  readonly amountRial: bigint;
  readonly bankId: string;
  readonly agencyId: string;
  readonly bankReference: string;
  readonly paidOn: string;
};

/** Adds payments; a bank's reference used before violates `tranches_reference_once`. */
export async function insertTranches(
  tx: Tx,
  provinceId: number,
  tranches: readonly NewTranche[],
): Promise<void> {
  const of = <T>(pick: (one: NewTranche) => T) => tranches.map(pick);
  await sql`
    insert into tranches (province_id, id, plan_id, holder_id, number, amount_rial, bank_id, agency_id,
      bank_reference, paid_on)
    select ${provinceId}::integer, i.*
    from unnest(${of((t) => t.id)}::uuid[], ${of((t) => t.planId)}::uuid[],
      ${of((t) => t.holderId)}::uuid[], ${of((t) => t.number)}::integer[],
      ${of((t) => t.amountRial.toString())}::bigint[],
      ${of((t) => t.bankId)}::text[], ${of((t) => t.agencyId)}::text[],
      ${of((t) => t.bankReference)}::text[], ${of((t) => t.paidOn)}::date[]) as i`.execute(tx);
}

/** Opens the holders' loans in the country-wide table; a second open loan violates its key. */
export async function openLoans(
  tx: Tx,
  provinceId: number,
  loans: readonly { planId: string; personId: string; on: string }[],
): Promise<void> {
  if (loans.length === 0) return;
  await sql`
    insert into open_loans (national_id, province_id, plan_id, opened_on)
    select p.national_id, ${provinceId}::integer, i.plan_id, i.opened_on
    from unnest(${loans.map((l) => l.planId)}::uuid[], ${loans.map((l) => l.personId)}::uuid[],
      ${loans.map((l) => l.on)}::date[]) as i(plan_id, person_id, opened_on)
    join people p on p.province_id = ${provinceId}::integer and p.id = i.person_id`.execute(tx);
}

/** Marks payments that were taken back; number and reference are free again. */
export async function voidTranches(
  tx: Tx,
  act: Act,
  tranches: readonly { planId: string; number: number }[],
): Promise<void> {
  if (tranches.length === 0) return;
  await sql`
    update tranches t set taken_back_at = ${act.now}::timestamptz
    from unnest(${tranches.map((t) => t.planId)}::uuid[], ${tranches.map((t) => t.number)}::integer[])
      as i(plan_id, number)
    where t.province_id = ${act.provinceId}::integer and t.plan_id = i.plan_id
      and t.number = i.number and t.taken_back_at is null`.execute(tx);
}

/** Closes the loans of plans in the country-wide table. */
export async function closeLoans(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<void> {
  if (planIds.length === 0) return;
  const { rows } = await sql<{ national_id: string }>`
    select h.national_id from plans p
    join people h on h.province_id = ${provinceId} and h.id = p.person_id
    where p.province_id = ${provinceId} and p.id = any(${planIds}::uuid[])`.execute(tx);
  await sql`delete from open_loans
    where national_id = any(${rows.map(({ national_id }) => national_id)}::text[])
      and province_id = ${provinceId} and plan_id = any(${planIds}::uuid[])`.execute(tx);
}
