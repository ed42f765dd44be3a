import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { anyProvince } from '../orders/order-routes.ts';
import { marketPermissions as table } from '../policy.ts';
import {
  AcceptAnswer,
  AcceptBody,
  AskBody,
  CodeOnly,
  Done,
  OpenRequestsAnswer,
  PledgeBody,
  RequestAnswer,
  RequestsAnswer,
} from './contract.ts';
import { pledge, withdrawPledge } from './pledges.ts';
import { acceptPledges, askMakers, cancelRequest, lockOwn } from './requests.ts';
import { listRequests, showOpenRequests, showRequest } from './show.ts';

const ofManyMakers = 'a request is filled by makers who do not see one another’s rows';

/** Requests from the buyer's side: ask, look, accept, take back. */
const buyerRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.askMakers',
    method: 'POST',
    url: '/api/products/:code/requests',
    summary: 'Ask the makers of a product’s trade for many of it, from any province',
    access: { table, permission: 'market.order' },
    params: CodeOnly,
    body: AskBody,
    response: Done,
    status: 201,
    anyProvince,
    problems: ['platform.not_found', 'market.day_passed', 'accounts.not_a_mobile'],
    handle: async ({ tx, act, principal, params, body: { mostRial, ...rest } }) => {
      const productId = idIn(act.provinceId, params.code);
      const most = mostRial === undefined ? null : BigInt(mostRial);
      const input = { ...rest, productId, mostRial: most, toProvince: Number(rest.toProvince) };
      const id = await askMakers(tx, act, signedIn(principal), input);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.listRequests',
    method: 'GET',
    url: '/api/my-requests',
    summary: 'What the caller asked several makers for, in whichever provinces',
    access: { table, permission: 'market.order' },
    response: RequestsAnswer,
    handle: async ({ principal, house }) => {
      const reference = await referenceOf(house.database);
      return { items: await listRequests(house.database, reference, signedIn(principal)) };
    },
  }),
  endpoint({
    id: 'market.showRequest',
    method: 'GET',
    url: '/api/requests/:code',
    summary: 'A request with the pledges of makers',
    access: { table, permission: 'market.showOrder' },
    params: CodeOnly,
    response: RequestAnswer,
    anyProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const id = idIn(act.provinceId, params.code);
      const reference = await referenceOf(house.database);
      return showRequest(tx, reference, { act, by: signedIn(principal), id });
    },
  }),
  endpoint({
    id: 'market.acceptPledges',
    method: 'POST',
    url: '/api/requests/:code/accept',
    summary: 'Accept pledges or parts of them; each becomes an order of its own',
    access: { table, permission: 'market.order' },
    params: CodeOnly,
    body: AcceptBody,
    response: AcceptAnswer,
    anyProvince,
    problems: [
      ...['platform.not_found', 'platform.wrong_state', 'market.pledge_gone', 'market.sold_out'],
      ...['market.more_than_pledged', 'market.more_than_asked', 'market.permit_not_valid'],
      ...['market.stall_closed', 'market.own_product'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const buyer = signedIn(principal);
      const request = await lockOwn(tx, act, buyer, idIn(act.provinceId, params.code));
      const taken = body.pledges.map(({ code, quantity }) => {
        return { id: idIn(act.provinceId, code), quantity };
      });
      const reference = await referenceOf(house.database);
      const ids = await acceptPledges(tx, act, reference, { buyer, request, taken });
      return { code: params.code, orders: ids.map((id) => encodeCode(act.provinceId, id)) };
    },
  }),
  endpoint({
    id: 'market.cancelRequest',
    method: 'POST',
    url: '/api/requests/:code/cancel',
    summary: 'Take a request back while it is open',
    access: { table, permission: 'market.order' },
    params: CodeOnly,
    response: Done,
    anyProvince,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params }) => {
      const id = idIn(act.provinceId, params.code);
      await cancelRequest(tx, act, await lockOwn(tx, act, signedIn(principal), id));
      return { code: params.code };
    },
  }),
];

/** Requests from the makers' side: look, pledge, take a pledge back. */
const makerRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.openRequests',
    method: 'GET',
    url: '/api/open-requests',
    summary: 'What buyers ask the makers of the caller’s trades for, and the caller’s pledges',
    access: { table, permission: 'market.keepProducts' },
    response: OpenRequestsAnswer,
    wholeProvince: ofManyMakers,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return showOpenRequests(tx, reference, { act, by: signedIn(principal) });
    },
  }),
  endpoint({
    id: 'market.pledge',
    method: 'POST',
    url: '/api/requests/:code/pledges',
    summary: 'Pledge a part of a request from a stall of one’s own',
    access: { table, permission: 'market.keepProducts' },
    params: CodeOnly,
    body: PledgeBody,
    response: Done,
    status: 201,
    wholeProvince: ofManyMakers,
    problems: [
      ...['platform.not_found', 'market.request_over', 'market.pledged_already'],
      ...['market.dearer_than_asked', 'market.later_than_asked', 'market.own_product'],
      ...['market.permit_not_valid', 'market.stall_closed'],
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const { stall, product, eachRial, ...rest } = body;
      const at = (code: string) => idIn(act.provinceId, code);
      const of = { requestId: at(params.code), stallId: at(stall) };
      const productId = product === undefined ? null : at(product);
      const input = { ...rest, ...of, productId, eachRial: BigInt(eachRial) };
      return {
        code: encodeCode(act.provinceId, await pledge(tx, act, signedIn(principal), input)),
      };
    },
  }),
  endpoint({
    id: 'market.withdrawPledge',
    method: 'POST',
    url: '/api/pledges/:code/withdraw',
    summary: 'Take a pledge of one’s own back before it is accepted',
    access: { table, permission: 'market.keepProducts' },
    params: CodeOnly,
    response: Done,
    wholeProvince: ofManyMakers,
    problems: ['platform.not_found', 'market.pledge_gone'],
    handle: async ({ tx, act, principal, params }) => {
      await withdrawPledge(tx, act, signedIn(principal), idIn(act.provinceId, params.code));
      return { code: params.code };
    },
  }),
];

/** Requests that several makers fill together. */
export const requestRoutes: readonly AnyEndpoint[] = [...buyerRoutes, ...makerRoutes];
