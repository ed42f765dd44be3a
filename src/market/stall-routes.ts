import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { idIn, signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import {
  CodeAnswer,
  CodeParams,
  MyStallAnswer,
  MyStallsAnswer,
  OpenStallBody,
  StallBody,
} from './contract.ts';
import { changeStall, showMyStall } from './my-stall.ts';
import { marketPermissions as table } from './policy.ts';
import { getOwnStall } from './products.ts';
import { listMine, openStall } from './stalls.ts';

/** A maker's own stall. */
export const stallRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.showMyStalls',
    method: 'GET',
    url: '/api/my-stalls',
    summary: 'The caller’s permits, each with its stall or without one yet',
    access: { table, permission: 'market.showMyStalls' },
    response: MyStallsAnswer,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return { items: await listMine(tx, reference, act, signedIn(principal)) };
    },
  }),
  endpoint({
    id: 'market.openStall',
    method: 'POST',
    url: '/api/stalls',
    summary: 'Open a stall for a permit of one’s own',
    access: { table, permission: 'market.openStall' },
    body: OpenStallBody,
    response: CodeAnswer,
    status: 201,
    problems: ['platform.not_found', 'market.permit_not_valid', 'market.stall_open_already'],
    handle: async ({ tx, act, principal, body }) => {
      const id = await openStall(tx, act, signedIn(principal), body);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.showMyStall',
    method: 'GET',
    url: '/api/my-stalls/:code',
    objectFrom: 'account',
    summary: 'A stall of one’s own with all it holds',
    access: { table, permission: 'market.showMyStalls' },
    params: CodeParams,
    response: MyStallAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const id = idIn(act.provinceId, params.code);
      return showMyStall(tx, reference, act, signedIn(principal), id);
    },
  }),
  endpoint({
    id: 'market.changeStall',
    method: 'POST',
    url: '/api/stalls/:code',
    objectFrom: 'account',
    summary: 'Name one’s own stall anew, tell of it, open or close it',
    access: { table, permission: 'market.keepProducts' },
    params: CodeParams,
    body: StallBody,
    response: CodeAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, params, body }) => {
      const { id } = await getOwnStall(tx, act.provinceId, idIn(act.provinceId, params.code));
      await changeStall(tx, act, id, body);
      return { code: params.code };
    },
  }),
];
