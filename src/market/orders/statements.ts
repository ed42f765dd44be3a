import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import { encodeCode } from '../../kit/code.ts';
import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { formatRial, rial } from '../../kit/rial.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { paperPdf } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Say } from '../../platform/language.ts';
import { transfersOfPayout } from '../order-rules.ts';
import { postTransfers } from './queries.ts';

/** A line of a maker's statement: what it was for, and what it added to what they are owed; rial. */
type Entry = {
  readonly on: string;
  readonly kind: string;
  readonly order: string | null;
  readonly rial: bigint;
};

export type Statement = {
  readonly from: string;
  readonly to: string;
  readonly openingRial: bigint;
  readonly entries: readonly Entry[];
  readonly closingRial: bigint;
};

const added = sql`(case when credit_account in ('maker', 'cash') then amount_rial else 0 end
  - case when debit_account in ('maker', 'cash') then amount_rial else 0 end)`;

/**
 * What moved for a stall from one day to another, from the ledger alone: its total is the ledger's. A sale
 * for cash, which the maker has in hand already, is a line of nought.
 * @param from ISO day
 */
export async function statementOf(
  tx: Tx,
  provinceId: number,
  stallId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<Statement> {
  const { rows: before } = await sql<{ sum: bigint }>`
    select coalesce(sum(${added}), 0)::bigint as sum from market_transfers
    where province_id = ${provinceId} and stall_id = ${stallId}::uuid
      and happened_on < ${from}::date`.execute(tx);
  const { rows } = await sql<{ on: string; kind: string; orderId: string | null; rial: bigint }>`
    select happened_on as on, kind, order_id as "orderId", ${added}::bigint as rial
    from market_transfers
    where province_id = ${provinceId} and stall_id = ${stallId}::uuid
      and happened_on between ${from}::date and ${to}::date and kind not in ('paid', 'refunded')
    order by happened_on, recorded_at, id`.execute(tx);
  const openingRial = before[0]?.sum ?? 0n;
  const entries = rows.map((row) => ({
    ...{ on: String(row.on), kind: row.kind, rial: row.rial },
    order: row.orderId === null ? null : encodeCode(provinceId, row.orderId),
  }));
  const closingRial = entries.reduce((sum, one) => sum + one.rial, openingRial);
  return { from, to, openingRial, entries, closingRial };
}

const source = readFileSync(new URL('./statement.typ', import.meta.url), 'utf8');
const word = (name: string) => `market.statement.${name}`;

/** A maker's statement as PDF, A4, in Persian. */
export function statementPdf(
  say: Say,
  now: Date,
  stall: { readonly name: string; readonly demonstration: boolean },
  it: Statement,
): Buffer {
  const day = (iso: string) => formatJalali(iso as IsoDate, 'fa', 'short');
  const money = (amount: bigint) => formatRial(rial(amount), 'fa');
  const paper = {
    title: say(word('title'), { stall: stall.name }),
    period: say(word('period'), { from: day(it.from), to: day(it.to) }),
    columns: ['day', 'what', 'order', 'rial'].map((name) => say(word(name))),
    rows: it.entries.map((one) => [
      day(one.on),
      say(`market.transferKinds.${one.kind}`),
      one.order === null ? '' : toPersianDigits(one.order.slice(-6).toUpperCase()),
      money(one.rial),
    ]),
    opening: [say(word('opening')), money(it.openingRial)],
    closing: [say(word('closing')), money(it.closingRial)],
    demonstration: stall.demonstration ? say(word('demonstration')) : null,
  };
  return paperPdf(source, paper, now);
}

/**
 * Records that a maker was paid what they are owed, or a part of it.
 * @throws Problem `market.more_than_due` (422), `market.payout_twice` (409)
 */
export async function payOut(
  tx: Tx,
  act: Act,
  stallId: string,
  given: {
    readonly amountRial: bigint;
    readonly bankReference: string;
    readonly accountId: string;
  },
): Promise<string> {
  const stall = await tx
    .selectFrom('stalls')
    .select('due_rial')
    .where('province_id', '=', act.provinceId)
    .where('id', '=', stallId)
    .forUpdate()
    .executeTakeFirst();
  if (!stall) throw new Problem('platform.not_found');
  if (given.amountRial > stall.due_rial) {
    throw new Problem('market.more_than_due', { due: formatRial(rial(stall.due_rial), 'fa') });
  }
  const id = uuid7(act.now.getTime());
  await tx
    .insertInto('payouts')
    .values({
      ...{ province_id: act.provinceId, id, stall_id: stallId, amount_rial: given.amountRial },
      ...{ bank_reference: given.bankReference, paid_on: act.today, account_id: given.accountId },
      recorded_at: act.now,
    })
    .execute();
  const money = transfersOfPayout(given.amountRial);
  await postTransfers(tx, act, stallId, { payoutId: id }, money);
  return id;
}

/** Makers who are owed something, the most first. */
export async function listDues(tx: Tx, provinceId: number) {
  const { rows } = await sql<{ id: string; name: string; holder: string; due_rial: bigint }>`
    select s.id, s.name, p.first_name || ' ' || p.last_name as holder, s.due_rial from stalls s
    join people p on p.province_id = ${provinceId} and p.id = s.person_id
    where s.province_id = ${provinceId} and s.due_rial <> 0
    order by s.due_rial desc limit 200`.execute(tx);
  return rows.map(({ id, name, holder, due_rial: due }) => {
    return { stall: encodeCode(provinceId, id), name, holder, dueRial: String(due) };
  });
}
