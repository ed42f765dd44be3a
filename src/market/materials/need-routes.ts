import { referenceOf } from '../../accounts/index.ts';
import { encodeCode } from '../../kit/code.ts';
import { idIn, signedIn, visibleCase } from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import {
  CodeOnly,
  CollectBody,
  Done,
  GiveBody,
  JoinBody,
  MyNeedsAnswer,
  NeedBody,
  PaymentBody,
  PurchasesQuery,
  ReasonBody,
  ReturnBody,
} from './contract.ts';
import { collect, leaveBehind, payShare } from './hand-out.ts';
import { giveLeftover, returnLeftover } from './leftovers.ts';
import { joinPurchase, leavePurchase, stateNeed, visibleNeed, withdrawNeed } from './needs.ts';
import { materialPermissions as table } from './policy.ts';
import { showMyNeeds } from './show-mine.ts';

const oneOfMany =
  'a maker’s share is one of many in a purchase, and the sum of all is kept beside it';

/** What makers need, and their shares of what was bought together. */
export const needRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'market.showMyNeeds',
    method: 'GET',
    url: '/api/my-needs',
    summary: 'What the caller needs, their shares, and the purchases they could join',
    access: { table, permission: 'market.showMyNeeds' },
    query: PurchasesQuery,
    response: MyNeedsAnswer,
    wholeProvince: oneOfMany,
    handle: async ({ tx, act, principal, house }) => {
      const reference = await referenceOf(house.database);
      return showMyNeeds(tx, reference, act, signedIn(principal));
    },
  }),
  endpoint({
    id: 'market.stateNeed',
    method: 'POST',
    url: '/api/needs',
    summary: 'State a need for a material: how much and by when',
    access: { table, permission: 'market.stateNeed' },
    body: NeedBody,
    response: Done,
    status: 201,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'market.permit_not_valid'],
      ...['market.quantity_wrong', 'market.day_passed'],
    ],
    handle: async ({ tx, act, principal, body }) => {
      const { id: caseId } = await visibleCase(tx, principal, body.caseCode);
      const id = await stateNeed(tx, act, {
        ...{ caseId, materialId: idIn(act.provinceId, body.material) },
        ...{ quantity: BigInt(body.quantity), neededBy: body.neededBy },
      });
      return { code: encodeCode(act.provinceId, id) };
    },
  }),
  endpoint({
    id: 'market.joinPurchase',
    method: 'POST',
    url: '/api/needs/:code/join',
    summary: 'Join a purchase with a need, at one of its delivery points',
    access: { table, permission: 'market.joinPurchase' },
    params: CodeOnly,
    body: JoinBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state', 'market.purchase_unfit'],
      ...['market.purchase_closed', 'market.no_such_point', 'market.joined_already'],
      'market.purchase_full',
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const needId = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      const purchaseId = idIn(act.provinceId, body.purchase);
      await joinPurchase(tx, act, { needId, purchaseId, point: body.point });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.leavePurchase',
    method: 'POST',
    url: '/api/needs/:code/leave',
    summary: 'Leave a purchase while it is open',
    access: { table, permission: 'market.leavePurchase' },
    params: CodeOnly,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.not_in_purchase', 'market.purchase_closed'],
    ],
    handle: async ({ tx, act, principal, params }) => {
      const id = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      await leavePurchase(tx, act, id);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.withdrawNeed',
    method: 'POST',
    url: '/api/needs/:code/withdraw',
    summary: 'Take back a need that is in no purchase',
    access: { table, permission: 'market.withdrawNeed' },
    params: CodeOnly,
    response: Done,
    wholeProvince: oneOfMany,
    problems: ['platform.not_found', 'platform.wrong_state'],
    handle: async ({ tx, act, principal, params }) => {
      const id = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      await withdrawNeed(tx, act, id);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.collect',
    method: 'POST',
    url: '/api/needs/:code/collect',
    summary: 'Record that a maker collected their share, or so much of it',
    access: { table, permission: 'market.collect' },
    params: CodeOnly,
    body: CollectBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state', 'market.not_in_purchase'],
      ...['market.more_than_share', 'market.not_there_yet'],
    ],
    handle: async ({ tx, act, principal, params, body: { quantity } }) => {
      const id = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      await collect(tx, act, id, quantity === undefined ? undefined : BigInt(quantity));
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.payShare',
    method: 'POST',
    url: '/api/needs/:code/payments',
    summary: 'Record a payment of a maker’s share',
    access: { table, permission: 'market.payShare' },
    params: CodeOnly,
    body: PaymentBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.not_in_purchase', 'market.more_than_owed'],
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const id = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      const { amountRial, reference } = body;
      await payShare(tx, act, id, { amountRial: BigInt(amountRial), reference });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.leaveBehind',
    method: 'POST',
    url: '/api/needs/:code/leave-behind',
    summary: 'Record that a maker did not collect the rest of their share in time',
    access: { table, permission: 'market.leaveBehind' },
    params: CodeOnly,
    body: ReasonBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.not_in_purchase', 'market.still_time'],
    ],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const needId = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      const reference = await referenceOf(house.database);
      await leaveBehind(tx, act, reference, { needId, reason: body.reason });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.giveLeftover',
    method: 'POST',
    url: '/api/needs/:code/give',
    summary: 'Give what a maker left behind to another of the same purchase',
    access: { table, permission: 'market.giveLeftover' },
    params: CodeOnly,
    body: GiveBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.not_in_purchase', 'market.purchase_unfit'],
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const by = signedIn(principal);
      const needId = await visibleNeed(tx, act.provinceId, by, params.code);
      const toNeedId = await visibleNeed(tx, act.provinceId, by, body.to);
      await giveLeftover(tx, act, { needId, toNeedId, reason: body.reason });
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'market.returnLeftover',
    method: 'POST',
    url: '/api/needs/:code/return',
    summary: 'Send what a maker left behind back to the supplier, who may refund its price',
    access: { table, permission: 'market.returnLeftover' },
    params: CodeOnly,
    body: ReturnBody,
    response: Done,
    wholeProvince: oneOfMany,
    problems: [
      ...['platform.not_found', 'platform.wrong_state'],
      ...['market.not_in_purchase', 'market.refund_too_large'],
    ],
    handle: async ({ tx, act, principal, params, body }) => {
      const needId = await visibleNeed(tx, act.provinceId, signedIn(principal), params.code);
      const { refundRial, reason } = body;
      await returnLeftover(tx, act, { needId, refundRial: BigInt(refundRial), reason });
      return { code: params.code };
    },
  }),
];
