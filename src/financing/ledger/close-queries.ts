import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';

/** Where one loan stands at the end of a day; rial. */
export type LoanClose = {
  readonly planId: string;
  readonly bankId: string;
  readonly agencyId: string;
  readonly principal: bigint;
  readonly fee: bigint;
  readonly due: bigint;
  readonly overdue: bigint;
  readonly daysPastDue: number;
  /** What other payers bear of the fee of instalments to come. */
  readonly othersComing: bigint;
};

/** Starts the close of a day, goes on with one that was broken off, begins a finished one anew. */
export async function startRun(tx: Tx, provinceId: number, day: string, now: Date): Promise<void> {
  await sql`
    insert into close_runs (province_id, closed_on, started_at)
    values (${provinceId}, ${day}::date, ${now}::timestamptz)
    on conflict (province_id, closed_on) do nothing`.execute(tx);
  await sql`
    update close_runs set after_plan_id = null, finished_at = null, started_at = ${now}::timestamptz
    where province_id = ${provinceId} and closed_on = ${day}::date
      and finished_at is not null`.execute(tx);
}

/** How far a close has come; locks it, so that two runs share the work and never do it twice. */
export async function lockRun(tx: Tx, provinceId: number, day: string): Promise<string | null> {
  const { rows } = await sql<{ after_plan_id: string | null }>`
    select after_plan_id from close_runs
    where province_id = ${provinceId} and closed_on = ${day}::date for update`.execute(tx);
  return rows[0]?.after_plan_id ?? null;
}

/** Notes how far a close has come. */
export async function moveRun(
  tx: Tx,
  provinceId: number,
  day: string,
  planId: string,
): Promise<void> {
  await sql`update close_runs set after_plan_id = ${planId}::uuid
    where province_id = ${provinceId} and closed_on = ${day}::date`.execute(tx);
}

/** Takes away the closes of loans on a day, before they are made anew. */
export async function deleteCloses(
  tx: Tx,
  provinceId: number,
  day: string,
  planIds: readonly string[],
): Promise<void> {
  await sql`delete from loan_closes where province_id = ${provinceId} and closed_on = ${day}::date
    and plan_id = any(${planIds}::uuid[])`.execute(tx);
}

/** Adds closes of loans on a day. */
export async function insertCloses(
  tx: Tx,
  provinceId: number,
  day: string,
  closes: readonly LoanClose[],
): Promise<void> {
  const of = <T>(pick: (one: LoanClose) => T) => closes.map(pick);
  const rial = (pick: (one: LoanClose) => bigint) => closes.map((one) => pick(one).toString());
  await sql`
    insert into loan_closes (province_id, closed_on, plan_id, bank_id, agency_id, principal_rial,
      fee_rial, due_rial, overdue_rial, days_past_due, others_coming_rial)
    select ${provinceId}::integer, ${day}::date, i.*
    from unnest(${of((c) => c.planId)}::uuid[], ${of((c) => c.bankId)}::text[],
      ${of((c) => c.agencyId)}::text[], ${rial((c) => c.principal)}::bigint[],
      ${rial((c) => c.fee)}::bigint[], ${rial((c) => c.due)}::bigint[],
      ${rial((c) => c.overdue)}::bigint[], ${of((c) => c.daysPastDue)}::integer[],
      ${rial((c) => c.othersComing)}::bigint[]) as i`.execute(tx);
}

/** The sums of each bank on a day, from the closes of its loans and the ledger of the day. */
export async function finishRun(tx: Tx, provinceId: number, day: string, now: Date): Promise<void> {
  await sql`delete from bank_closes
    where province_id = ${provinceId} and closed_on = ${day}::date`.execute(tx);
  await sql`
    insert into bank_closes (province_id, closed_on, bank_id, loans, late_loans, principal_rial,
      fee_rial, due_rial, overdue_rial, others_coming_rial, paid_out_rial, repaid_rial)
    select ${provinceId}::integer, ${day}::date, bank_id, sum(loans), sum(late), sum(principal),
      sum(fee), sum(due), sum(overdue), sum(others_coming), sum(paid_out), sum(repaid)
    from (
      select bank_id, (principal_rial + fee_rial > 0)::integer as loans, (days_past_due > 0)::integer as late, principal_rial as principal,
        fee_rial as fee, due_rial as due, overdue_rial as overdue,
        others_coming_rial as others_coming, 0 as paid_out, 0 as repaid
      from loan_closes where province_id = ${provinceId} and closed_on = ${day}::date
      union all
      select bank_id, 0, 0, 0, 0, 0, 0, 0,
        case when kind = 'paid_out' then amount else 0 end,
        case when kind in ('principal_repaid', 'fee_repaid') then amount else 0 end
      from (select bank_id, kind, case when reverses_id is null then 1 else -1 end * amount_rial
          as amount from ledger_transfers
        where province_id = ${provinceId} and happened_on = ${day}::date) as moved
    ) as parts group by bank_id`.execute(tx);
  await sql`update close_runs set finished_at = ${now}::timestamptz
    where province_id = ${provinceId} and closed_on = ${day}::date`.execute(tx);
}

/**
 * A transfer that commits after a close has read may carry an earlier moment: whatever was recorded
 * so shortly before a close counts as recorded after it.
 */
const margin = sql`interval '10 minutes'`;

/** Loans of closed days to which something was recorded since, with a day that was closed. */
export async function staleCloses(tx: Tx, provinceId: number): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ day: string; plan_id: string }>`
    select distinct r.closed_on as day, t.plan_id
    from close_runs r
    join ledger_transfers t on t.province_id = ${provinceId} and t.happened_on <= r.closed_on
      and t.recorded_at >= r.started_at - ${margin}
    where r.province_id = ${provinceId} and r.finished_at is not null
    order by 1, 2`.execute(tx);
  const groups = Map.groupBy(rows, ({ day }) => day);
  return new Map([...groups].map(([day, of]) => [day, of.map(({ plan_id }) => plan_id)]));
}
