import { sql } from 'kysely';
import type { Reference } from '../accounts/index.ts';
import { formatJalali, type IsoDate } from '../kit/jalali.ts';
import { toAsciiDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { sayer } from '../platform/language.ts';
import { sendSms } from '../platform/sms.ts';
import en from './en.ts';
import { writeEvidence } from './evidence.ts';
import fa from './fa.ts';
import { getJobsForUpdate, type JobRow } from './queries.ts';
import { insuranceRatesOn, remindedUntil } from './settings.ts';

const say = sayer({ fa: { employment: fa }, en: { employment: en } }, 'fa');

export type InsureInput = {
  readonly jobId: string;
  readonly rateBp: number;
  readonly number: string;
  /** ISO. */
  readonly beginsOn: string;
  /** ISO; a later day is another payment of the same insurance. */
  readonly paidUntil: string;
};

/**
 * Keeps the own-account insurance of somebody at work (12, 14 or 18 percent, as the settings of its first day
 * say, and the state's share) and until when it is paid. Its number is evidence too.
 * @throws Problem `platform.not_found`, `employment.wrong_rate`, `employment.wrong_number`,
 * `employment.wrong_day` (422)
 */
export async function insure(
  tx: Tx,
  act: Act,
  reference: Reference,
  { jobId, rateBp, number, beginsOn, paidUntil }: InsureInput,
): Promise<void> {
  const { provinceId, now, today } = act;
  const { rates, state } = insuranceRatesOn(reference, provinceId, beginsOn);
  if (!rates.includes(rateBp)) throw new Problem('employment.wrong_rate');
  if (beginsOn > today) throw new Problem('employment.wrong_day', { given: beginsOn });
  const job = (await getJobsForUpdate(tx, provinceId, [jobId])).get(jobId) as JobRow;
  const digits = toAsciiDigits(number).trim();
  const kept = { rate_bp: rateBp, state_bp: state, insurance_number: digits, begins_on: beginsOn };
  const changed = { ...kept, paid_until_on: paidUntil, account_id: act.actorId, recorded_at: now };
  await tx
    .insertInto('job_insurances')
    .values({
      ...{ province_id: provinceId, id: uuid7(now.getTime()), job_id: jobId },
      ...{ person_id: job.personId, ...changed },
    })
    .onConflict((oc) => oc.columns(['province_id', 'job_id']).doUpdateSet(changed))
    .execute();
  await writeEvidence(tx, act, [{ jobId, kind: 'insurance', detail: digits, seenOn: today }]);
}

/**
 * Reminds people whose insurance is paid until a day that is near, once for each such day.
 * @returns how many were reminded
 */
export async function remindInsured(
  tx: Tx,
  { provinceId, now, today }: Pick<Act, 'provinceId' | 'now' | 'today'>,
  reference: Reference,
): Promise<number> {
  const until = remindedUntil(reference, provinceId, today);
  const { rows } = await sql<{ mobile: string | null; paid_until_on: string }>`
    update job_insurances i set reminded_until_on = i.paid_until_on
    from jobs j, people p
    where i.province_id = ${provinceId} and i.paid_until_on between ${today}::date and ${until}::date
      and i.reminded_until_on is distinct from i.paid_until_on
      and j.province_id = ${provinceId} and j.id = i.job_id
      and j.ended_on is null and j.taken_back_at is null
      and p.province_id = ${provinceId} and p.id = i.person_id
    returning p.mobile, i.paid_until_on`.execute(tx);
  for (const { mobile, paid_until_on } of rows) {
    if (mobile === null) continue;
    const day = formatJalali(paid_until_on as IsoDate, 'fa', 'long');
    const text = say('employment.sms.insurance', { day });
    await sendSms(tx, { provinceId, mobile, text, now });
  }
  return rows.length;
}
