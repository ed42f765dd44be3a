import { sql } from 'kysely';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import type { Tx } from '../../platform/database.ts';
import { booksClose } from './rules.ts';

type Row = {
  bank_id: string;
  day: string;
  sent: bigint;
  confirmed: bigint;
  returned: bigint;
  pending: bigint;
  ledger: bigint;
  bank: bigint;
  waiting: bigint;
  told: boolean;
  closed: boolean;
};

/** The days of a page; more are asked for by their dates. */
const mostDays = 200;

/**
 * The books of each bank and day: what was sent and what became of it, what the ledger says was paid out,
 * and what the bank's files say. A payment that came back belongs to the day on which it was paid, as in
 * the ledger. Days before a bank's first file are not compared: it has told nothing of them.
 */
export async function booksOf(
  tx: Tx,
  provinceId: number,
  asked: {
    readonly reference: Reference;
    readonly from: string;
    readonly to: string;
    /** The only bank that the caller sees; null for all. */
    readonly bank: string | null;
  },
) {
  const { reference, from, to, bank } = asked;
  const { rows } = await sql<Row>`
    with parts as (
      ${partsOf(provinceId, from, to)}
    ), firsts as (
      select bank_id, min(booked_on) as day from bank_file_lines
      where province_id = ${provinceId} group by bank_id
    )
    select p.bank_id, p.day, sum(sent)::bigint as sent, sum(confirmed)::bigint as confirmed,
      sum(returned)::bigint as returned, sum(pending)::bigint as pending,
      sum(ledger)::bigint as ledger, sum(bank)::bigint as bank, sum(waiting) as waiting,
      bool_or(told) as told, exists (select 1 from bank_closes c where c.province_id = ${provinceId}
        and c.bank_id = p.bank_id and c.closed_on = p.day) as closed
    from parts p left join firsts f on f.bank_id = p.bank_id
    where (p.day >= f.day or p.sent > 0) and (${bank}::text is null or p.bank_id = ${bank})
    group by p.bank_id, p.day order by p.day desc, p.bank_id limit ${mostDays}`.execute(tx);
  return rows.map((row) => toDay(reference, row));
}

/** What each source adds to a bank's day: orders, the ledger, the bank's lines. */
function partsOf(provinceId: number, from: string, to: string) {
  return sql`
      select bank_id, sent_on as day, amount_rial as sent, confirmed_rial as confirmed,
        returned_rial as returned, case when state = 'pending'
          then amount_rial - confirmed_rial - returned_rial else 0 end as pending,
        0 as ledger, 0 as bank, 0 as waiting, false as told
      from payment_orders where province_id = ${provinceId}
        and sent_on between ${from}::date and ${to}::date
      union all
      select bank_id, happened_on, 0, 0, 0, 0,
        case when reverses_id is null then amount_rial else -amount_rial end, 0, 0, false
      from ledger_transfers where province_id = ${provinceId} and kind = 'paid_out'
        and happened_on between ${from}::date and ${to}::date
      union all
      select bank_id, coalesce(ledger_on, booked_on), 0, 0, 0, 0, 0,
        case when kind = 'paid' and (effect = 'paid' or verdict = 'waiting')
            then coalesce(amount_rial, 0)
          when effect = 'returned' and ledger_on is not null then -amount_rial else 0 end,
        case when verdict = 'waiting' then 1 else 0 end, true
      from bank_file_lines where province_id = ${provinceId}
        and coalesce(ledger_on, booked_on) between ${from}::date and ${to}::date`;
}

function toDay(reference: Reference, row: Row) {
  const sums = {
    ...{ sentRial: row.sent, confirmedRial: row.confirmed, returnedRial: row.returned },
    ...{ pendingRial: row.pending, ledgerRial: row.ledger, bankRial: row.bank },
  };
  const closes = booksClose(sums);
  const waiting = Number(row.waiting);
  return {
    bank: organisationLabel(reference, row.bank_id),
    ...{ day: row.day, closed: row.closed, waiting },
    sentRial: row.sent.toString(),
    confirmedRial: row.confirmed.toString(),
    returnedRial: row.returned.toString(),
    pendingRial: row.pending.toString(),
    ledgerRial: row.ledger.toString(),
    bankRial: row.bank.toString(),
    ordersClose: closes.orders,
    ledgerCloses: closes.ledger,
    next: nextOf(closes, { told: row.told, waiting }, row),
  };
}

/** What to do about a day whose books do not close; null where they do. */
function nextOf(
  closes: ReturnType<typeof booksClose>,
  lines: { readonly told: boolean; readonly waiting: number },
  sums: { readonly ledger: bigint; readonly bank: bigint },
): 'check_record' | 'decide_lines' | 'ask_statement' | 'ask_bank' | 'compare_payments' | null {
  if (closes.orders && closes.ledger) return null;
  if (!closes.orders) return 'check_record';
  if (lines.waiting > 0) return 'decide_lines';
  if (!lines.told) return 'ask_statement';
  return sums.ledger > sums.bank ? 'ask_bank' : 'compare_payments';
}
