import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { Problem } from '../../kit/problem.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { CodeAnswer, CodeParams } from '../contract.ts';
import { marketPermissions as table } from '../policy.ts';
import { getOwnStall } from '../products.ts';
import { OrderAnswer, OrderBody, OrderListAnswer } from './contract.ts';
import { demandBuyer, demandReader } from './party.ts';
import { beginPayment, confirmPayment } from './payments.ts';
import { placeOrder } from './place.ts';
import { getOrder, getOrderForUpdate } from './queries.ts';
import { listBought, listSold, showOrder } from './show.ts';

/** Why a buyer of another province acts here: the rules hold each party to their own orders. */
export const anyProvince =
  'A buyer may live in any province; partyOf holds everybody to their own.';

/** Ordering, and looking at what was ordered. */
export const orderRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.order',
    method: 'POST',
    url: '/api/stalls/:code/orders',
    summary: 'Order products of one stall, from any province',
    access: { table, permission: 'market.order' },
    params: CodeParams,
    body: OrderBody,
    response: CodeAnswer,
    status: 201,
    anyProvince,
    problems: [
      'platform.not_found',
      'market.sold_out',
      'market.permit_not_valid',
      'market.stall_closed',
      'market.not_sent_there',
      'market.fetched_apart',
      'market.address_missing',
      'market.county_missing',
      'accounts.unknown_county',
      'market.own_product',
      'market.no_gateway',
      'accounts.not_a_mobile',
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      if (body.pays === 'online' && !house.paysOnline) throw new Problem('market.no_gateway');
      const reference = await referenceOf(house.database);
      const stallId = idIn(act.provinceId, params.code);
      const number = (code: string | undefined) => (code === undefined ? undefined : Number(code));
      const to = { toProvince: number(body.toProvince), toCounty: number(body.toCounty) };
      const given = { ...body, ...to, stallId };
      const id = await placeOrder(tx, act, reference, signedIn(principal), given);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.showOrder',
    method: 'GET',
    url: '/api/orders/:code',
    summary: 'An order with its steps, messages and what the caller may do now',
    access: { table, permission: 'market.showOrder' },
    params: CodeParams,
    response: OrderAnswer,
    anyProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const who = signedIn(principal);
      const order = await getOrder(tx, act.provinceId, idIn(act.provinceId, params.code));
      const party = demandReader(who, order);
      const acting = table['market.actOnOrder']?.includes(who.role) ?? false;
      return showOrder(tx, reference, order, { principal: who, party, today: act.today, acting });
    },
  }),
  endpoint({
    id: 'market.showBought',
    method: 'GET',
    url: '/api/my-orders',
    summary: 'What the caller ordered, in whichever provinces',
    access: { table, permission: 'market.order' },
    response: OrderListAnswer,
    handle: async ({ principal, house }) => ({
      items: await listBought(house.database, signedIn(principal)),
    }),
  }),
  endpoint({
    id: 'market.showSold',
    method: 'GET',
    url: '/api/stalls/:code/orders',
    summary: 'The orders of one’s own stall, those that wait first',
    access: { table, permission: 'market.keepProducts' },
    params: CodeParams,
    response: OrderListAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params }) => {
      const { id } = await getOwnStall(tx, act.provinceId, idIn(act.provinceId, params.code));
      return { items: await listSold(tx, act.provinceId, id) };
    },
  }),
  ...(
    [
      ['market.pay', 'pay', 'Begin to pay for an order through the gateway', beginPayment],
      ['market.confirmPayment', 'confirm-payment', 'Back from the gateway', confirmPayment],
    ] as const
  ).map(([id, path, summary, act]) =>
    endpoint({
      id,
      method: 'POST',
      url: `/api/orders/:code/${path}`,
      summary,
      access: { table, permission: 'market.order' },
      params: CodeParams,
      response: CodeAnswer,
      status: 202,
      anyProvince,
      problems: ['platform.not_found', 'platform.wrong_state'],
      handle: async ({ tx, act: doing, principal, params }) => {
        const id = idIn(doing.provinceId, params.code);
        const order = await getOrderForUpdate(tx, doing.provinceId, id);
        demandBuyer(signedIn(principal), order);
        await act(tx, doing, order);
        return { code: params.code };
      },
    }),
  ),
];
