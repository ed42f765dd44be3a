import { sql } from 'kysely';
import { formatJalali, isIsoDate } from '../../kit/jalali.ts';
import { toPersianDigits } from '../../kit/persian-text.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';

const words = { fa: { bazaars: fa }, en: { bazaars: en } };
/** Messages are Persian, as all messages of the programme are. */
const say = sayer(words, 'fa');

type Told = {
  mobile: string;
  name: string;
  state: string;
  starts_on: string;
  rank: number | null;
  place: number | null;
  stall: string;
  fee_rial: bigint | null;
};

/** What applicants hear of by the state in which a step left their application. */
const messages: Readonly<Record<string, keyof typeof fa.sms>> = {
  allotted: 'allotted',
  waiting: 'waiting',
  called_off: 'calledOff',
};

async function tell(tx: Tx, act: Act, which: { fairId: string } | { id: string }) {
  const { provinceId } = act;
  const of = 'id' in which ? sql`a.id = ${which.id}::uuid` : sql`f.id = ${which.fairId}::uuid`;
  const { rows } = await sql<Told>`
    select e.mobile, f.name, a.state, f.starts_on, a.rank, a.place, s.name as stall, a.fee_rial
    from stall_applications a
    join fairs f on f.province_id = ${provinceId} and f.id = a.fair_id
    join fair_stalls s on s.province_id = ${provinceId} and s.fair_id = a.fair_id
      and s.number = a.stall
    join people e on e.province_id = ${provinceId} and e.id = a.person_id
    where a.province_id = ${provinceId} and ${of} and e.mobile is not null
    order by a.id`.execute(tx);
  for (const row of rows) {
    const message = messages[row.state];
    if (!message) continue;
    const text = say(`bazaars.sms.${message}`, {
      fair: row.name,
      day: isIsoDate(row.starts_on) ? formatJalali(row.starts_on, 'fa', 'long') : '',
      stall: row.stall,
      place: toPersianDigits(String(row.place ?? '')),
      rank: toPersianDigits(String(row.rank ?? '')),
      fee: formatToman(rial(row.fee_rial ?? 0n), 'fa'),
    });
    await sendSms(tx, { provinceId, mobile: row.mobile, text, now: act.now });
  }
}

/** Tells everybody who applied for a fair where they stand now: a stall, the line, or called off. */
export function tellDrawn(tx: Tx, act: Act, fairId: string): Promise<void> {
  return tell(tx, act, { fairId });
}

/** Tells one who waited that a stall became free for them. */
export function tellAllotted(tx: Tx, act: Act, id: string): Promise<void> {
  return tell(tx, act, { id });
}
