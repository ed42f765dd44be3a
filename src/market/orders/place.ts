import { type Reference, settingOn } from '../../accounts/index.ts';
import { normaliseMobile } from '../../kit/identifiers.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { idIn } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { orderSteps } from '../order-rules.ts';
import type { ProductRow } from '../products.ts';
import { checkStanding, type Reach } from '../rules.ts';
import { permitsNow } from '../stalls.ts';
import { moveStock } from '../stock.ts';
import { insertOrderStep } from './queries.ts';
import { destinationOf, type Wish } from './reach.ts';
import { tellMaker } from './tell.ts';

/** Where an order goes, and to whom. */
export type OrderTarget = {
  readonly name: string;
  readonly mobile: string;
  readonly toProvince: number;
  /** Absent where nobody had to say it. */
  readonly toCounty?: number | null | undefined;
  /** Empty where the buyer fetches it. */
  readonly address: string;
  readonly postalCode?: string | undefined;
  readonly note?: string | undefined;
  readonly pays: 'online' | 'on_delivery';
};

/** A line of a new order, frozen as it is offered; without a product where it is made for a request. */
export type NewLine = {
  readonly productId: string | null;
  readonly title: string;
  readonly unit: string;
  readonly eachRial: bigint;
  readonly quantity: number;
};

/** A stall as an order needs it. */
export type StallFor = {
  readonly id: string;
  readonly case_id: string;
  readonly person_id: string;
  readonly county_id: number;
  readonly state: string;
  readonly name: string;
};

/**
 * Orders products of one stall. What is on hand is promised in the same transaction, each product locked
 * in its turn, so sixty-four buyers of five pieces are five orders.
 * @throws Problem `market.sold_out`, `market.permit_not_valid`, `market.stall_closed` (409),
 *   `market.own_product`, `market.no_gateway` (422), `platform.not_found` (404), and as {@link destinationOf}
 */
export async function placeOrder(
  tx: Tx,
  act: Act,
  reference: Reference,
  buyer: Principal,
  given: Omit<OrderTarget, keyof Wish> &
    Wish & {
      readonly stallId: string;
      readonly lines: readonly { readonly product: string; readonly quantity: number }[];
    },
): Promise<string> {
  const stall = await getStall(tx, act, given.stallId, buyer);
  const quantities = new Map<string, number>();
  for (const { product, quantity } of given.lines) {
    const id = idIn(act.provinceId, product);
    quantities.set(id, (quantities.get(id) ?? 0) + quantity);
  }
  const promised = [...quantities].map(([productId, quantity]) => {
    return { productId, kind: 'promised', quantity: -quantity } as const;
  });
  await moveStock(tx, act, promised);
  const products = await productsOf(tx, act.provinceId, stall.id, [...quantities.keys()]);
  const home = { provinceId: act.provinceId, countyId: stall.county_id };
  const goods = products.map(({ title, sends_to }) => ({ title, reach: sends_to as Reach }));
  const target = { ...given, ...destinationOf(reference, goods, home, given) };
  const lines = products.map((product) => ({
    ...{ productId: product.id, title: product.title, unit: product.unit },
    eachRial: product.price_rial,
    quantity: quantities.get(product.id) ?? 0,
  }));
  return writeOrder(tx, act, reference, buyer, { stall, target, lines });
}

/**
 * A stall that sells today, to somebody who is not its own maker.
 * @throws Problem as {@link placeOrder}
 */
export async function getStall(
  tx: Tx,
  act: Act,
  stallId: string,
  buyer: Pick<Principal, 'personId'>,
): Promise<StallFor> {
  const stall = await tx
    .selectFrom('stalls')
    .select(['id', 'case_id', 'person_id', 'county_id', 'state', 'name'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', stallId)
    .executeTakeFirst();
  if (!stall) throw new Problem('platform.not_found');
  if (stall.state !== 'open') throw new Problem('market.stall_closed');
  if (stall.person_id === buyer.personId) throw new Problem('market.own_product');
  const permits = await permitsNow(tx, act.provinceId, [stall.case_id], act.today);
  checkStanding(permits.get(stall.case_id)?.standing ?? 'revoked');
  return stall;
}

async function productsOf(
  tx: Tx,
  provinceId: number,
  stallId: string,
  ids: readonly string[],
): Promise<ProductRow[]> {
  const rows = await tx
    .selectFrom('products')
    .selectAll()
    .where('province_id', '=', provinceId)
    .where('stall_id', '=', stallId)
    .where('state', '=', 'listed')
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  if (rows.length < ids.length) throw new Problem('platform.not_found');
  return rows;
}

/**
 * Writes an order that may be written: at the prices, and the commission, of this day.
 * @returns its id
 */
export async function writeOrder(
  tx: Tx,
  act: Act,
  reference: Reference,
  buyer: Principal,
  parts: {
    readonly stall: StallFor;
    readonly target: OrderTarget;
    readonly lines: readonly NewLine[];
    readonly requestId?: string;
  },
): Promise<string> {
  const { stall, target, lines } = parts;
  const [id, online] = [uuid7(act.now.getTime()), target.pays === 'online'];
  const setting = (key: string) =>
    Number(settingOn(reference, `market.${key}`, act.provinceId, act.today));
  const until = new Date(act.now.getTime() + setting('pay_minutes') * 60_000);
  const verb = online ? 'market.reserve' : 'market.order';
  const state = orderSteps.steps[verb].to;
  await tx
    .insertInto('orders')
    .values({
      ...{ province_id: act.provinceId, id, request_id: parts.requestId ?? null },
      ...{ stall_id: stall.id, case_id: stall.case_id },
      ...{ person_id: stall.person_id, buyer_province_id: buyer.provinceId },
      ...{ buyer_id: buyer.accountId, buyer_name: normaliseText(target.name) },
      ...{ buyer_mobile: getMobile(target.mobile), to_province_id: target.toProvince },
      ...{ to_county_id: target.toCounty ?? null, address: normaliseText(target.address) },
      postal_code: target.postalCode ?? null,
      ...{ note: normaliseText(target.note ?? ''), pays: target.pays, state, state_at: act.now },
      goods_rial: lines.reduce((sum, one) => sum + one.eachRial * BigInt(one.quantity), 0n),
      ...{ commission_bp: setting('commission'), pay_until_at: online ? until : null },
      recorded_at: act.now,
    })
    .execute();
  await insertLines(tx, act, { id, personId: stall.person_id }, lines);
  await insertOrderStep(tx, act, { orderId: id, verb, from: null, to: state, party: 'buyer' });
  if (!online) await tellMaker(tx, act, { id, person_id: stall.person_id }, 'newOrder');
  return id;
}

/** @throws Problem `accounts.not_a_mobile` (422) */
function getMobile(given: string): string {
  const mobile = normaliseMobile(given);
  if (!mobile) throw new Problem('accounts.not_a_mobile');
  return mobile;
}

async function insertLines(
  tx: Tx,
  act: Act,
  order: { readonly id: string; readonly personId: string },
  lines: readonly NewLine[],
) {
  const rows = lines.map((line, at) => ({
    ...{ province_id: act.provinceId, order_id: order.id, place: at + 1 },
    person_id: order.personId,
    ...{ product_id: line.productId, title: line.title, unit: line.unit },
    ...{ each_rial: line.eachRial, quantity: line.quantity },
  }));
  await tx.insertInto('order_lines').values(rows).execute();
}
