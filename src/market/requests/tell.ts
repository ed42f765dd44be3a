import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';

const say = sayer({ fa: { requests: fa }, en: { requests: en } }, 'fa');
/** How many makers of a trade hear of one request; the others see it on their page. */
const mostTold = 100;

/** Tells makers with an open stall of a trade that somebody asks for many. */
export async function tellAsked(
  tx: Tx,
  { provinceId, now }: Act,
  { occupationId, title }: { readonly occupationId: string; readonly title: string },
): Promise<void> {
  const rows = await tx
    .selectFrom('stalls as s')
    .innerJoin('people as p', (join) =>
      join.onRef('p.id', '=', 's.person_id').on('p.province_id', '=', provinceId),
    )
    .select('p.mobile')
    .where('s.province_id', '=', provinceId)
    .where('s.occupation_id', '=', occupationId)
    .where('s.state', '=', 'open')
    .where('p.mobile', 'is not', null)
    .orderBy('s.id')
    .limit(mostTold)
    .execute();
  const text = say('requests.sms.asked', { title });
  for (const { mobile } of rows) if (mobile) await sendSms(tx, { provinceId, mobile, text, now });
}
