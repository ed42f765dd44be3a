import { sql } from 'kysely';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { secureRandom } from '../../kit/random.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sendSms } from '../../platform/sms.ts';
import { say } from '../tell.ts';
import { freeNumber, questionCode } from './answer-rules.ts';

/** Where people answer: at a page always, and by SMS where messages come in. */
export type WaysToAnswer = { readonly publicUrl: string; readonly bySms: boolean };

type Question = {
  readonly stepId: string;
  readonly coverId: string;
  readonly personId: string;
  readonly amount: bigint;
  readonly mobile: string | null;
  readonly supporter: string;
};

/** Asks each person of these payments whether it came, by SMS where they have a mobile; each payment by itself. */
export async function askReceipts(
  tx: Tx,
  act: Act,
  { publicUrl, bySms }: WaysToAnswer,
  steps: readonly string[],
): Promise<void> {
  const { provinceId, now } = act;
  const questions = await questionsOf(tx, provinceId, steps);
  const numbers = bySms ? await giveNumbers(tx, provinceId, questions) : new Map<string, number>();
  const column = <K extends keyof Question>(key: K) => questions.map((one) => one[key]);
  await sql`
    insert into pay_receipts (province_id, step_id, cover_id, person_id, asked_at, sms_number)
    select ${provinceId}::integer, step_id, cover_id, person_id, ${now}::timestamptz, number
    from unnest(${column('stepId')}::uuid[], ${column('coverId')}::uuid[], ${column('personId')}::uuid[],
      ${questions.map(({ stepId }) => numbers.get(stepId) ?? null)}::smallint[])
      as q (step_id, cover_id, person_id, number)`.execute(tx);
  for (const { stepId, mobile, supporter, amount } of questions) {
    if (mobile === null) continue;
    const number = numbers.get(stepId);
    const said = { supporter, amount: formatToman(rial(amount), 'fa') };
    const address = `${publicUrl}/my/work`;
    const text =
      number === undefined
        ? say('supporters.sms.paid', { ...said, address })
        : say('supporters.sms.asked', { ...said, address, number: shown(provinceId, number) });
    await sendSms(tx, { provinceId, mobile, text, now });
  }
}

const shown = (provinceId: number, number: number) =>
  toPersianDigits(questionCode(provinceId, number));

async function questionsOf(
  tx: Tx,
  provinceId: number,
  steps: readonly string[],
): Promise<readonly Question[]> {
  const { rows } = await sql<Question>`
    select e.step_id as "stepId", e.cover_id as "coverId", v.person_id as "personId",
      e.amount_rial as amount, p.mobile,
      coalesce(s.firm_name, o.first_name || ' ' || o.last_name) as supporter
    from pay_entries e
    join covers v on v.province_id = ${provinceId} and v.id = e.cover_id
    join people p on p.province_id = ${provinceId} and p.id = v.person_id
    join supporters s on s.province_id = ${provinceId} and s.case_id = v.case_id
    join people o on o.province_id = ${provinceId} and o.id = s.person_id
    where e.province_id = ${provinceId} and e.step_id = any(${steps}::uuid[])
    order by e.step_id`.execute(tx);
  return rows;
}

/** An answer may come late and name a question of before: so many are not named again. */
const notAgain = 50;

/**
 * A number for each question whose person has a mobile, by step; a mobile may be a family's, and whoever pays its
 * other people meanwhile waits.
 */
async function giveNumbers(
  tx: Tx,
  provinceId: number,
  questions: readonly Question[],
): Promise<Map<string, number>> {
  const mobiles = questions.flatMap(({ mobile }) => (mobile === null ? [] : [mobile]));
  await sql`select from people where province_id = ${provinceId} and mobile = any(${mobiles}::text[])
    order by id for update`.execute(tx);
  const taken = await takenNumbers(tx, provinceId, mobiles);
  const given = new Map<string, number>();
  for (const { stepId, mobile } of questions) {
    if (mobile === null) continue;
    const own = taken.get(mobile) ?? new Set();
    const [high = 0, low = 0] = secureRandom(2);
    const number = freeNumber(own, high * 256 + low);
    if (number === null) continue;
    given.set(stepId, number);
    taken.set(mobile, own.add(number));
  }
  return given;
}

/** By mobile: the numbers of its open questions, and of its newest ones. */
async function takenNumbers(
  tx: Tx,
  provinceId: number,
  mobiles: readonly string[],
): Promise<Map<string, Set<number>>> {
  const { rows } = await sql<{ mobile: string; number: number }>`
    select mobile, sms_number as number from (
      select p.mobile, r.sms_number, r.answer,
        row_number() over (partition by p.mobile order by r.asked_at desc, r.step_id desc) as nth
      from people p
      join pay_receipts r on r.province_id = ${provinceId} and r.person_id = p.id
      where p.province_id = ${provinceId} and p.mobile = any(${mobiles}::text[])
        and r.sms_number is not null) asked
    where answer is null or nth <= ${notAgain}`.execute(tx);
  const taken = new Map<string, Set<number>>();
  for (const { mobile, number } of rows) {
    taken.set(mobile, (taken.get(mobile) ?? new Set()).add(number));
  }
  return taken;
}
