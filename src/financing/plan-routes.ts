import { type TSchema, Type } from 'typebox';
import { IsoDay, referenceOf } from '../accounts/index.ts';
import { CodeAnswer, CodeParams, getCasesForUpdate, visibleCase } from '../permits/index.ts';
import { type AnyEndpoint, type Call, endpoint } from '../platform/endpoint.ts';
import { tellBanks } from './bank-api/events.ts';
import { ReasonCode, RialInput } from './contract.ts';
import { payAndAsk, takeBankStep } from './plan-acts.ts';
import { financingPermissions as table } from './policy.ts';
import type { PlanCaseVerb } from './rules.ts';

const OnDay = { happenedOn: Type.Optional(IsoDay) };
const Reason = Type.String({ minLength: 1, maxLength: 500 });
const strict = { additionalProperties: false };

const OpenFileBody = Type.Object(OnDay, strict);
const ContractBody = Type.Object({ approvedRial: RialInput, ...OnDay }, strict);
const ReturnBody = Type.Object(
  { reasonCode: ReasonCode, reason: Type.Optional(Reason), ...OnDay },
  strict,
);
const ReasonBody = Type.Object({ reason: Reason, ...OnDay }, strict);
const PayBody = Type.Object(
  {
    amountRial: RialInput,
    bankReference: Type.String({ minLength: 1, maxLength: 60 }),
    trancheNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
    ...OnDay,
  },
  strict,
);

const problems = ['platform.not_found', 'platform.wrong_state', 'financing.before_last_step'];
const givesBack = 'What a plan no longer asks for goes back to ceilings that a bank does not see.';

/** What a bank does with a plan, entered by its people or by the directorate for them. */
export const planRoutes: readonly AnyEndpoint[] = [
  stepRoute('financing.openFile', 'open-file', 'The bank opened a file', OpenFileBody),
  stepRoute('financing.contract', 'contract', 'The contract was signed', ContractBody, [
    'financing.over_request',
  ]),
  stepRoute('financing.returnPlan', 'return', 'The bank returns the plan', ReturnBody, [
    'financing.unknown_reason',
  ]),
  stepRoute('financing.refusePlan', 'refuse', 'The bank refuses the plan', ReasonBody),
  stepRoute('financing.withdrawPlan', 'withdraw', 'The applicant withdraws', ReasonBody),
  endpoint({
    id: 'financing.pay',
    method: 'POST',
    url: '/api/plans/:code/pay',
    summary: 'Record what the bank paid; the first payment opens the loan',
    access: { table, permission: 'financing.pay' },
    params: CodeParams,
    body: PayBody,
    response: CodeAnswer,
    problems: [...problems, 'financing.over_plan', 'financing.reference_taken'],
    handle: async ({ tx, act, principal, params, body, house }) => {
      const { id: caseId } = await visibleCase(tx, principal, params.code);
      const { amountRial, happenedOn = act.today, ...rest } = body;
      const input = { ...rest, caseId, happenedOn, amountRial: BigInt(amountRial) };
      await payAndAsk(tx, act, await referenceOf(house.database), house.publicUrl, input);
      return { code: params.code };
    },
  }),
];

/** Every field that a step's body may have. */
type StepBody = {
  happenedOn?: string;
  approvedRial?: string;
  reasonCode?: string;
  reason?: string;
};

function stepRoute(
  verb: PlanCaseVerb,
  path: string,
  summary: string,
  body: TSchema,
  more: readonly string[] = [],
): AnyEndpoint {
  return endpoint({
    id: verb,
    method: 'POST',
    url: `/api/plans/:code/${path}`,
    summary,
    access: { table, permission: verb },
    params: CodeParams,
    body,
    response: CodeAnswer,
    wholeProvince: givesBack,
    problems: [...problems, ...more],
    handle: (call) => takeStep(verb, call as Call<typeof CodeParams, TSchema, TSchema>),
  });
}

async function takeStep(
  verb: PlanCaseVerb,
  { tx, act, principal, params, body, house }: Call<typeof CodeParams, TSchema, TSchema>,
): Promise<{ code: string }> {
  const { id: caseId } = await visibleCase(tx, principal, params.code);
  // Whose it is may change until it is locked, and row security does not say so here.
  await getCasesForUpdate(tx, act.provinceId, [caseId]);
  await visibleCase(tx, principal, params.code);
  const { approvedRial, ...rest } = body as StepBody;
  const approved = approvedRial === undefined ? {} : { approvedRial: BigInt(approvedRial) };
  const reference = await referenceOf(house.database);
  await takeBankStep(tx, act, reference, verb, { ...rest, ...approved, caseId });
  if (verb === 'financing.withdrawPlan') await tellBanks(tx, act, 'plan.withdrawn', [caseId]);
  return { code: params.code };
}
