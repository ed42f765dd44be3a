import { Type } from 'typebox';
import { labelled, organisationLabel, type Reference, referenceOf } from '../accounts/index.ts';
import { CodeAnswer, CodeParams, TakeBackBody } from '../permits/contract.ts';
import { caseKey, demandVisible, permitPermissions, signedIn } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { PlanAnswer } from './contract.ts';
import { financingPermissions } from './policy.ts';
import { takeBackPlanStep } from './take-back.ts';

export const financingRoutes: readonly AnyEndpoint[] = [
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
    handle: async ({ tx, principal, params, house }) => {
      const key = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), key);
      const reference = await referenceOf(house.database);
      return { plans: await plansOfCase(tx, reference, key) };
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
      const { provinceId, id } = caseKey(params.code);
      await demandVisible(tx, signedIn(principal), { provinceId, id });
      const inputs = [{ caseId: id, reason: body.reason }];
      await takeBackPlanStep(tx, act, await referenceOf(house.database), inputs);
      return { code: params.code };
    },
  }),
];

async function plansOfCase(tx: Tx, reference: Reference, key: { provinceId: number; id: string }) {
  const plans = await tx
    .selectFrom('plans')
    .selectAll()
    .where('province_id', '=', key.provinceId)
    .where('case_id', '=', key.id)
    .orderBy('id')
    .execute();
  const tranches = await tx
    .selectFrom('tranches')
    .innerJoin('plans', (join) =>
      join.onRef('plans.id', '=', 'tranches.plan_id').on('plans.province_id', '=', key.provinceId),
    )
    .selectAll('tranches')
    .where('tranches.province_id', '=', key.provinceId)
    .where('plans.case_id', '=', key.id)
    .where('tranches.taken_back_at', 'is', null)
    .orderBy('tranches.number')
    .execute();
  return plans.map((plan) => ({
    id: plan.id,
    state: plan.state,
    bank: organisationLabel(reference, plan.bank_id),
    branch: plan.branch_id
      ? labelled(plan.branch_id, reference.branches.get(plan.branch_id))
      : null,
    creditLine: labelled(plan.credit_line_id, reference.creditLines.get(plan.credit_line_id)),
    requestedRial: String(plan.requested_rial),
    approvedRial: plan.approved_rial === null ? null : String(plan.approved_rial),
    paidRial: String(plan.paid_rial),
    capRial: String(plan.cap_rial),
    people: plan.people,
    referredOn: String(plan.referred_on),
    since: String(plan.state_since),
    ...frozenTerms(plan.terms),
    tranches: tranches
      .filter((tranche) => tranche.plan_id === plan.id)
      .map((tranche) => ({
        number: tranche.number,
        amountRial: String(tranche.amount_rial),
        paidOn: String(tranche.paid_on),
        bankReference: tranche.bank_reference,
      })),
  }));
}

/** The terms that were in force when the plan was referred, as they are kept on it. */
function frozenTerms(json: unknown) {
  const terms = json as { fee_bp: number; tenor_months: number; grace_months: number };
  return { feeBp: terms.fee_bp, tenorMonths: terms.tenor_months, graceMonths: terms.grace_months };
}
