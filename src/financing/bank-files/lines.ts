import { sql } from 'kysely';
import type { Tx } from '../../platform/database.ts';
import type { FileHead } from './reading.ts';
import type { BankLine, LineKind, LineWhy, OrderFacts, OrderState } from './rules.ts';
import { orderReference, whyNotSure } from './rules.ts';

/** A file in the record. */
export type FileKey = {
  readonly provinceId: number;
  readonly bankId: string;
  readonly id: string;
};

/** A line as it goes into the record: with its verdict. */
type JudgedLine = BankLine & {
  readonly orderId: string | null;
  readonly why: LineWhy | null;
  /** The orders that a person is shown, where it waits. */
  readonly candidates: readonly string[];
};

/** How many orders a person is shown for a line that waits. */
const mostCandidates = 5;

/**
 * Judges lines against the orders they name and writes them, all in a few statements: a sure match, or one
 * that waits with the reason and the orders that it could mean.
 */
export async function recordLines(
  tx: Tx,
  file: FileKey,
  head: FileHead,
  lines: readonly BankLine[],
): Promise<void> {
  const references = [...new Set(lines.map(({ reference }) => orderReference(reference)))].filter(
    Boolean,
  );
  const orders = await ordersByReference(tx, file.provinceId, references);
  const judged = lines.map((line): JudgedLine => {
    const order = orders.get(orderReference(line.reference));
    const why = whyNotSure(line, order, file.bankId);
    // An order of another bank is nothing that this one may learn of.
    const orderId = why === 'other_bank' ? null : (order?.id ?? null);
    const bankReference = line.bankReference || `${head.messageId || file.id}/${line.line}`;
    const candidates = why === null || orderId === null ? [] : [orderId];
    return { ...line, bankReference, orderId, why, candidates };
  });
  await insertLines(tx, file, await withCandidates(tx, file, judged));
}

async function ordersByReference(
  tx: Tx,
  provinceId: number,
  references: readonly string[],
): Promise<Map<string, OrderFacts>> {
  const { rows } = await sql<RawOrder & { reference: string }>`
    select reference, id, bank_id, amount_rial, iban, state, confirmed_rial, returned_rial
    from payment_orders
    where province_id = ${provinceId} and reference = any(${references}::text[])`.execute(tx);
  return new Map(rows.map((row) => [row.reference, toFacts(row)]));
}

/** The columns of {@link OrderFacts}. */
type RawOrder = {
  id: string;
  bank_id: string;
  amount_rial: bigint;
  iban: string | null;
  state: string;
  confirmed_rial: bigint;
  returned_rial: bigint;
};

/** A row as the rules see an order. */
function toFacts(row: RawOrder): OrderFacts {
  return {
    id: row.id,
    bankId: row.bank_id,
    amountRial: row.amount_rial,
    iban: row.iban,
    state: row.state as OrderState,
    confirmedRial: row.confirmed_rial,
    returnedRial: row.returned_rial,
  };
}

async function insertLines(tx: Tx, file: FileKey, lines: readonly JudgedLine[]): Promise<void> {
  const of = <T>(pick: (one: JudgedLine) => T) => lines.map(pick);
  await sql`
    insert into bank_file_lines (province_id, bank_id, file_id, line, kind, reference, amount_rial,
      booked_on, bank_reference, iban, note, order_id, candidates, verdict, why)
    select ${file.provinceId}::integer, ${file.bankId}::text, ${file.id}::uuid, i.line, i.kind,
      i.reference, i.amount_rial, i.booked_on, i.bank_reference, i.iban, i.note,
      case when i.why is null then i.order_id end,
      string_to_array(i.candidates, ',')::uuid[],
      case when i.why is null then 'matched' else 'waiting' end, i.why
    from unnest(${of((l) => l.line)}::integer[], ${of((l) => l.kind)}::text[],
      ${of((l) => l.reference)}::text[], ${of((l) => l.amountRial?.toString() ?? null)}::bigint[],
      ${of((l) => l.bookedOn)}::date[], ${of((l) => l.bankReference)}::text[],
      ${of((l) => l.iban)}::text[], ${of((l) => l.note)}::text[], ${of((l) => l.orderId)}::uuid[],
      ${of((l) => l.why)}::text[], ${of((l) => l.candidates.join(','))}::text[])
      as i(line, kind, reference, amount_rial, booked_on, bank_reference, iban, note, order_id, why,
        candidates)`.execute(tx);
}

/** For lines that name no order: those of the same bank that still wait for just this amount. */
async function withCandidates(
  tx: Tx,
  file: FileKey,
  lines: readonly JudgedLine[],
): Promise<readonly JudgedLine[]> {
  const asked = lines.filter(
    ({ why, orderId, amountRial }) =>
      why !== null && why !== 'other_bank' && orderId === null && amountRial !== null,
  );
  if (asked.length === 0) return lines;
  const like = sql`p.province_id = ${file.provinceId} and p.bank_id = ${file.bankId}
    and p.state = 'pending' and p.amount_rial = i.amount_rial`;
  const { rows } = await sql<{ line: number; ids: string[] }>`
    select i.line, array_agg(c.id order by c.place) as ids
    from unnest(${asked.map(({ line }) => line)}::integer[],
      ${asked.map(({ amountRial }) => String(amountRial))}::bigint[],
      ${asked.map(({ iban }) => iban)}::text[]) as i(line, amount_rial, iban)
    cross join lateral (select o.id,
        row_number() over (order by bool_or(o.is_his) desc, o.sent_on desc, o.id desc) as place
      from (
        (select p.id, p.sent_on, true as is_his from payment_orders p
          where ${like} and p.iban = i.iban
          order by p.sent_on desc, p.id desc limit ${mostCandidates})
        union all
        (select p.id, p.sent_on, false from payment_orders p
          where ${like}
          order by p.sent_on desc, p.id desc limit ${mostCandidates})) o
      group by o.id, o.sent_on order by place limit ${mostCandidates}) c
    group by i.line`.execute(tx);
  const found = new Map(rows.map(({ line, ids }) => [line, ids]));
  return lines.map((one) => {
    const candidates = found.get(one.line);
    return candidates === undefined ? one : { ...one, candidates };
  });
}

/** A sure line that has not done anything yet, with the order it belongs to. */
export type OpenLine = {
  readonly line: number;
  readonly kind: LineKind;
  readonly amountRial: bigint | null;
  /** ISO. */
  readonly bookedOn: string | null;
  readonly bankReference: string;
  readonly note: string;
  readonly orderId: string;
  readonly caseId: string;
  readonly planId: string;
};

/** The next sure lines of a file to be booked, in their order. */
export async function findOpenLines(tx: Tx, file: FileKey, limit: number): Promise<OpenLine[]> {
  const { rows } = await sql<{
    line: number;
    kind: string;
    amount_rial: bigint | null;
    booked_on: string | null;
    bank_reference: string;
    note: string;
    order_id: string;
    case_id: string;
    plan_id: string;
  }>`
    select l.line, l.kind, l.amount_rial, l.booked_on, l.bank_reference, l.note, l.order_id, o.case_id,
      o.plan_id
    from bank_file_lines l
    join payment_orders o on o.province_id = ${file.provinceId} and o.id = l.order_id
    where l.province_id = ${file.provinceId} and l.bank_id = ${file.bankId}
      and l.file_id = ${file.id}::uuid and l.verdict = 'matched' and l.effect is null
    order by l.line limit ${limit}`.execute(tx);
  return rows.map((row) => ({
    ...{ line: row.line, kind: row.kind as LineKind, amountRial: row.amount_rial },
    ...{ bookedOn: row.booked_on, bankReference: row.bank_reference, note: row.note },
    ...{ orderId: row.order_id, caseId: row.case_id, planId: row.plan_id },
  }));
}

/** How an order's payment was confirmed: under which of the bank's references, and on which day. */
export type Confirmation = {
  readonly bankReference: string;
  readonly ledgerOn: string;
  readonly rial: bigint;
};

/** Orders by their ids, where they stand, and the newest payment of each that was booked. */
export async function findOrders(
  tx: Tx,
  provinceId: number,
  ids: readonly string[],
): Promise<Map<string, { facts: OrderFacts; confirmation: Confirmation | null }>> {
  const { rows } = await sql<
    RawOrder & { bank_reference: string | null; ledger_on: string | null; paid_rial: bigint | null }
  >`
    select o.id, o.bank_id, o.amount_rial, o.iban, o.state, o.confirmed_rial, o.returned_rial,
      c.bank_reference, c.ledger_on, c.amount_rial as paid_rial
    from payment_orders o
    left join lateral (select l.bank_reference, l.ledger_on, l.amount_rial from bank_file_lines l
      where l.province_id = ${provinceId} and l.order_id = o.id and l.effect = 'paid'
      order by l.ledger_on desc, l.file_id desc, l.line desc limit 1) c on o.confirmed_rial > 0
    where o.province_id = ${provinceId} and o.id = any(${ids}::uuid[])`.execute(tx);
  return new Map(
    rows.map((row) => {
      const { bank_reference: bankReference, ledger_on: ledgerOn, paid_rial: rial } = row;
      const known = bankReference !== null && ledgerOn !== null && rial !== null;
      return [
        row.id,
        { facts: toFacts(row), confirmation: known ? { bankReference, ledgerOn, rial } : null },
      ];
    }),
  );
}

/** What a line did, or why it has to wait after all. */
export type LineOutcome =
  | {
      readonly line: number;
      readonly effect: 'paid' | 'returned' | 'repaid' | 'noted';
      readonly ledgerOn: string | null;
    }
  | { readonly line: number; readonly why: string };

/** Writes what sure lines of a file did; those that could not be carried out wait with their order. */
export async function saveOutcomes(
  tx: Tx,
  file: FileKey,
  outcomes: readonly LineOutcome[],
): Promise<void> {
  const of = <T>(pick: (one: LineOutcome) => T) => outcomes.map(pick);
  await sql`
    update bank_file_lines l set effect = i.effect, ledger_on = i.ledger_on, why = i.why,
      verdict = case when i.why is null then 'matched' else 'waiting' end,
      candidates = case when i.why is null then l.candidates else array[l.order_id] end,
      order_id = case when i.why is null then l.order_id end
    from unnest(${of((o) => o.line)}::integer[],
      ${of((o) => ('effect' in o ? o.effect : null))}::text[],
      ${of((o) => ('effect' in o ? o.ledgerOn : null))}::date[],
      ${of((o) => ('why' in o ? o.why : null))}::text[]) as i(line, effect, ledger_on, why)
    where l.province_id = ${file.provinceId} and l.bank_id = ${file.bankId}
      and l.file_id = ${file.id}::uuid and l.line = i.line`.execute(tx);
}

/** Adds to what is confirmed and returned of orders; negative for a payment that came back. */
export async function moveOrders(
  tx: Tx,
  provinceId: number,
  moves: readonly {
    readonly orderId: string;
    readonly confirmedRial: bigint;
    readonly returnedRial: bigint;
    readonly on: string;
  }[],
): Promise<void> {
  if (moves.length === 0) return;
  await sql`
    update payment_orders o set confirmed_rial = o.confirmed_rial + i.confirmed,
      returned_rial = o.returned_rial + i.returned, state_since = i.day,
      state = case when o.confirmed_rial + i.confirmed + o.returned_rial + i.returned < o.amount_rial
          then 'pending' when o.confirmed_rial + i.confirmed > 0 then 'confirmed' else 'returned' end
    from unnest(${moves.map((m) => m.orderId)}::uuid[],
      ${moves.map((m) => m.confirmedRial.toString())}::bigint[],
      ${moves.map((m) => m.returnedRial.toString())}::bigint[], ${moves.map((m) => m.on)}::date[])
      as i(id, confirmed, returned, day)
    where o.province_id = ${provinceId}::integer and o.id = i.id`.execute(tx);
}

/** Which of the payments that were booked still stand in the record, by {@link paymentKey}. */
export async function standingPayments(
  tx: Tx,
  provinceId: number,
  planIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ plan_id: string; bank_reference: string }>`
    select plan_id, bank_reference from tranches
    where province_id = ${provinceId} and plan_id = any(${planIds}::uuid[])
      and taken_back_at is null`.execute(tx);
  return new Set(rows.map((row) => paymentKey(row.plan_id, row.bank_reference)));
}

/** A payment by its plan and the bank's reference. */
export function paymentKey(planId: string, bankReference: string): string {
  return `${planId} ${bankReference}`;
}
