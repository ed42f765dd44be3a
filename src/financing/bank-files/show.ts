import { sql } from 'kysely';
import { organisationLabel, type Reference } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { maskedIban } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Say } from '../../platform/language.ts';
import type { Principal } from '../../platform/policy.ts';
import type { FileKey } from './lines.ts';

/** Lists are of the newest so many. */
const mostFiles = 100;
const mostBatches = 100;

/** What lists need besides the record; `bank` is the only one that the caller sees, null for all. */
type Asked = { readonly reference: Reference; readonly bank: string | null };

type FileRow = {
  id: string;
  bank_id: string;
  kind: string | null;
  message_id: string | null;
  file_name: string;
  state: string;
  lines: number;
  control_rial: bigint;
  problem: { code: string; details: Record<string, string> } | null;
  received_at: Date;
  matched: bigint;
  waiting: bigint;
  decided: bigint;
};

/** The files of a province as far as the caller sees them, the newest first. */
export async function listFiles(
  tx: Tx,
  provinceId: number,
  { reference, bank, say }: Asked & { readonly say: Say },
) {
  const { rows } = await sql<FileRow>`
    select f.id, f.bank_id, f.kind, f.message_id, f.file_name, f.state, f.lines, f.control_rial,
      f.problem, f.received_at, c.matched, c.waiting, c.decided
    from (select * from bank_files where province_id = ${provinceId}
        and (${bank}::text is null or bank_id = ${bank})
      order by received_at desc, id desc limit ${mostFiles}) f
    cross join lateral (select count(*) filter (where verdict = 'matched') as matched,
        count(*) filter (where verdict = 'waiting') as waiting,
        count(*) filter (where verdict = 'decided') as decided
      from bank_file_lines l where l.province_id = ${provinceId} and l.bank_id = f.bank_id
        and l.file_id = f.id) c
    order by f.received_at desc, f.id desc`.execute(tx);
  return rows.map((row) => toFile(provinceId, { reference, say }, row));
}

function toFile(
  provinceId: number,
  { reference, say }: { readonly reference: Reference; readonly say: Say },
  row: FileRow,
) {
  return {
    code: encodeCode(provinceId, row.id),
    bank: organisationLabel(reference, row.bank_id),
    ...{ kind: row.kind, messageId: row.message_id, fileName: row.file_name, state: row.state },
    ...{ lines: row.lines, controlRial: row.control_rial.toString() },
    ...{ matched: Number(row.matched), waiting: Number(row.waiting), decided: Number(row.decided) },
    problem: row.problem && {
      code: row.problem.code,
      title: say(wordOf(row.problem.code, 'title'), row.problem.details),
      next: say(wordOf(row.problem.code, 'next'), row.problem.details),
    },
    receivedAt: row.received_at.toISOString(),
  };
}

/** `financing.not_xml` → `financing.problems.not_xml.title`. */
function wordOf(code: string, part: 'title' | 'next'): string {
  const [slice, name] = code.split('.');
  return `${slice}.problems.${name}.${part}`;
}

/** The file that a code names, as far as the caller sees it. @throws Problem `platform.not_found` (404) */
export async function getFile(
  tx: Tx,
  key: { readonly provinceId: number; readonly id: string },
): Promise<FileKey> {
  const row = await tx
    .selectFrom('bank_files')
    .select('bank_id')
    .where('province_id', '=', key.provinceId)
    .where('id', '=', key.id)
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return { ...key, bankId: row.bank_id };
}

type WaitingRow = {
  file_id: string;
  bank_id: string;
  file_name: string;
  line: number;
  kind: string;
  reference: string;
  amount_rial: bigint | null;
  booked_on: string | null;
  bank_reference: string;
  iban: string | null;
  note: string;
  why: string;
  candidates: {
    id: string;
    reference: string;
    name: string;
    amount_rial: string;
    left_rial: string;
    sent_on: string;
    case_id: string;
  }[];
};

type Waiting = Asked & {
  readonly say: Say;
  readonly limit: number;
  readonly principal: Principal;
};

/** The lines that wait, as far as the caller sees them, with the orders that they could mean. */
export async function listWaiting(
  tx: Tx,
  provinceId: number,
  { reference, bank, say, limit, principal }: Waiting,
) {
  const { rows } = await sql<WaitingRow>`
    select l.file_id, l.bank_id, f.file_name, l.line, l.kind, l.reference, l.amount_rial, l.booked_on,
      l.bank_reference, l.iban, l.note, l.why, (select coalesce(jsonb_agg(jsonb_build_object('id', o.id,
        'reference', o.reference, 'name', o.creditor_name, 'amount_rial', o.amount_rial::text,
        'left_rial', (o.amount_rial - o.confirmed_rial - o.returned_rial)::text, 'sent_on', o.sent_on,
        'case_id', o.case_id) order by o.id), '[]')
      from payment_orders o
      where o.province_id = ${provinceId} and o.bank_id = l.bank_id
        and o.id = any(l.candidates)) as candidates
    from bank_file_lines l
    join bank_files f on f.province_id = ${provinceId} and f.bank_id = l.bank_id and f.id = l.file_id
    where l.province_id = ${provinceId} and l.verdict = 'waiting'
      and (${bank}::text is null or l.bank_id = ${bank})
    order by l.bank_id, l.file_id, l.line limit ${limit}`.execute(tx);
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.file_id),
    bank: organisationLabel(reference, row.bank_id),
    ...{ fileName: row.file_name, line: row.line, kind: row.kind, reference: row.reference },
    ...{ rial: row.amount_rial?.toString() ?? null, bookedOn: row.booked_on },
    ...{ bankReference: row.bank_reference, note: row.note },
    iban: maskedIban(principal, row.iban),
    ...{ why: row.why, reason: say(whyKey(row.why)) },
    candidates: row.candidates.map((one) => ({
      order: encodeCode(provinceId, one.id),
      caseCode: encodeCode(provinceId, one.case_id),
      ...{ reference: one.reference, name: one.name, sentOn: one.sent_on },
      ...{ amountRial: one.amount_rial, leftRial: one.left_rial },
    })),
  }));
}

/** A rule's own code says why; a problem's title would need its details. */
function whyKey(why: string): string {
  return `financing.bankFiles.why.${why.includes('.') ? 'not_booked' : why}`;
}

/** How many lines wait, as far as the caller sees them. */
export async function countWaiting(
  tx: Tx,
  provinceId: number,
  bank: string | null,
): Promise<number> {
  const { count } = await tx
    .selectFrom('bank_file_lines')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('province_id', '=', provinceId)
    .where('verdict', '=', 'waiting')
    .$if(bank !== null, (query) => query.where('bank_id', '=', bank))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The batches of orders as far as the caller sees them, the newest first, with what became of them. */
export async function listBatches(tx: Tx, provinceId: number, { reference, bank }: Asked) {
  const { rows } = await sql<{
    id: string;
    bank_id: string;
    sent_on: string;
    orders: number;
    control_rial: bigint;
    confirmed: bigint;
    returned: bigint;
  }>`
    select b.id, b.bank_id, b.sent_on, b.orders, b.control_rial,
      coalesce(sum(o.confirmed_rial), 0)::bigint as confirmed,
      coalesce(sum(o.returned_rial), 0)::bigint as returned
    from order_batches b
    left join payment_orders o on o.province_id = ${provinceId} and o.batch_id = b.id
    where b.province_id = ${provinceId} and (${bank}::text is null or b.bank_id = ${bank})
    group by b.id, b.bank_id, b.sent_on, b.orders, b.control_rial
    order by b.sent_on desc, b.id desc limit ${mostBatches}`.execute(tx);
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.id),
    bank: organisationLabel(reference, row.bank_id),
    ...{ sentOn: row.sent_on, orders: row.orders, controlRial: row.control_rial.toString() },
    ...{ confirmedRial: row.confirmed.toString(), returnedRial: row.returned.toString() },
  }));
}
