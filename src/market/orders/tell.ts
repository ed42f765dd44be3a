import { encodeCode } from '../../kit/code.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import { sayer } from '../../platform/language.ts';
import { sendSms } from '../../platform/sms.ts';
import en from '../en.ts';
import fa from '../fa.ts';

const say = sayer({ fa: { market: fa }, en: { market: en } }, 'fa');

/** What a party hears of by SMS, in the transaction of the step that it is about. */
export type OrderNews = keyof typeof fa.sms;

/** The last letters of an order's code: enough to tell one's few orders apart. */
function shortCode(provinceId: number, id: string): string {
  return encodeCode(provinceId, id).slice(-6).toUpperCase();
}

async function send(tx: Tx, act: Act, orderId: string, mobile: string, news: OrderNews) {
  const { provinceId, now } = act;
  const text = say(`market.sms.${news}`, { order: shortCode(provinceId, orderId) });
  await sendSms(tx, { provinceId, mobile, text, now });
}

/** Tells the buyer of an order. */
export async function tellBuyer(
  tx: Tx,
  act: Act,
  order: { readonly id: string; readonly buyer_mobile: string },
  news: OrderNews,
): Promise<void> {
  await send(tx, act, order.id, order.buyer_mobile, news);
}

/** Tells the maker of an order; one without a mobile sees it on their page. */
export async function tellMaker(
  tx: Tx,
  act: Act,
  order: { readonly id: string; readonly person_id: string },
  news: OrderNews,
): Promise<void> {
  const person = await tx
    .selectFrom('people')
    .select('mobile')
    .where('province_id', '=', act.provinceId)
    .where('id', '=', order.person_id)
    .executeTakeFirst();
  if (person?.mobile) await send(tx, act, order.id, person.mobile, news);
}
