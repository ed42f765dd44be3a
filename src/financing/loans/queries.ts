import { sql } from 'kysely';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { referenceKey } from '../known-plans.ts';
import type { FeeShares } from './rules.ts';
import type { LoanEvent, LoanTerms, RepayMode } from './schedule.ts';
import { type LoanState, loanVerbs } from './steps.ts';

/** A loan as its rules need it. */
export type LoanRow = {
  readonly planId: string;
  readonly caseId: string;
  readonly bankId: string;
  readonly agencyId: string;
  readonly state: LoanState;
  readonly stateSince: string;
  readonly openedOn: string;
  readonly terms: LoanTerms;
};

/** An event of a loan with the step of the record that says it. */
export type ToldEvent = { readonly stepId: string; readonly event: LoanEvent };

/** A loan with what happened to it, in the order of the days. */
export type ToldLoan = LoanRow & { readonly told: readonly ToldEvent[] };

type RawLoan = {
  plan_id: string;
  case_id: string;
  bank_id: string;
  agency_id: string;
  state: LoanState;
  state_since: string;
  opened_on: string;
  terms: {
    fee_bp: number;
    tenor_months: number;
    grace_months: number;
    fee_in_grace: boolean;
    fee_shares?: FeeShares;
  };
};

/** A loan's terms from JSON, as they are kept. */
function loanTerms(json: RawLoan['terms']): LoanTerms {
  return {
    feeBp: json.fee_bp,
    tenorMonths: json.tenor_months,
    graceMonths: json.grace_months,
    feeInGrace: json.fee_in_grace,
    ...(json.fee_shares && { shares: json.fee_shares }),
  };
}

/** Which loans: some plans', some cases', or the next so many of a province by plan. */
export type LoansWanted =
  | { readonly planIds: readonly string[] }
  | { readonly caseIds: readonly string[] }
  | { readonly after: string; readonly openedBy: string; readonly limit: number };

/** Loans with their events, by plan in the order of plans; a loan that was taken back has none. */
export async function findLoans(
  tx: Tx,
  provinceId: number,
  wanted: LoansWanted,
): Promise<Map<string, ToldLoan>> {
  const which =
    'planIds' in wanted
      ? sql`plan_id = any(${wanted.planIds}::uuid[])`
      : 'caseIds' in wanted
        ? sql`case_id = any(${wanted.caseIds}::uuid[])`
        : sql`plan_id > ${wanted.after}::uuid and opened_on <= ${wanted.openedBy}::date`;
  const limit = 'limit' in wanted ? sql`limit ${wanted.limit}` : sql``;
  const { rows } = await sql<RawLoan>`
    select plan_id, case_id, bank_id, agency_id, state, state_since, opened_on, terms
    from loans where province_id = ${provinceId} and ${which}
    order by plan_id ${limit}`.execute(tx);
  const events = await eventsOf(
    tx,
    provinceId,
    rows.map((row) => row.case_id),
  );
  return new Map(
    rows.map((row) => {
      const told = events.get(row.plan_id) ?? [];
      return [row.plan_id, { ...toLoan(row), told }];
    }),
  );
}

/** Before the first plan. */
export const beforeAll = '00000000-0000-0000-0000-000000000000';

/** Every loan opened by a day, so many at once, in the order of plans. */
export async function* walkLoans(
  tx: Tx,
  provinceId: number,
  openedBy: string,
  limit: number,
): AsyncGenerator<ReadonlyMap<string, ToldLoan>, void, void> {
  for (let after = beforeAll; ; ) {
    const loans = await findLoans(tx, provinceId, { after, openedBy, limit });
    yield loans;
    if (loans.size < limit) return;
    after = [...loans.keys()].at(-1) ?? after;
  }
}

function toLoan(row: RawLoan): LoanRow {
  return {
    planId: row.plan_id,
    caseId: row.case_id,
    bankId: row.bank_id,
    agencyId: row.agency_id,
    state: row.state,
    stateSince: row.state_since,
    openedOn: row.opened_on,
    terms: loanTerms(row.terms),
  };
}

type RawEvent = {
  id: string;
  verb: string;
  happened_on: string;
  rial: bigint | null;
  plan: string;
  mode: RepayMode | null;
  months: number | null;
  grace: number | null;
};

/** What the record says of the plans of cases, by plan, in the order of days; what stands only. */
async function eventsOf(
  tx: Tx,
  provinceId: number,
  caseIds: readonly string[],
): Promise<Map<string, ToldEvent[]>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<RawEvent>`
    select h.id, h.verb, h.happened_on, h.rial, h.facts ->> 'plan' as plan,
      h.facts ->> 'mode' as mode, (h.facts ->> 'months')::integer as months,
      (h.facts ->> 'grace_months')::integer as grace
    from history h
    where h.province_id = ${provinceId} and h.case_id = any(${caseIds}::uuid[])
      and h.verb = any(${['financing.pay', ...loanVerbs]}::text[]) and h.sign = 1
      and h.verb <> 'financing.settle'
      and not exists (select 1 from history r
        where r.province_id = ${provinceId} and r.reverses = h.id)
    order by h.case_id, h.happened_on, h.seq`.execute(tx);
  const found = new Map<string, ToldEvent[]>();
  for (const row of rows) {
    const list = found.get(row.plan) ?? [];
    list.push({ stepId: row.id, event: toEvent(row) });
    found.set(row.plan, list);
  }
  return found;
}

function toEvent({ verb, happened_on: on, rial, mode, months, grace }: RawEvent): LoanEvent {
  switch (verb) {
    case 'financing.pay':
      return { kind: 'tranche', on, rial: rial ?? 0n };
    case 'financing.repay':
    case 'financing.recover':
      return { kind: 'repay', on, rial: rial ?? 0n, mode: mode ?? 'instalments' };
    case 'financing.reschedule':
      return { kind: 'reschedule', on, months: months ?? 1, graceMonths: grace ?? 0 };
    default:
      return { kind: 'fallDue', on };
  }
}

/** Opens loans with their frozen terms; one that was taken back opens anew. */
export async function insertLoans(
  tx: Tx,
  act: Act,
  loans: readonly { planId: string; on: string; feeInGrace: boolean }[],
): Promise<void> {
  if (loans.length === 0) return;
  await sql`
    insert into loans (province_id, plan_id, case_id, person_id, agency_id, bank_id, state, terms,
      opened_on, state_since)
    select p.province_id, p.id, p.case_id, p.person_id, p.agency_id, p.bank_id, 'running',
      jsonb_build_object('fee_bp', p.terms -> 'fee_bp', 'tenor_months', p.terms -> 'tenor_months',
        'grace_months', p.terms -> 'grace_months', 'fee_in_grace', i.fee_in_grace)
      || case when p.terms ? 'fee_shares'
        then jsonb_build_object('fee_shares', p.terms -> 'fee_shares') else '{}' end, i.day, i.day
    from unnest(${loans.map((l) => l.planId)}::uuid[], ${loans.map((l) => l.on)}::date[],
      ${loans.map((l) => l.feeInGrace)}::boolean[]) as i(plan_id, day, fee_in_grace)
    join plans p on p.province_id = ${act.provinceId}::integer and p.id = i.plan_id
    on conflict (province_id, plan_id) do update set state = excluded.state, terms = excluded.terms,
      opened_on = excluded.opened_on, state_since = excluded.state_since`.execute(tx);
}

/** Writes where steps left loans. */
export async function saveLoans(
  tx: Tx,
  provinceId: number,
  moved: readonly { planId: string; state: LoanState; since: string }[],
): Promise<void> {
  if (moved.length === 0) return;
  await sql`
    update loans l set state = i.state, state_since = i.since
    from unnest(${moved.map((m) => m.planId)}::uuid[], ${moved.map((m) => m.state)}::text[],
      ${moved.map((m) => m.since)}::date[]) as i(plan_id, state, since)
    where l.province_id = ${provinceId}::integer and l.plan_id = i.plan_id`.execute(tx);
}

/** A repayment as it is kept. */
export type NewRepayment = {
  readonly id: string;
  readonly planId: string;
  readonly amountRial: bigint;
  readonly bankId: string;
  readonly agencyId: string;
  readonly bankReference: string;
  readonly on: string;
};

/** A bank's own reference of a repayment. */
export type RepaymentReference = { readonly bankId: string; readonly bankReference: string };

/** A repayment's reference as it is compared: as the record keeps it. */
export const repaymentKey = ({ bankId, bankReference }: RepaymentReference): string =>
  referenceKey(bankId, normaliseText(bankReference));

/** The standing repayments under these references, by {@link repaymentKey}. */
export async function findRepayments(
  tx: Tx,
  provinceId: number,
  references: readonly RepaymentReference[],
): Promise<Map<string, { readonly planId: string; readonly rial: bigint }>> {
  if (references.length === 0) return new Map();
  const { rows } = await sql<{
    bank_id: string;
    bank_reference: string;
    plan_id: string;
    amount_rial: bigint;
  }>`
    select r.bank_id, r.bank_reference, r.plan_id, r.amount_rial
    from unnest(${references.map(({ bankId }) => bankId)}::text[],
      ${references.map(({ bankReference }) => normaliseText(bankReference))}::text[])
      as i(bank_id, bank_reference)
    join repayments r on r.province_id = ${provinceId} and r.bank_id = i.bank_id
      and r.bank_reference = i.bank_reference and r.taken_back_at is null`.execute(tx);
  return new Map(
    rows.map((row) => [
      repaymentKey({ bankId: row.bank_id, bankReference: row.bank_reference }),
      { planId: row.plan_id, rial: row.amount_rial },
    ]),
  );
}

/**
 * A bank's reference stands for one repayment, here as among those that are about to be written.
 * @throws Problem `financing.reference_taken` (409)
 */
export async function demandFreeReferences(
  tx: Tx,
  provinceId: number,
  references: readonly RepaymentReference[],
): Promise<void> {
  const taken = new Set((await findRepayments(tx, provinceId, references)).keys());
  for (const one of references) {
    const key = repaymentKey(one);
    if (taken.has(key)) {
      throw new Problem('financing.reference_taken', { given: one.bankReference });
    }
    taken.add(key);
  }
}

/** Adds repayments; a bank's reference used before violates `repayments_reference_once`. */
export async function insertRepayments(
  tx: Tx,
  provinceId: number,
  rows: readonly NewRepayment[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = <T>(pick: (one: NewRepayment) => T) => rows.map(pick);
  await sql`
    insert into repayments (province_id, id, plan_id, amount_rial, bank_id, agency_id,
      bank_reference, repaid_on)
    select ${provinceId}::integer, i.*
    from unnest(${of((r) => r.id)}::uuid[], ${of((r) => r.planId)}::uuid[],
      ${of((r) => r.amountRial.toString())}::bigint[], ${of((r) => r.bankId)}::text[],
      ${of((r) => r.agencyId)}::text[], ${of((r) => r.bankReference)}::text[],
      ${of((r) => r.on)}::date[]) as i`.execute(tx);
}

/** Marks repayments that were taken back, by the step's own id; the reference is free again. */
export async function voidRepayments(tx: Tx, act: Act, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`update repayments set taken_back_at = ${act.now}::timestamptz
    where province_id = ${act.provinceId}::integer and id = any(${ids}::uuid[])`.execute(tx);
}
