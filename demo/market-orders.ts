import { encodeCode } from '../src/kit/code.ts';
import {
  acceptReturn,
  askReturn,
  complain,
  getOrderForUpdate,
  placeOrder,
  rateOrder,
  sendMessage,
  stepOrder,
} from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import { buyersOf } from './market-buyers.ts';
import { marketData } from './market-data.ts';
import { giveBack, payOnline } from './market-payments.ts';
import type { MarketScene } from './market-scene.ts';
import { shownMakers } from './market-stalls.ts';
import { PROVINCE_ID } from './plan-targets.ts';
import { makeRandom, type Random } from './random.ts';

const { words, buyers } = marketData;
/** How many orders come in each ten days. */
const COMING = 6;
/** Where the buyers live, in the order of the addresses: Tehran, Isfahan, East and West Azerbaijan. */
const PROVINCES = [23, 10, 3, 4];
/** Of three orders in a row two are paid for at once, through the gateway. */
const isOnline = (nth: number) => nth % 3 !== 1;

const randomOf = (act: Act): Random => makeRandom(`orders ${act.today}`);

/** New orders of things that are sent anywhere, the shown maker's among them. */
export async function placeOrders(scene: MarketScene, act: Act): Promise<void> {
  const { tx, reference } = scene;
  const random = randomOf(act);
  const products = await tx
    .selectFrom('products')
    .select(['id', 'stall_id', 'case_id'])
    .where('province_id', '=', PROVINCE_ID)
    .where('sends_to', '=', 'country')
    .where('on_hand', '>', 3)
    .orderBy('title')
    .orderBy('id')
    .execute();
  const principals = await buyersOf(scene);
  const makers = shownMakers(scene.cases);
  const own = products.filter((one) => makers.includes(one.case_id));
  for (let nth = 0; nth < Math.min(COMING, products.length); nth += 1) {
    const list = nth === 0 && own.length > 0 ? own : products;
    const product = list[(nth * 29 + random.int(0, 28)) % list.length];
    const [who, where] = [nth % 2, nth % PROVINCES.length];
    const [principal, buyer] = [principals[who], buyers[who]];
    if (!product || !principal || !buyer) continue;
    const line = { product: encodeCode(PROVINCE_ID, product.id), quantity: random.int(1, 3) };
    const pays = isOnline(nth) ? ('online' as const) : ('on_delivery' as const);
    const by = { ...act, actorId: principal.accountId };
    const orderId = await placeOrder(tx, by, reference, principal, {
      ...{ stallId: product.stall_id, lines: [line], name: buyer.nameFa, mobile: buyer.mobile },
      ...{ toProvince: PROVINCES[where] ?? 4, address: words.addresses[where] ?? '' },
      ...{ note: words.notes[nth % words.notes.length] ?? '', pays },
    });
    if (pays === 'online') await payOnline(tx, act, orderId, nth);
  }
}

/** What waits goes on: orders are accepted and sent, come, are rated, or go back. */
export async function advanceOrders(scene: MarketScene, act: Act): Promise<void> {
  const { tx } = scene;
  const rows = await tx
    .selectFrom('orders')
    .select(['id', 'state'])
    .where('province_id', '=', PROVINCE_ID)
    .where('state', 'in', ['placed', 'sent', 'return_asked'])
    .orderBy('recorded_at')
    .orderBy('id')
    .execute();
  const random = randomOf(act);
  for (const [nth, { id, state }] of rows.entries()) {
    if (state === 'placed') await send(scene, act, id, nth);
    else if (state === 'sent') await arrive(scene, act, id, random, nth);
    else await takeBack(scene, act, id);
  }
}

async function send({ tx }: MarketScene, act: Act, id: string, nth: number): Promise<void> {
  const order = () => getOrderForUpdate(tx, PROVINCE_ID, id);
  if (nth === 5) {
    const no = { verb: 'market.declineOrder', party: 'maker', note: words.declined } as const;
    await stepOrder(tx, act, await order(), no);
    return giveBack(tx, act, id);
  }
  if (nth < words.asks.length) {
    await sendMessage(tx, act, await order(), { party: 'buyer', said: words.asks[nth] ?? '' });
    await sendMessage(tx, act, await order(), { party: 'maker', said: words.answers[nth] ?? '' });
  }
  await stepOrder(tx, act, await order(), { verb: 'market.acceptOrder', party: 'maker' });
  // The last of a week is still being made.
  if (nth === 4) return;
  await stepOrder(tx, act, await order(), { verb: 'market.sendOrder', party: 'maker' });
}

async function arrive(
  { tx, reference }: MarketScene,
  act: Act,
  id: string,
  random: Random,
  nth: number,
): Promise<void> {
  const order = () => getOrderForUpdate(tx, PROVINCE_ID, id);
  await stepOrder(tx, act, await order(), { verb: 'market.deliverOrder', party: 'buyer' });
  if (nth === 2) {
    const lines = [{ place: 1, quantity: 1 }];
    return askReturn(tx, act, reference, await order(), { lines, reason: words.returnReason });
  }
  if (nth === 3 && random.chance(0.4)) return complain(tx, act, await order(), words.complaint);
  const [stars, said] = random.pick(words.ratings);
  if (random.chance(0.8)) await rateOrder(tx, act, await order(), { stars, said });
}

async function takeBack({ tx }: MarketScene, act: Act, id: string): Promise<void> {
  const order = await getOrderForUpdate(tx, PROVINCE_ID, id);
  await acceptReturn(tx, act, order, { party: 'maker', onHandAgain: false });
  await giveBack(tx, act, id);
}
