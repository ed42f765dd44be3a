import { sql } from 'kysely';
import { organisationLabel, type Reference, settingOn } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { formatRial, rial } from '../../kit/rial.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import en from '../en.ts';
import fa from '../fa.ts';
import { type AskAnswer, isAsked } from './rules.ts';

const say = sayer({ fa: { financing: fa }, en: { financing: en } }, 'fa');

type Paid = {
  trancheId: string;
  planId: string;
  caseId: string;
  personId: string;
  bankId: string;
  amountRial: bigint;
  mobile: string | null;
};

/**
 * Asks borrowers, once each, whether the payments that the caller's act has recorded on these cases came,
 * where the sample of the setting `financing.payment_ask_share` says so: a row each and, where there is a
 * mobile, an SMS with the address of their own case. Called where people, banks' systems and banks' files
 * tell of payments; registers ask nobody.
 */
export async function askBorrowers(
  tx: Tx,
  act: Act,
  reference: Reference,
  publicUrl: string,
  caseIds: readonly string[],
): Promise<void> {
  if (caseIds.length === 0) return;
  const { provinceId, today, now } = act;
  const setting = settingOn(reference, 'financing.payment_ask_share', provinceId, today);
  const shareBp = Number(setting);
  const newest = await paidByAct(tx, act, caseIds);
  const paid = newest.filter(({ trancheId }) => isAsked(trancheId, shareBp));
  if (paid.length === 0) return;
  const asks = paid.map(({ trancheId, planId, caseId, personId }) => ({
    ...{ province_id: provinceId, tranche_id: trancheId, plan_id: planId, case_id: caseId },
    ...{ person_id: personId, share_bp: shareBp, asked_at: now },
  }));
  await tx.insertInto('payment_asks').values(asks).execute();
  for (const { caseId, bankId, amountRial, mobile } of paid) {
    if (mobile === null) continue;
    const text = say('financing.sms.paymentAsk', {
      bank: organisationLabel(reference, bankId).label.fa,
      amount: formatRial(rial(String(amountRial)), 'fa'),
      address: `${publicUrl}/my/cases/${encodeCode(provinceId, caseId)}`,
    });
    await sendSms(tx, { provinceId, mobile, text, now });
  }
}

/** What the act paid on these cases and nobody was asked about. A long file is one act, booked in parts. */
async function paidByAct(
  tx: Tx,
  { provinceId, opId }: Act,
  caseIds: readonly string[],
): Promise<Paid[]> {
  const { rows } = await sql<Paid>`
    select t.id as "trancheId", t.plan_id as "planId", h.case_id as "caseId",
      h.person_id as "personId", t.bank_id as "bankId", t.amount_rial as "amountRial", e.mobile
    from history h
    join tranches t on t.province_id = ${provinceId} and t.plan_id = (h.facts ->> 'plan')::uuid
      and t.number = (h.facts ->> 'tranche')::integer and t.taken_back_at is null
    join people e on e.province_id = ${provinceId} and e.id = h.person_id
    where h.province_id = ${provinceId} and h.case_id = any(${caseIds}::uuid[])
      and h.op_id = ${opId}::uuid
      and h.verb = 'financing.pay' and h.sign = 1
      and not exists (select 1 from payment_asks a
        where a.province_id = ${provinceId} and a.tranche_id = t.id)
    order by h.seq`.execute(tx);
  return rows;
}

/** What was asked about a case's payments and what the borrower said, the newest first. */
export async function asksOfCase(tx: Tx, { provinceId, id }: { provinceId: number; id: string }) {
  const rows = await tx
    .selectFrom('payment_asks as a')
    .innerJoin('tranches as t', (join) =>
      join.onRef('t.id', '=', 'a.tranche_id').on('t.province_id', '=', provinceId),
    )
    .selectAll('a')
    .select(['t.number', 't.amount_rial', 't.paid_on', 't.bank_reference', 't.taken_back_at'])
    .where('a.province_id', '=', provinceId)
    .where('a.case_id', '=', id)
    .orderBy('a.tranche_id', 'desc')
    .execute();
  return rows
    .filter(({ taken_back_at, answer }) => taken_back_at === null || answer !== null)
    .map((row) => ({
      id: row.tranche_id,
      number: row.number,
      amountRial: String(row.amount_rial),
      paidOn: row.paid_on,
      answer: row.answer,
      answeredRial: row.answered_rial === null ? null : String(row.answered_rial),
      answeredAt: row.answered_at?.toISOString() ?? null,
      closedAt: row.closed_at?.toISOString() ?? null,
      closedReason: row.closed_reason,
    }));
}

export type AnswerInput = {
  readonly askId: string;
  readonly answer: AskAnswer;
  /** What came, of another sum. */
  readonly amountRial?: bigint | undefined;
};

/**
 * Keeps what a borrower says of a payment; a no or another sum is an enquiry from then on.
 * @throws Problem `platform.not_found` (404), `financing.ask_answered` (409), `financing.sum_missing` (422)
 */
export async function answerAsk(
  tx: Tx,
  act: Act,
  caseId: string,
  { askId, answer, amountRial }: AnswerInput,
): Promise<void> {
  if ((answer === 'other_sum') !== (amountRial !== undefined)) {
    throw new Problem('financing.sum_missing');
  }
  const ask = await askForUpdate(tx, act.provinceId, caseId, askId);
  if (ask.answer !== null) throw new Problem('financing.ask_answered');
  await tx
    .updateTable('payment_asks')
    .set({ answer, answered_rial: amountRial ?? null, answered_at: act.now })
    .where('province_id', '=', act.provinceId)
    .where('tranche_id', '=', askId)
    .execute();
}

/**
 * Closes an enquiry with what was found.
 * @throws Problem `platform.not_found` (404), `financing.no_enquiry` (409), `financing.reason_missing` (422)
 */
export async function closeEnquiry(
  tx: Tx,
  act: Act,
  caseId: string,
  { askId, reason }: { askId: string; reason: string },
): Promise<void> {
  if (!reason.trim()) throw new Problem('financing.reason_missing');
  const ask = await askForUpdate(tx, act.provinceId, caseId, askId);
  const isOpen =
    ask.closed_at === null && (ask.answer === 'not_came' || ask.answer === 'other_sum');
  if (!isOpen) throw new Problem('financing.no_enquiry');
  await tx
    .updateTable('payment_asks')
    .set({ closed_at: act.now, closed_by: act.actorId, closed_reason: normaliseText(reason) })
    .where('province_id', '=', act.provinceId)
    .where('tranche_id', '=', askId)
    .execute();
}

async function askForUpdate(tx: Tx, provinceId: number, caseId: string, askId: string) {
  const row = await tx
    .selectFrom('payment_asks')
    .select(['answer', 'closed_at'])
    .where('province_id', '=', provinceId)
    .where('tranche_id', '=', askId)
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new Problem('platform.not_found');
  return row;
}

/** Enquiries that wait for the directorate, the oldest first. */
export async function openEnquiries(tx: Tx, provinceId: number, reference: Reference) {
  const { rows } = await sql<Enquiry>`
    select a.case_id, a.tranche_id, a.answer, a.answered_rial, a.answered_at, t.amount_rial, t.paid_on,
      t.bank_id, t.bank_reference, e.first_name, e.last_name
    from payment_asks a
    join tranches t on t.province_id = ${provinceId} and t.id = a.tranche_id
    join people e on e.province_id = ${provinceId} and e.id = a.person_id
    where a.province_id = ${provinceId} and a.answer in ('not_came', 'other_sum')
      and a.closed_at is null
    order by a.answered_at, a.tranche_id limit 500`.execute(tx);
  return rows.map((row) => ({
    id: row.tranche_id,
    code: encodeCode(provinceId, row.case_id),
    name: `${row.first_name} ${row.last_name}`,
    bank: organisationLabel(reference, row.bank_id),
    bankReference: row.bank_reference,
    paidOn: row.paid_on,
    amountRial: String(row.amount_rial),
    answer: row.answer,
    answeredRial: row.answered_rial === null ? null : String(row.answered_rial),
    answeredAt: row.answered_at.toISOString(),
  }));
}

type Enquiry = {
  case_id: string;
  tranche_id: string;
  answer: string;
  answered_rial: bigint | null;
  answered_at: Date;
  amount_rial: bigint;
  paid_on: string;
  bank_id: string;
  bank_reference: string;
  first_name: string;
  last_name: string;
};
