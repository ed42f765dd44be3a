import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { Act } from '../platform/history.ts';
import { sayer } from '../platform/language.ts';
import { sendSms } from '../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';

/** Says what people are told by SMS, which is Persian whoever causes it. */
export const say = sayer({ fa: { supporters: fa }, en: { supporters: en } }, 'fa');

/** What a covered person is told by SMS. */
type News = 'offered' | 'reopened';

/** Tells covered people by SMS, with the address of their page; who gave no mobile is told nothing. */
export async function tellCovered(
  tx: Tx,
  act: Act,
  publicUrl: string,
  news: News,
  coverIds: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ mobile: string; supporter: string }>`
    select p.mobile, coalesce(s.firm_name, e.first_name || ' ' || e.last_name) as supporter
    from covers v
    join people p on p.province_id = ${act.provinceId} and p.id = v.person_id
    join supporters s on s.province_id = ${act.provinceId} and s.case_id = v.case_id
    join people e on e.province_id = ${act.provinceId} and e.id = s.person_id
    where v.province_id = ${act.provinceId} and v.id = any(${coverIds}::uuid[])
      and p.mobile is not null`.execute(tx);
  for (const { mobile, supporter } of rows) {
    const text = say(`supporters.sms.${news}`, { supporter, address: `${publicUrl}/my/work` });
    await sendSms(tx, { provinceId: act.provinceId, mobile, text, now: act.now });
  }
}
