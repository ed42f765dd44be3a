import { sql } from 'kysely';
import { addDays, isoDate } from '../src/kit/jalali.ts';
import { acceptPledges, askMakers, lockOwn, pledge } from '../src/market/index.ts';
import type { Act } from '../src/platform/history.ts';
import { buyersOf } from './market-buyers.ts';
import { marketData } from './market-data.ts';
import type { MarketScene } from './market-scene.ts';
import { shownMakers } from './market-stalls.ts';
import { PROVINCE_ID } from './plan-targets.ts';

const { words, buyers } = marketData;
const { bulk } = words;

type Good = {
  readonly stall_id: string;
  readonly person_id: string;
  readonly product_id: string;
  readonly title: string;
  readonly price_rial: bigint;
};

/** A thing of each stall that sells of the trade with most of them, the shown maker's trade before others and theirs first. */
async function goodsOfTrade(
  { tx, cases }: MarketScene,
  { today }: Act,
  place: number,
): Promise<Good[]> {
  const shown = shownMakers(cases);
  const { rows } = await sql<Good>`
    with selling as (
      select s.id, s.person_id, s.occupation_id, s.case_id = any(${shown}::uuid[]) as own
      from stalls s
      join cases c on c.province_id = ${PROVINCE_ID} and c.id = s.case_id and c.state = 'issued'
      join permits t on t.province_id = ${PROVINCE_ID} and t.id = c.permit_id and t.valid_until > ${today}::date
      where s.province_id = ${PROVINCE_ID} and s.state = 'open'),
    trades as (
      select occupation_id from selling group by 1 having count(*) > 1
      order by bool_or(own) desc, count(*) desc, 1 offset ${place} limit 1)
    select * from (
      select distinct on (s.id) s.id as stall_id, s.person_id, p.id as product_id, p.title, p.price_rial, s.own
      from trades t
      join selling s on s.occupation_id = t.occupation_id
      join products p on p.province_id = ${PROVINCE_ID} and p.stall_id = s.id and p.state = 'listed'
      order by s.id, p.price_rial) as goods
    order by own desc, stall_id limit ${bulk.parts.length}`.execute(tx);
  return rows;
}

/** The shop asks all makers of a trade for many, and each pledges what a home makes in a month. */
async function ask(scene: MarketScene, act: Act, goods: readonly Good[], pledging: number) {
  const { tx } = scene;
  const [shop, buyer] = [(await buyersOf(scene))[1], buyers[1]];
  const [first] = goods;
  if (!shop || !buyer || !first) return undefined;
  const day = (days: number) => addDays(isoDate(act.today), days);
  const requestId = await askMakers(tx, { ...act, actorId: shop.accountId }, shop, {
    ...{ productId: first.product_id, title: bulk.title.replace('{title}', first.title) },
    ...{ about: bulk.about, quantity: bulk.quantity, closesOn: day(18), neededBy: day(60) },
    mostRial: (first.price_rial * 12n) / 10n,
    ...{ name: buyer.nameFa, mobile: buyer.mobile, toProvince: 23 },
    address: words.addresses[0] ?? '',
  });
  for (const [nth, good] of goods.slice(0, pledging).entries()) {
    await pledge(
      tx,
      act,
      { accountId: '', personId: good.person_id },
      {
        ...{ requestId, stallId: good.stall_id, productId: null, readyOn: day(40 + nth * 3) },
        ...{ quantity: bulk.parts[nth] ?? 1 },
        eachRial: (first.price_rial * BigInt(90 + nth * 5)) / 100n,
        note: bulk.notes[nth],
      },
    );
  }
  return { requestId, shop };
}

/** A shop asks for many, its makers pledge parts, and it takes them all: an order of each. */
export async function fillTogether(scene: MarketScene, act: Act): Promise<void> {
  const goods = await goodsOfTrade(scene, act, 0);
  const asked = await ask(scene, act, goods, goods.length);
  if (!asked) return;
  const { tx, reference } = scene;
  const request = await lockOwn(tx, act, asked.shop, asked.requestId);
  const pledges = await tx
    .selectFrom('pledges')
    .select(['id', 'quantity'])
    .where('province_id', '=', PROVINCE_ID)
    .where('request_id', '=', asked.requestId)
    .orderBy('each_rial')
    .orderBy('id')
    .execute();
  await acceptPledges(tx, act, reference, { buyer: asked.shop, request, taken: pledges });
}

/** Another asks of the shown maker's trade and of one more, with a pledge of somebody else already there. */
export async function leaveRequestsOpen(scene: MarketScene, act: Act): Promise<void> {
  const own = await goodsOfTrade(scene, act, 0);
  await ask(scene, act, [...own.slice(1), ...own.slice(0, 1)], own.length - 1);
  const other = await goodsOfTrade(scene, act, 1);
  await ask(scene, act, other, other.length);
}
