import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { caseKey, signedIn } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { financingPermissions as table } from '../policy.ts';
import { listAllocations, showAllocation } from './answer.ts';
import {
  AllocationAnswer,
  AllocationCode,
  AllocationParams,
  AllocationsAnswer,
  AllocationsQuery,
  OpenAllocationBody,
  SplitBody,
} from './contract.ts';
import { openInput, shareInputs } from './inputs.ts';
import { openAllocation, setShares } from './split.ts';

/** Allocations: their list, how each stands, opening one, and splitting it. */
export const allocationRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.allocations',
    method: 'GET',
    url: '/api/allocations',
    summary: 'The allocations of a province, the newest first',
    access: { table, permission: 'financing.allocations' },
    query: AllocationsQuery,
    response: AllocationsAnswer,
    province: ({ query, principal }) => Number(query.province ?? principal?.provinceId ?? 0),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, house }) => {
      demandReach(signedIn(principal), act.provinceId);
      return listAllocations(tx, await referenceOf(house.database), act.provinceId);
    },
  }),
  endpoint({
    id: 'financing.showAllocation',
    method: 'GET',
    url: '/api/allocations/:code',
    summary:
      'How an allocation stands, as far as it is the caller’s: money, pace, shares, revisions',
    access: { table, permission: 'financing.allocations' },
    params: AllocationParams,
    response: AllocationAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const reference = await referenceOf(house.database);
      const key = caseKey(params.code);
      const caller = signedIn(principal);
      demandReach(caller, key.provinceId);
      return showAllocation(tx, { reference, principal: caller, today: act.today }, key);
    },
  }),
  endpoint({
    id: 'financing.openAllocation',
    method: 'POST',
    url: '/api/allocations',
    summary: 'Open an allocation: a budget line’s money for the province until a day',
    access: { table, permission: 'financing.openAllocation' },
    body: OpenAllocationBody,
    response: AllocationCode,
    status: 201,
    problems: [
      'financing.unknown_credit_line',
      'financing.decision_missing',
      'financing.wrong_span',
      'financing.allocation_known',
    ],
    handle: async ({ tx, act, body, house }) => {
      const reference = await referenceOf(house.database);
      const id = await openAllocation(tx, act, reference, openInput(body), body);
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'financing.splitAllocation',
    method: 'POST',
    url: '/api/allocations/:code/shares',
    summary:
      'Set ceilings of an allocation for agencies, counties, banks or crossings, with the reason',
    access: { table, permission: 'financing.splitAllocation' },
    params: AllocationParams,
    body: SplitBody,
    response: AllocationCode,
    problems: [
      'platform.not_found',
      'accounts.unknown_county',
      'financing.decision_missing',
      'financing.unknown_share',
      'financing.shares_over',
      'financing.under_used',
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const reference = await referenceOf(house.database);
      const { provinceId, id } = caseKey(params.code);
      demandReach(signedIn(principal), provinceId);
      await setShares(tx, act, reference, id, shareInputs(body), body);
      return { code: params.code };
    },
  }),
];
