import { referenceOf } from '../accounts/index.ts';
import { encodeCode } from '../kit/code.ts';
import { signedIn } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { CodeAnswer, MyStallsAnswer, OpenStallBody } from './contract.ts';
import { marketPermissions as table } from './policy.ts';
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
];
