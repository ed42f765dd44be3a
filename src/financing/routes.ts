import { Type } from 'typebox';
import { referenceOf } from '../accounts/index.ts';
import {
  CodeAnswer,
  CodeParams,
  openCase,
  permitPermissions,
  TakeBackBody,
  visibleCase,
} from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { tellBanks } from './bank-api/events.ts';
import { caseOrdersRoute } from './bank-files/order-list-routes.ts';
import { PlanAnswer, ReferAnswer, ReferBody } from './contract.ts';
import { referMany } from './eligibility/refer-many.ts';
import { referAnswer, wishesOf } from './eligibility/wire.ts';
import { loanRoutes } from './loans/routes.ts';
import { paymentAskRoutes } from './payment-asks/routes.ts';
import { planRoutes } from './plan-routes.ts';
import { financingPermissions } from './policy.ts';
import { plansOfCase } from './show.ts';
import { takeBackPlanStep } from './take-back.ts';

export const financingRoutes: readonly AnyEndpoint[] = [
  ...planRoutes,
  ...paymentAskRoutes,
  ...loanRoutes,
  caseOrdersRoute,
  endpoint({
    id: 'financing.showPlans',
    method: 'GET',
    url: '/api/cases/:code/plans',
    summary: 'The plans of a case, with what the bank paid',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: PlanAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) => {
      const key = await openCase(tx, act, principal, params.code);
      const reference = await referenceOf(house.database);
      return { plans: await plansOfCase(tx, reference, key) };
    },
  }),
  endpoint({
    id: 'financing.refer',
    method: 'POST',
    url: '/api/plans/refer',
    summary:
      'Refer cases to agent banks together, each listed with every condition it does not meet',
    access: { table: financingPermissions, permission: 'financing.refer' },
    body: ReferBody,
    response: ReferAnswer,
    problems: ['platform.not_found', 'financing.refer_blocked', 'financing.over_ceiling'],
    handle: async ({ tx, act, body, house, ...words }) => {
      const wishes = wishesOf(body, act.provinceId);
      const reference = await referenceOf(house.database);
      const verdicts = await referMany(tx, act, reference, wishes, body.preview);
      const caseIds = body.preview ? [] : wishes.map(({ caseId }) => caseId);
      await tellBanks(tx, act, 'plan.referred', caseIds);
      return referAnswer(body, verdicts, words);
    },
  }),
  endpoint({
    id: 'financing.takeBack',
    method: 'POST',
    url: '/api/plans/:code/take-back',
    summary: 'Correct: take back the newest step of the case’s plan, with the reason',
    access: { table: financingPermissions, permission: 'financing.takeBack' },
    params: CodeParams,
    body: TakeBackBody,
    response: CodeAnswer,
    problems: ['platform.not_found', 'platform.later_step', 'financing.reason_missing'],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id } = await visibleCase(tx, principal, params.code);
      const inputs = [{ caseId: id, reason: body.reason }];
      await takeBackPlanStep(tx, act, await referenceOf(house.database), inputs);
      await tellBanks(tx, act, 'plan.taken_back', [id]);
      return { code: params.code };
    },
  }),
];
