import { sql } from 'kysely';
import { formatJalali, isIsoDate } from '../../kit/jalali.ts';
import { formatToman, rial } from '../../kit/rial.ts';
import { formatThousandths } from '../../kit/thousandths.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import en from './en.ts';
import fa from './fa.ts';

const words = { fa: { materials: fa }, en: { materials: en } };
/** Messages are Persian, as all messages of the programme are. */
const say = sayer(words, 'fa');

type Told = {
  mobile: string;
  name: string;
  unit: keyof typeof fa.units;
  closes_on: string;
  share: number;
  amount: bigint;
  place: string | null;
};

async function send(tx: Tx, act: Act, message: keyof typeof fa.sms, rows: readonly Told[]) {
  for (const row of rows) {
    const day = isIsoDate(row.closes_on) ? formatJalali(row.closes_on, 'fa', 'long') : '';
    const unit = say(`materials.units.${row.unit}`);
    const share = `${formatThousandths(row.share, 'fa')} ${unit}`;
    const amount = formatToman(rial(row.amount), 'fa');
    const said = { material: row.name, day, share, amount, place: row.place ?? '' };
    const text = say(`materials.sms.${message}`, said);
    await sendSms(tx, { provinceId: act.provinceId, mobile: row.mobile, text, now: act.now });
  }
}

/** Tells makers who have stated a need that fits that a purchase was opened for it. */
export async function tellInvited(tx: Tx, act: Act, purchaseId: string): Promise<void> {
  const { provinceId } = act;
  const { rows } = await sql<Told>`
    select distinct e.mobile, m.name, m.unit, p.closes_on, 0 as share, 0::bigint as amount,
      null as place
    from purchases p
    join raw_materials m on m.province_id = ${provinceId} and m.id = p.material_id
    join needs n on n.province_id = ${provinceId} and n.material_id = p.material_id
      and n.state = 'stated' and (p.county_id is null or p.county_id = n.county_id)
    join people e on e.province_id = ${provinceId} and e.id = n.person_id
    where p.province_id = ${provinceId} and p.id = ${purchaseId}::uuid and e.mobile is not null
    order by e.mobile`.execute(tx);
  await send(tx, act, 'invited', rows);
}

/** The makers who have a share of a purchase, or of one of its points. */
async function sharers(tx: Tx, { provinceId }: Act, purchaseId: string, point: number | null) {
  const { rows } = await sql<Told>`
    select e.mobile, m.name, m.unit, p.closes_on, n.share, n.price_rial + n.freight_rial as amount,
      t.place
    from needs n
    join purchases p on p.province_id = ${provinceId} and p.id = n.purchase_id
    join raw_materials m on m.province_id = ${provinceId} and m.id = n.material_id
    join purchase_points t on t.province_id = ${provinceId} and t.purchase_id = n.purchase_id
      and t.number = n.point
    join people e on e.province_id = ${provinceId} and e.id = n.person_id
    where n.province_id = ${provinceId} and n.purchase_id = ${purchaseId}::uuid
      and n.state = 'allotted' and e.mobile is not null
      and (${point}::integer is null or (n.point = ${point} and t.delivered = t.ordered))
    order by n.id`.execute(tx);
  return rows;
}

/** Tells every maker of a purchase their share and what it costs. */
export async function tellShares(tx: Tx, act: Act, purchaseId: string): Promise<void> {
  await send(tx, act, 'allotted', await sharers(tx, act, purchaseId, null));
}

/** Tells the makers of a point that all of theirs has come. */
export async function tellArrival(
  tx: Tx,
  act: Act,
  purchaseId: string,
  point: number,
): Promise<void> {
  await send(tx, act, 'arrived', await sharers(tx, act, purchaseId, point));
}
