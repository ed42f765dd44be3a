import { type TSchema, Type } from 'typebox';
import { referenceOf } from '../../accounts/index.ts';
import type { ClientScope } from '../../platform/client-token.ts';
import { type AnyEndpoint, type Call, endpoint } from '../../platform/endpoint.ts';
import { repayLoans } from '../loans/actions.ts';
import { payAndAsk, takeBankStep } from '../plan-acts.ts';
import { bankApiPermissions, financingPermissions } from '../policy.ts';
import type { PlanCaseVerb } from '../rules.ts';
import {
  ContractBody,
  OpenFileBody,
  PaymentBody,
  ReferralAnswer,
  ReferralList,
  ReferralParams,
  ReferralQuery,
  RefuseBody,
  RepaymentBody,
  ReturnBody,
} from './contract.ts';
import { holdReferral, pageOfReferrals, showReferral } from './referrals.ts';
import { webhookRoutes } from './webhook-routes.ts';

const problems = [
  'platform.not_found',
  'platform.wrong_state',
  'banks.not_newest',
  'financing.before_last_step',
];
const money = [...problems, 'financing.reference_taken'];
const table = financingPermissions;

/** What a bank's own system may ask and do: its own plans, by the validators and actions of everybody. */
export const bankApiRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'banks.listReferrals',
    method: 'GET',
    url: '/api/bank/v1/referrals',
    summary: 'The plans referred to the bank, in the order in which they changed',
    access: { table: bankApiPermissions, permission: 'banks.read' },
    clientScope: 'referrals.read',
    query: ReferralQuery,
    response: ReferralList,
    problems: ['banks.wrong_cursor'],
    handle: async ({ tx, act, principal, query, house }) =>
      pageOfReferrals(tx, act, await referenceOf(house.database), principal, query),
  }),
  endpoint({
    id: 'banks.showReferral',
    method: 'GET',
    url: '/api/bank/v1/referrals/:code',
    summary: 'One plan with its payments and repayments',
    access: { table: bankApiPermissions, permission: 'banks.read' },
    clientScope: 'referrals.read',
    params: ReferralParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: ReferralAnswer,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params, house }) =>
      showReferral(tx, act, await referenceOf(house.database), principal, params.code),
  }),
  stepRoute('openFile', 'open-file', 'Receipt: the bank opened a file', OpenFileBody),
  stepRoute('contract', 'contract', 'The contract was signed, for this sum', ContractBody, [
    'financing.over_request',
  ]),
  stepRoute('returnPlan', 'return', 'The bank returns the plan, for a coded reason', ReturnBody, [
    'financing.unknown_reason',
  ]),
  stepRoute('refusePlan', 'refuse', 'The bank refuses the plan, with its reason', RefuseBody),
  actRoute({
    id: 'banks.pay',
    path: 'payments',
    summary: 'A tranche was paid; the first opens the loan',
    permission: 'financing.pay',
    scope: 'payments.write',
    body: PaymentBody,
    problems: [...money, 'financing.over_plan', 'financing.wrong_tranche'],
    carry: payTranche,
  }),
  actRoute({
    id: 'banks.repay',
    path: 'repayments',
    summary: 'The borrower repaid; what is more than due pays the next instalments',
    permission: 'financing.repay',
    scope: 'payments.write',
    body: RepaymentBody,
    problems: [...money, 'financing.no_loan', 'financing.over_debt'],
    carry: repayInstalment,
  }),
  ...webhookRoutes,
];

/** Every field that a body of an act may have, besides its key. */
type ActBody = {
  on?: string;
  approved_rial?: string;
  reason_code?: string;
  reason?: string;
  amount_rial?: string;
  reference?: string;
  number?: number;
};
type ActCall = Call<typeof ReferralParams, TSchema, TSchema>;
type Carry = (call: ActCall, body: ActBody) => Promise<void>;

type ActRoute = {
  readonly id: string;
  readonly path: string;
  readonly summary: string;
  readonly permission: string;
  readonly scope: ClientScope;
  readonly body: TSchema;
  readonly problems: readonly string[];
  readonly wholeProvince?: string;
  readonly carry: Carry;
};

/** An act on one plan; the answer is the plan as it stands after it. */
function actRoute({ path, permission, scope, carry, ...rest }: ActRoute): AnyEndpoint {
  return endpoint({
    ...rest,
    method: 'POST',
    url: `/api/bank/v1/referrals/:code/${path}`,
    access: { table, permission },
    clientScope: scope,
    params: ReferralParams,
    response: ReferralAnswer,
    handle: async (call) => {
      const { tx, act, principal, params, house } = call;
      await carry(call, call.body as ActBody);
      return showReferral(tx, act, await referenceOf(house.database), principal, params.code);
    },
  });
}

function stepRoute(
  verb: string,
  path: string,
  summary: string,
  body: TSchema,
  more: readonly string[] = [],
): AnyEndpoint {
  const permission = `financing.${verb}` as PlanCaseVerb;
  return actRoute({
    id: `banks.${verb}`,
    ...{ path, summary, body, permission },
    scope: 'plans.write',
    problems: [...problems, ...more],
    wholeProvince: 'What a plan no longer asks for goes back to ceilings that a bank does not see.',
    carry: (call, given) => takeStep(permission, call, given),
  });
}

async function takeStep(
  verb: PlanCaseVerb,
  { tx, act, principal, params, house }: ActCall,
  { on, approved_rial: approved, reason_code: reasonCode, reason }: ActBody,
): Promise<void> {
  const { caseId } = await holdReferral(tx, act, principal, params.code);
  const approvedRial = approved === undefined ? undefined : BigInt(approved);
  const step = { caseId, happenedOn: on, approvedRial, reasonCode, reason };
  await takeBankStep(tx, act, await referenceOf(house.database), verb, step);
}

async function payTranche(
  { tx, act, principal, params, house }: ActCall,
  { on, amount_rial: amount = '0', reference = '', number }: ActBody,
): Promise<void> {
  const held = await holdReferral(tx, act, principal, params.code);
  const paid = { amountRial: BigInt(amount), bankReference: reference };
  const tranche = number === undefined ? {} : { trancheNumber: number };
  const input = { ...held, ...paid, ...tranche, happenedOn: on ?? act.today };
  await payAndAsk(tx, act, await referenceOf(house.database), house.publicUrl, input);
}

async function repayInstalment(
  { tx, act, principal, params }: ActCall,
  { on, amount_rial: amount = '0', reference = '' }: ActBody,
): Promise<void> {
  const { caseId } = await holdReferral(tx, act, principal, params.code);
  const repaid = { amountRial: BigInt(amount), bankReference: reference };
  await repayLoans(tx, act, [{ caseId, ...repaid, happenedOn: on ?? act.today }]);
}
