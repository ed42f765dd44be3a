import { sql } from 'kysely';
import type { Static } from 'typebox';
import { labelled, organisationLabel, type Reference } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { ShareCostAnswer } from './contract.ts';
import { type OtherPayer, otherPayers } from './rules.ts';

/**
 * What the parts of fees that others bear cost in a province: by payer, bank and credit line from the
 * ledger, with what of it belongs to instalments still to come at the newest close. Rial.
 */
export async function shareCostOf(
  tx: Tx,
  reference: Reference,
  provinceId: number,
): Promise<Static<typeof ShareCostAnswer>> {
  const rows = await chargedShares(tx, provinceId);
  const close = await comingShares(tx, provinceId);
  return {
    closedOn: close?.closed_on ?? null,
    comingRial: String(close?.coming ?? 0n),
    items: rows.map((row) => ({
      payer: row.payer,
      bank: organisationLabel(reference, row.bank_id),
      creditLine: labelled(row.credit_line_id, reference.creditLines.get(row.credit_line_id)),
      loans: Number(row.loans),
      chargedRial: String(row.rial),
    })),
  };
}

type Charged = {
  payer: OtherPayer;
  bank_id: string;
  credit_line_id: string;
  loans: bigint;
  rial: bigint;
};

async function chargedShares(tx: Tx, provinceId: number): Promise<Charged[]> {
  const payers = [...otherPayers];
  const accounts = payers.map((payer) => `${payer}_receivable`);
  const { rows } = await sql<Charged>`
    select k.payer, s.bank_id, p.credit_line_id, count(*) as loans, sum(s.rial)::bigint as rial
    from (
      select plan_id, bank_id, account, sum(rial) as rial
      from (
        select plan_id, bank_id, debit_account as account, amount_rial as rial
        from ledger_transfers
        where province_id = ${provinceId} and kind in ('share_charged', 'share_forgone')
        union all
        select plan_id, bank_id, credit_account, -amount_rial from ledger_transfers
        where province_id = ${provinceId} and kind in ('share_charged', 'share_forgone')) as sides
      group by plan_id, bank_id, account having sum(rial) <> 0) as s
    join unnest(${payers}::text[], ${accounts}::text[]) as k(payer, account)
      on k.account = s.account
    join plans p on p.province_id = ${provinceId} and p.id = s.plan_id
    group by k.payer, s.bank_id, p.credit_line_id
    order by rial desc, k.payer, s.bank_id, p.credit_line_id`.execute(tx);
  return rows;
}

/** At the end of the newest closed day. */
async function comingShares(tx: Tx, provinceId: number) {
  const { rows } = await sql<{ closed_on: string; coming: bigint }>`
    select r.closed_on, coalesce((select sum(others_coming_rial) from bank_closes b
        where b.province_id = ${provinceId} and b.closed_on = r.closed_on), 0)::bigint as coming
    from close_runs r where r.province_id = ${provinceId} and r.finished_at is not null
    order by r.closed_on desc limit 1`.execute(tx);
  return rows[0];
}
