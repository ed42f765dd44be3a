import { sql } from 'kysely';
import type { Static } from 'typebox';
import { encodeCode } from '../../kit/code.ts';
import { formatJalali, type IsoDate } from '../../kit/jalali.ts';
import { Problem } from '../../kit/problem.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import { type Answers, answerFaults, type Checklist, type Question } from '../checklist-rules.ts';
import type { ChecklistShape } from '../contract.ts';
import en from '../en.ts';
import fa from '../fa.ts';
import { openVisitStates } from '../rules.ts';

const say = sayer({ fa: { supervision: fa }, en: { supervision: en } }, 'fa');

/** People who are asked in one round of the clock; the next round asks more. */
const mostAsked = 500;

const openStates = sql`array[${sql.join(openVisitStates.map((one) => sql.lit(one)))}]`;

/**
 * Asks the holders of plans whose visit is by SMS and who have a mobile: each once, with the address where
 * they answer, signed in as themselves.
 * @returns how many were asked
 */
export async function askHolders(
  tx: Tx,
  { provinceId, now }: Pick<Act, 'provinceId' | 'now'>,
  publicUrl: string,
): Promise<number> {
  const { rows } = await sql<{ mobile: string; case_id: string; due_on: string }>`
    with due as (
      select v.id, v.person_id, v.agency_id, v.bank_id, v.case_id, v.due_on, p.mobile from visits v
      join people p on p.province_id = ${provinceId} and p.id = v.person_id and p.mobile is not null
      where v.province_id = ${provinceId} and v.channel = 'sms' and v.state = any(${openStates})
        and not exists (select 1 from visit_asks a
          where a.province_id = ${provinceId} and a.visit_id = v.id)
      order by v.due_on, v.id limit ${mostAsked}
    ), asked as (
      insert into visit_asks (province_id, visit_id, person_id, agency_id, bank_id, asked_at)
      select ${provinceId}::integer, id, person_id, agency_id, bank_id, ${now}::timestamptz from due
      on conflict (province_id, visit_id) do nothing returning visit_id
    )
    select due.mobile, due.case_id, due.due_on from asked join due on due.id = asked.visit_id
  `.execute(tx);
  for (const { mobile, case_id, due_on } of rows) {
    const day = formatJalali(due_on as IsoDate, 'fa', 'long');
    const address = `${publicUrl}/my/cases/${encodeCode(provinceId, case_id)}`;
    await sendSms(tx, {
      provinceId,
      mobile,
      text: say('supervision.sms.ask', { day, address }),
      now,
    });
  }
  return rows.length;
}

type Row = {
  readonly visit_id: string;
  readonly case_id: string;
  readonly stage: string;
  readonly due_on: string;
  readonly answered_at: Date | null;
  readonly content: Static<typeof ChecklistShape>;
};

/** What only somebody on the spot can give is asked of nobody by SMS. */
const bySms = ({ channels, kind }: Pick<Question, 'channels' | 'kind'>): boolean =>
  !['photo', 'place', 'signature'].includes(kind) && (channels?.includes('sms') ?? true);

/** What a person is asked about plans of theirs while the visit is open, the most pressing first. */
export async function asksOf(tx: Tx, provinceId: number, personId: string) {
  const { rows } = await sql<Row>`
    select a.visit_id, v.case_id, v.stage, v.due_on, a.answered_at, c.content
    from visit_asks a
    join visits v on v.province_id = ${provinceId} and v.id = a.visit_id
      and v.state = any(${openStates})
    join checklists c on c.province_id = ${provinceId} and c.id = v.checklist_id
    where a.province_id = ${provinceId} and a.person_id = ${personId}::uuid
    order by v.due_on, v.id limit 50`.execute(tx);
  return rows.map((row) => ({
    code: encodeCode(provinceId, row.visit_id),
    caseCode: encodeCode(provinceId, row.case_id),
    ...{ stage: row.stage, dueOn: row.due_on },
    answeredAt: row.answered_at?.toISOString() ?? null,
    questions: row.content.questions.filter(bySms),
  }));
}

/**
 * Keeps what a holder says about their plan, once; whoever the visit is assigned to says what it came to.
 * @throws Problem `supervision.no_ask` (409) where they were not asked, have answered, or the visit is over;
 *   `supervision.answers_wrong` (422) with faults
 */
export async function answerVisit(
  tx: Tx,
  act: Act,
  personId: string,
  { visitId, answers }: { readonly visitId: string; readonly answers: Answers },
): Promise<void> {
  const { provinceId, now } = act;
  const { rows } = await sql<{ content: Checklist }>`
    select c.content from visit_asks a
    join visits v on v.province_id = ${provinceId} and v.id = a.visit_id
      and v.state = any(${openStates})
    join checklists c on c.province_id = ${provinceId} and c.id = v.checklist_id
    where a.province_id = ${provinceId} and a.visit_id = ${visitId}::uuid
      and a.person_id = ${personId}::uuid and a.answered_at is null
    for update of a`.execute(tx);
  const [ask] = rows;
  if (!ask) throw new Problem('supervision.no_ask');
  const asked = { ...ask.content, questions: ask.content.questions.filter(bySms) };
  const faults = answerFaults(asked, 'sms', answers);
  if (faults.length > 0) throw new Problem('supervision.answers_wrong', {}, faults);
  await tx
    .updateTable('visit_asks')
    .set({ answers: JSON.stringify(answers), answered_at: now })
    .where('province_id', '=', provinceId)
    .where('visit_id', '=', visitId)
    .execute();
}

/** What the holder was asked and said about a visit; null where nobody asked. */
export async function holderSaid(
  tx: Tx,
  { provinceId, id }: { readonly provinceId: number; readonly id: string },
) {
  const row = await tx
    .selectFrom('visit_asks')
    .select(['asked_at', 'answered_at', 'answers'])
    .where('province_id', '=', provinceId)
    .where('visit_id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    askedAt: row.asked_at.toISOString(),
    answeredAt: row.answered_at?.toISOString() ?? null,
    answers: row.answers as Record<string, unknown> | null,
  };
}
