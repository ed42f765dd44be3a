import { Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import {
  CodeAnswer,
  CodeParams,
  openCase,
  permitPermissions,
  signedIn,
  visibleCase,
} from '../../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../../platform/endpoint.ts';
import { demandReach } from '../../platform/policy.ts';
import { financingPermissions } from '../policy.ts';
import { recallLoan, recordDeath, repayLoans, rescheduleLoans, settleLoans } from './actions.ts';
import {
  FallDueBody,
  LoanAnswer,
  PreviewAnswer,
  PreviewBody,
  RepayBody,
  RescheduleBody,
  SettleBody,
  ShareCostAnswer,
} from './contract.ts';
import { shareCostOf } from './share-cost.ts';
import { loansOfCase, previewOf } from './show.ts';

const problems = ['platform.not_found', 'platform.wrong_state', 'financing.no_loan'] as const;
const dated = [...problems, 'financing.before_last_step'] as const;
const moneyProblems = [...dated, 'financing.over_debt', 'financing.reference_taken'] as const;

export const loanRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'financing.shareCost',
    method: 'GET',
    url: '/api/fee-shares',
    summary: 'What the parts of loan fees that the government and other payers bear cost',
    access: { table: financingPermissions, permission: 'financing.shareCost' },
    query: Type.Object({ province: Type.Optional(Type.String({ pattern: '^[0-9]{1,2}$' })) }),
    response: ShareCostAnswer,
    province: ({ query, principal }) => Number(query.province ?? principal?.provinceId ?? 0),
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, house }) => {
      demandReach(signedIn(principal), act.provinceId);
      return shareCostOf(tx, await referenceOf(house.database), act.provinceId);
    },
  }),
  endpoint({
    id: 'financing.showLoans',
    method: 'GET',
    url: '/api/cases/:code/loans',
    summary: 'The loans of a case with their schedules: paid, late, next',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: LoanAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      const key = await openCase(tx, act, principal, params.code);
      return { loans: await loansOfCase(tx, key, act.today) };
    },
  }),
  endpoint({
    id: 'financing.previewLoan',
    method: 'POST',
    url: '/api/loan-preview',
    summary: 'The schedule that a loan of these terms would have',
    access: { public: 'it reckons with what the caller gives, and knows of nobody' },
    notIdempotent: 'it writes nothing',
    body: PreviewBody,
    response: PreviewAnswer,
    handle: async ({ body }) => previewOf(body, BigInt(body.amountRial), body.paidOn),
  }),
  endpoint({
    id: 'financing.repay',
    method: 'POST',
    url: '/api/plans/:code/repay',
    summary: 'Record a repayment; what is more than due pays ahead, shortens or lowers',
    access: { table: financingPermissions, permission: 'financing.repay' },
    params: CodeParams,
    body: RepayBody,
    response: CodeAnswer,
    problems: moneyProblems,
    handle: async ({ tx, act, principal, params, body }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      const { amountRial, happenedOn = act.today, ...rest } = body;
      await repayLoans(tx, act, [{ ...rest, caseId, happenedOn, amountRial: BigInt(amountRial) }]);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'financing.settle',
    method: 'POST',
    url: '/api/plans/:code/settle',
    summary: 'Settle a loan before its time, by exactly what settles it on the day',
    access: { table: financingPermissions, permission: 'financing.settle' },
    params: CodeParams,
    body: SettleBody,
    response: CodeAnswer,
    problems: [...moneyProblems, 'financing.not_settlement'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      const { amountRial, happenedOn = act.today, ...rest } = body;
      await settleLoans(tx, act, [{ ...rest, caseId, happenedOn, amountRial: BigInt(amountRial) }]);
      return { code: params.code };
    },
  }),
  endpoint({
    id: 'financing.reschedule',
    method: 'POST',
    url: '/api/plans/:code/reschedule',
    summary: 'Spread what is owed anew over so many months, with the reason',
    access: { table: financingPermissions, permission: 'financing.reschedule' },
    params: CodeParams,
    body: RescheduleBody,
    response: CodeAnswer,
    problems: [...dated, 'financing.reason_missing'],
    handle: async ({ tx, act, principal, params, body }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      const { happenedOn = act.today, ...rest } = body;
      await rescheduleLoans(tx, act, [{ ...rest, caseId, happenedOn }]);
      return { code: params.code };
    },
  }),
  ...fallDueRoutes(),
];

/** Recall and death: the whole debt falls due at once. */
function fallDueRoutes(): AnyEndpoint[] {
  const routes = [
    { id: 'financing.recallLoan', path: 'recall', act: recallLoan, summary: 'Recall the loan' },
    {
      id: 'financing.recordDeath',
      path: 'record-death',
      act: recordDeath,
      summary: 'Record that the holder died',
    },
  ] as const;
  return routes.map(({ id, path, act: fall, summary }) =>
    endpoint({
      id,
      method: 'POST',
      url: `/api/plans/:code/${path}`,
      summary: `${summary}: the whole debt falls due at once`,
      access: { table: financingPermissions, permission: id },
      params: CodeParams,
      body: FallDueBody,
      response: CodeAnswer,
      problems: [...dated, 'financing.reason_missing'],
      handle: async ({ tx, act, principal, params, body }) => {
        const { id: caseId } = await visibleCase(tx, principal, params.code);
        await fall(tx, act, { happenedOn: act.today, ...body, caseId });
        return { code: params.code };
      },
    }),
  );
}
