import { sql } from 'kysely';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Position } from '../loans/position.ts';
import { divideOthers, type FeeShares, type OtherPayer } from '../loans/rules.ts';
import type { LoanEvent } from '../loans/schedule.ts';

/**
 * The accounts of a plan: two of what its borrower owes, one of what the fee brought, one of the bank's
 * money, and what each other payer owes of the fee.
 */
export type Account =
  | 'principal'
  | 'fee_receivable'
  | 'fee_income'
  | 'bank'
  | `${OtherPayer}_receivable`;

/** An amount taken from one account (credit) to another (debit); rial, more than zero. */
export type Transfer = {
  readonly kind:
    | 'paid_out'
    | 'fee_charged'
    | 'fee_forgone'
    | 'principal_repaid'
    | 'fee_repaid'
    | 'reallocated'
    | 'share_charged'
    | 'share_forgone';
  readonly debit: Account;
  readonly credit: Account;
  readonly amount: bigint;
};

type Balances = Pick<Position, 'principal' | 'fee' | 'feeCharged' | 'others'>;

/**
 * What an event does to the ledger: the difference between the loan's balances after and before it.
 * An event of an earlier day may change how later repayments were divided between principal and
 * fee; that difference is part of this event's transfers, so no older row is touched.
 */
export function transfersOf(
  event: LoanEvent,
  before: Balances,
  after: Balances,
  shares?: FeeShares,
): Transfer[] {
  const paid = event.kind === 'tranche' ? event.rial : 0n;
  const repaid = event.kind === 'repay' ? event.rial : 0n;
  const charged = after.feeCharged - before.feeCharged;
  const less = before.principal + paid - after.principal;
  const toPrincipal = between(less, repaid);
  const moved = less - toPrincipal;
  const rows: Transfer[] = [
    { kind: 'paid_out', debit: 'principal', credit: 'bank', amount: paid },
    { kind: 'fee_charged', debit: 'fee_receivable', credit: 'fee_income', amount: charged },
    { kind: 'fee_forgone', debit: 'fee_income', credit: 'fee_receivable', amount: -charged },
    { kind: 'principal_repaid', debit: 'bank', credit: 'principal', amount: toPrincipal },
    { kind: 'fee_repaid', debit: 'bank', credit: 'fee_receivable', amount: repaid - toPrincipal },
    { kind: 'reallocated', debit: 'fee_receivable', credit: 'principal', amount: moved },
    { kind: 'reallocated', debit: 'principal', credit: 'fee_receivable', amount: -moved },
    ...sharesMoved(shares, before.others, after.others),
  ];
  return rows.filter(({ amount }) => amount > 0n);
}

/** What each other payer owes more, or less, than before. */
function sharesMoved(shares: FeeShares | undefined, before: bigint, after: bigint): Transfer[] {
  const owedBefore = divideOthers(shares, before);
  return divideOthers(shares, after).flatMap(({ payer, rial }, at): Transfer[] => {
    const more = rial - (owedBefore[at]?.rial ?? 0n);
    const account = `${payer}_receivable` as const;
    return [
      { kind: 'share_charged', debit: account, credit: 'fee_income', amount: more },
      { kind: 'share_forgone', debit: 'fee_income', credit: account, amount: -more },
    ];
  });
}

function between(amount: bigint, most: bigint): bigint {
  if (amount < 0n) return 0n;
  return amount > most ? most : amount;
}

/** A transfer of a plan, by the step of the record that made it. */
export type NewTransfer = Transfer & {
  readonly planId: string;
  readonly bankId: string;
  readonly agencyId: string;
  readonly stepId: string;
  readonly happenedOn: string;
};

/** Adds transfers to the ledger. */
export async function insertTransfers(
  tx: Tx,
  act: Act,
  rows: readonly NewTransfer[],
): Promise<void> {
  if (rows.length === 0) return;
  const of = <T>(pick: (one: NewTransfer) => T) => rows.map(pick);
  await sql`
    insert into ledger_transfers (province_id, id, plan_id, bank_id, agency_id, step_id,
      debit_account, credit_account, amount_rial, kind, happened_on, recorded_at, op_id)
    select ${act.provinceId}::integer, i.id, i.plan_id, i.bank_id, i.agency_id, i.step_id, i.debit,
      i.credit, i.amount, i.kind, i.happened_on, ${act.now}::timestamptz, ${act.opId}::uuid
    from unnest(${of(() => uuid7(act.now.getTime()))}::uuid[], ${of((r) => r.planId)}::uuid[],
      ${of((r) => r.bankId)}::text[], ${of((r) => r.agencyId)}::text[],
      ${of((r) => r.stepId)}::uuid[], ${of((r) => r.debit)}::text[],
      ${of((r) => r.credit)}::text[], ${of((r) => r.amount.toString())}::bigint[],
      ${of((r) => r.kind)}::text[], ${of((r) => r.happenedOn)}::date[])
      as i(id, plan_id, bank_id, agency_id, step_id, debit, credit, amount, kind, happened_on)
  `.execute(tx);
}

/**
 * Takes back the transfers of steps: each gets one the other way round, of the same day, that names
 * it. `ledger_transfers_reversed_once` refuses a second time.
 * @param steps the steps taken back, and the steps that take them back
 */
export async function reverseTransfers(
  tx: Tx,
  act: Act,
  steps: readonly { readonly taken: string; readonly by: string }[],
): Promise<void> {
  if (steps.length === 0) return;
  const found = await sql<{ id: string; step_id: string }>`
    select id, step_id from ledger_transfers where province_id = ${act.provinceId}
      and step_id = any(${steps.map(({ taken }) => taken)}::uuid[])`.execute(tx);
  const by = new Map(steps.map((step) => [step.taken, step.by]));
  const rows = found.rows.map((row) => ({ ...row, by: by.get(row.step_id) ?? row.step_id }));
  await sql`
    insert into ledger_transfers (province_id, id, plan_id, bank_id, agency_id, step_id,
      debit_account, credit_account, amount_rial, kind, happened_on, recorded_at, reverses_id, op_id)
    select t.province_id, i.id, t.plan_id, t.bank_id, t.agency_id, i.step_id, t.credit_account,
      t.debit_account, t.amount_rial, t.kind, t.happened_on, ${act.now}::timestamptz, t.id,
      ${act.opId}::uuid
    from unnest(${rows.map(() => uuid7(act.now.getTime()))}::uuid[],
      ${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.by)}::uuid[])
      as i(id, taken, step_id)
    join ledger_transfers t on t.province_id = ${act.provinceId}::integer and t.id = i.taken
  `.execute(tx);
}
