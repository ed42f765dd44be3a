import { sql } from 'kysely';
import { encodeCode } from '../kit/code.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { enterLedger } from './ledger/enter.ts';
import type { ReceiptAnswer } from './rules.ts';
import { askReceipts, type WaysToAnswer } from './sms/ask.ts';

/** A payment that a supporter says it made. */
export type PaymentInput = {
  readonly coverId: string;
  readonly month: number;
  readonly amountRial: bigint;
  readonly reference: string;
  readonly happenedOn: string;
};

/**
 * Records payments of people's months, and asks each person by SMS whether it came.
 * @throws Problem as `enterLedger`
 */
export async function payPeople(
  tx: Tx,
  act: Act,
  ways: WaysToAnswer,
  payments: readonly PaymentInput[],
): Promise<void> {
  const inputs = payments.map(({ reference, ...one }) => {
    return { ...one, verb: 'supporters.pay', label: reference } as const;
  });
  await askReceipts(tx, act, ways, await enterLedger(tx, act, inputs));
}

/** What a covered person says of a payment. */
export type ReceiptInput = {
  readonly coverId: string;
  readonly stepId: string;
  readonly answer: ReceiptAnswer;
  /** What came, of another sum. */
  readonly amountRial?: bigint | undefined;
  /** Whether it came as a message and not from the page. */
  readonly bySms?: boolean;
};

/**
 * Keeps what the covered person says of a payment; a no or another sum is an enquiry from then on.
 * @throws Problem `platform.not_found` (404), `supporters.answered`, `supporters.taken_back` (409),
 *   `supporters.sum_missing` (422)
 */
export async function answerReceipt(tx: Tx, act: Act, input: ReceiptInput): Promise<void> {
  const { coverId, stepId, answer, amountRial, bySms = false } = input;
  if ((answer === 'other_sum') !== (amountRial !== undefined)) {
    throw new Problem('supporters.sum_missing');
  }
  const row = await receiptForUpdate(tx, act.provinceId, coverId, stepId);
  if (row.answer !== null) throw new Problem('supporters.answered');
  if (row.taken_back) throw new Problem('supporters.taken_back');
  await tx
    .updateTable('pay_receipts')
    .set({
      ...{ answer, answered_rial: amountRial ?? null },
      ...{ answered_at: act.now, answered_by_sms: bySms },
    })
    .where('province_id', '=', act.provinceId)
    .where('step_id', '=', stepId)
    .execute();
}

/**
 * Closes an enquiry with what was found.
 * @throws Problem `platform.not_found` (404), `supporters.no_enquiry` (409), `supporters.reason_missing` (422)
 */
export async function closeReceipt(
  tx: Tx,
  act: Act,
  { coverId, stepId, reason }: { coverId: string; stepId: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('supporters.reason_missing');
  const row = await receiptForUpdate(tx, act.provinceId, coverId, stepId);
  const isOpen =
    row.closed_at === null && (row.answer === 'not_came' || row.answer === 'other_sum');
  if (!isOpen) throw new Problem('supporters.no_enquiry');
  await tx
    .updateTable('pay_receipts')
    .set({ closed_at: act.now, closed_by: act.actorId, closed_reason: normaliseText(reason) })
    .where('province_id', '=', act.provinceId)
    .where('step_id', '=', stepId)
    .execute();
}

async function receiptForUpdate(tx: Tx, provinceId: number, coverId: string, stepId: string) {
  const row = await tx
    .selectFrom('pay_receipts')
    .select((its) => [
      'answer',
      'closed_at',
      its
        .exists(
          its
            .selectFrom('history')
            .select('id')
            .where('province_id', '=', provinceId)
            .where('reverses', '=', stepId),
        )
        .as('taken_back'),
    ])
    .where('province_id', '=', provinceId)
    .where('step_id', '=', stepId)
    .where('cover_id', '=', coverId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** Payments of which the person says that they did not come, or not that sum; the oldest first. */
export async function openReceiptEnquiries(tx: Tx, provinceId: number, agencyId: string | null) {
  const { rows } = await sql<Enquiry>`
    select r.step_id as "stepId", r.cover_id, v.case_id, r.answer, r.answered_rial, r.answered_by_sms,
      e.amount_rial, e.happened_on, e.month, e.label, p.first_name, p.last_name
    from pay_receipts r
    join pay_entries e on e.province_id = ${provinceId} and e.step_id = r.step_id
    join covers v on v.province_id = ${provinceId} and v.id = r.cover_id
    join people p on p.province_id = ${provinceId} and p.id = r.person_id
    where r.province_id = ${provinceId} and r.answer in ('not_came', 'other_sum')
      and r.closed_at is null and (${agencyId}::text is null or v.agency_id = ${agencyId}::text)
      and not exists (select 1 from history h
        where h.province_id = ${provinceId} and h.reverses = r.step_id)
    order by r.answered_at, r.step_id limit 500`.execute(tx);
  return rows.map((row) => ({
    ...{ stepId: row.stepId, code: encodeCode(provinceId, row.cover_id), month: row.month },
    caseCode: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    ...{ amountRial: String(row.amount_rial), paidOn: row.happened_on, reference: row.label },
    answer: row.answer,
    answeredRial: row.answered_rial === null ? null : String(row.answered_rial),
    bySms: row.answered_by_sms,
  }));
}

type Enquiry = {
  stepId: string;
  cover_id: string;
  case_id: string;
  answer: string;
  answered_rial: bigint | null;
  answered_by_sms: boolean;
  amount_rial: bigint;
  happened_on: string;
  month: number;
  label: string;
  first_name: string;
  last_name: string;
};
