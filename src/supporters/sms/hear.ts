import { sql } from 'kysely';
import { normaliseMobile } from '../../kit/identifiers.ts';
import { isProblem } from '../../kit/problem.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { countReplies, sendSms } from '../../platform/sms.ts';
import { answerReceipt } from '../receipts.ts';
import { say } from '../tell.ts';
import { readAnswer, type SaidBySms } from './answer-rules.ts';

/** A message as it came in. */
export type InboundSms = { readonly from: string; readonly text: string };

/**
 * Records what a covered person answers about a payment by SMS, and tells them what was recorded. A mobile that
 * was never asked anything is told once a day how to write, and no more; one that got as many replies as the day
 * allows is not listened to until tomorrow, so that neither machines nor whoever guesses numbers go on for ever.
 */
export async function hearAnswer(
  tx: Tx,
  act: Act,
  { from, text }: InboundSms,
  repliesADay: number,
): Promise<void> {
  const { provinceId, now } = act;
  const mobile = normaliseMobile(from);
  if (mobile === undefined) return;
  const replies = await countReplies(tx, { provinceId, mobile, now });
  const most = (await isAsked(tx, provinceId, mobile)) ? repliesADay : 1;
  if (replies >= most) return;
  const reply = await record(tx, act, mobile, readAnswer(text));
  await sendSms(tx, { provinceId, mobile, text: reply, now, isReply: true });
}

/** @returns what to tell the sender */
async function record(
  tx: Tx,
  act: Act,
  mobile: string,
  said: SaidBySms | undefined,
): Promise<string> {
  const isHere = said?.provinceId === act.provinceId;
  const asked = isHere ? await findAsked(tx, act.provinceId, mobile, said.number) : undefined;
  if (!said || !asked) return say('supporters.sms.heard.unread');
  const { answer, amountRial } = said;
  try {
    const { coverId, stepId } = asked;
    await answerReceipt(tx, act, { coverId, stepId, answer, amountRial, bySms: true });
  } catch (error) {
    if (isProblem(error, 'supporters.answered')) return say('supporters.sms.heard.answered');
    if (isProblem(error, 'supporters.taken_back')) return say('supporters.sms.heard.takenBack');
    throw error;
  }
  return say(`supporters.sms.heard.${answer}`, {
    supporter: asked.supporter,
    amount: formatToman(rial(asked.amount), 'fa'),
    given: formatToman(rial(amountRial ?? 0n), 'fa'),
  });
}

/** Whether anybody with this mobile was ever asked by SMS. */
async function isAsked(tx: Tx, provinceId: number, mobile: string): Promise<boolean> {
  const { rows } = await sql`
    select from people p
    join pay_receipts r on r.province_id = ${provinceId} and r.person_id = p.id
    where p.province_id = ${provinceId} and p.mobile = ${mobile} and r.sms_number is not null
    limit 1`.execute(tx);
  return rows.length > 0;
}

type Asked = { stepId: string; coverId: string; amount: bigint; supporter: string; open: boolean };

/**
 * The question of this number that a mobile was asked: the open one, else the newest. Where a mobile came to be
 * another person's, too, two may be open: then it is none, rather than the wrong one.
 */
async function findAsked(
  tx: Tx,
  provinceId: number,
  mobile: string,
  number: number,
): Promise<Asked | undefined> {
  const { rows } = await sql<Asked>`
    select r.step_id as "stepId", r.cover_id as "coverId", e.amount_rial as amount,
      coalesce(s.firm_name, o.first_name || ' ' || o.last_name) as supporter,
      r.answer is null and not exists (select 1 from history h
        where h.province_id = ${provinceId} and h.reverses = r.step_id) as open
    from people p
    join pay_receipts r on r.province_id = ${provinceId} and r.person_id = p.id
    join pay_entries e on e.province_id = ${provinceId} and e.step_id = r.step_id
    join covers v on v.province_id = ${provinceId} and v.id = r.cover_id
    join supporters s on s.province_id = ${provinceId} and s.case_id = v.case_id
    join people o on o.province_id = ${provinceId} and o.id = s.person_id
    where p.province_id = ${provinceId} and p.mobile = ${mobile} and r.sms_number = ${number}
    order by open desc, r.asked_at desc, r.step_id desc limit 2`.execute(tx);
  const [first, second] = rows;
  return first?.open && second?.open ? undefined : first;
}
