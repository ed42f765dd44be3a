import type { Reference } from '../../accounts/index.ts';
import { normaliseMobile } from '../../kit/identifiers.ts';
import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import type { Tx } from '../../platform/database.ts';
import type { Act } from '../../platform/history.ts';
import type { Principal } from '../../platform/policy.ts';
import { getStall, writeOrder } from '../orders/place.ts';
import { moveStock } from '../stock.ts';
import {
  getRequestForUpdate,
  type PledgeRow,
  passOver,
  pledgesOf,
  type RequestRow,
  savePledge,
  saveRequest,
} from './queries.ts';
import { checkTaken, type RequestState, requestSteps, type Taken } from './rules.ts';
import { tellAsked } from './tell.ts';

/** What somebody asks the makers of a trade for. */
export type AskInput = {
  readonly productId: string;
  readonly title: string;
  readonly about?: string | undefined;
  readonly quantity: number;
  readonly mostRial: bigint | null;
  readonly neededBy: string;
  readonly closesOn: string;
  readonly name: string;
  readonly mobile: string;
  readonly toProvince: number;
  readonly address: string;
  readonly postalCode?: string | undefined;
};

/**
 * Asks the makers of a product's trade and province for many of it.
 * @returns the request's id
 * @throws Problem `platform.not_found`, `market.day_passed`, `accounts.not_a_mobile`
 */
export async function askMakers(
  tx: Tx,
  act: Act,
  buyer: Principal,
  input: AskInput,
): Promise<string> {
  if (input.closesOn < act.today || input.neededBy < input.closesOn) {
    throw new Problem('market.day_passed');
  }
  const mobile = normaliseMobile(input.mobile);
  if (!mobile) throw new Problem('accounts.not_a_mobile');
  const product = await tx
    .selectFrom('products')
    .select(['occupation_id', 'unit'])
    .where('province_id', '=', act.provinceId)
    .where('id', '=', input.productId)
    .where('state', '=', 'listed')
    .executeTakeFirst();
  if (!product) throw new Problem('platform.not_found');
  const id = uuid7(act.now.getTime());
  const state = nextState(requestSteps, 'market.askMakers', null);
  await tx
    .insertInto('requests')
    .values({
      ...{ province_id: act.provinceId, id, buyer_province_id: buyer.provinceId },
      ...{ buyer_id: buyer.accountId, buyer_name: normaliseText(input.name), buyer_mobile: mobile },
      ...{ to_province_id: input.toProvince, address: normaliseText(input.address) },
      ...{ postal_code: input.postalCode ?? null, occupation_id: product.occupation_id },
      ...{ title: normaliseText(input.title), about: normaliseText(input.about ?? '') },
      ...{ unit: product.unit, quantity: input.quantity, most_rial: input.mostRial },
      ...{ needed_by_on: input.neededBy, closes_on: input.closesOn, state, state_at: act.now },
      recorded_at: act.now,
    })
    .execute();
  await tellAsked(tx, act, { occupationId: product.occupation_id, title: input.title });
  return id;
}

/**
 * A request of the caller's own, locked.
 * @throws Problem `platform.not_found` (404) for everybody but its buyer
 */
export async function lockOwn(
  tx: Tx,
  { provinceId }: Act,
  { accountId, provinceId: from }: Principal,
  id: string,
): Promise<RequestRow> {
  const request = await getRequestForUpdate(tx, provinceId, id);
  const own = request.buyer_id === accountId && request.buyer_province_id === from;
  if (!own) throw new Problem('platform.not_found');
  return request;
}

/**
 * Accepts a set of pledges, or parts of them: each becomes an order of its own, all or none of them. What is on
 * hand is promised for all in one order of products, so sixty-four buyers of the same few never wait in a circle.
 * @returns the orders' ids
 * @throws Problem `platform.wrong_state`, `market.pledge_gone`, `market.sold_out`, `market.permit_not_valid`,
 *   `market.stall_closed` (409), `market.more_than_pledged`, `market.more_than_asked` (422)
 */
export async function acceptPledges(
  tx: Tx,
  act: Act,
  reference: Reference,
  { buyer, request, taken }: Accepting,
): Promise<string[]> {
  const state = nextState(requestSteps, 'market.acceptPledges', request.state as RequestState);
  const all = await pledgesOf(tx, act.provinceId, request.id);
  const standing = all.filter((one) => one.state === 'standing');
  const quantities = new Map(standing.map(({ id, quantity }) => [id, quantity]));
  const ordered = checkTaken(request.quantity, quantities, taken);
  const chosen = taken.flatMap(({ id, quantity }) =>
    standing.filter((one) => one.id === id).map((pledge) => ({ pledge, quantity })),
  );
  const promised = chosen.flatMap(({ pledge: { product_id: productId }, quantity }) =>
    productId === null ? [] : [{ productId, kind: 'promised' as const, quantity: -quantity }],
  );
  await moveStock(tx, act, promised);
  await saveRequest(tx, request, { state, state_at: act.now, ordered });
  const orders: string[] = [];
  for (const { pledge, quantity } of chosen) {
    orders.push(await orderOf(tx, act, reference, { buyer, request, pledge, quantity }));
  }
  await passOver(tx, act.provinceId, request.id);
  return orders;
}

type Accepting = {
  readonly buyer: Principal;
  readonly request: RequestRow;
  readonly taken: readonly Taken[];
};

/** The order that a part of a pledge becomes. */
async function orderOf(
  tx: Tx,
  act: Act,
  reference: Reference,
  it: Omit<Accepting, 'taken'> & { readonly pledge: PledgeRow; readonly quantity: number },
): Promise<string> {
  const { buyer, request, pledge, quantity } = it;
  const stall = await getStall(tx, act, pledge.stall_id, buyer);
  const target = {
    ...{ name: request.buyer_name, mobile: request.buyer_mobile },
    ...{ toProvince: request.to_province_id, address: request.address },
    ...(request.postal_code === null ? {} : { postalCode: request.postal_code }),
    ...{ note: request.about, pays: 'on_delivery' as const },
  };
  const { title, unit } = request;
  const line = { productId: pledge.product_id, title, unit, eachRial: pledge.each_rial, quantity };
  const parts = { stall, target, lines: [line], requestId: request.id };
  const orderId = await writeOrder(tx, act, reference, buyer, parts);
  await savePledge(tx, pledge, { state: 'accepted', order_id: orderId });
  return orderId;
}

/** Takes a request back while it is open. @throws Problem `platform.wrong_state` (409) */
export async function cancelRequest(tx: Tx, act: Act, request: RequestRow): Promise<void> {
  const state = nextState(requestSteps, 'market.cancelRequest', request.state as RequestState);
  await saveRequest(tx, request, { state, state_at: act.now });
  await passOver(tx, act.provinceId, request.id);
}
