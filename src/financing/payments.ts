import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate, linkPlans } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { linkOf } from './actions.ts';
import { financingCounts } from './counts.ts';
import {
  getPlansForUpdate,
  insertTranches,
  type NewTranche,
  openLoans,
  type PlanRow,
  saveMovedPlans,
} from './queries.ts';
import { checkPayment, planSteps } from './rules.ts';

/** A payment as a bank reports it. */
export type PaymentInput = {
  readonly caseId: string;
  /** The next one when absent; a number that does not follow is refused. */
  readonly trancheNumber?: number;
  readonly amountRial: bigint;
  /** Checked against the plan's bank when given. */
  readonly bankId?: string;
  readonly bankReference: string;
  readonly happenedOn: string;
};

type Paying = {
  readonly input: PaymentInput;
  readonly plan: PlanRow;
  readonly tranche: NewTranche;
};

/**
 * Records payments that banks report: the first opens the holder's loan in the country and makes the
 * plan a funded one. Several payments of one plan may come together, in their order. All or none.
 * @throws Problem `financing.no_plan`, `financing.over_plan`, `financing.wrong_bank`,
 * `financing.wrong_tranche`, `financing.loan_elsewhere`, `financing.reference_taken`
 */
export async function recordPayments(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly PaymentInput[],
): Promise<void> {
  const ids = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const before = await getPlansForUpdate(tx, act.provinceId, ids);
  const plans = new Map(before);
  const doing = inputs.map((input) => {
    const plan = plans.get(input.caseId) as PlanRow;
    const tranche = newTranche(act, plan, input);
    plans.set(input.caseId, after(plan, tranche));
    return { input, plan, tranche };
  });
  await insertTranches(
    tx,
    act.provinceId,
    doing.map(({ tranche }) => tranche),
  );
  const firsts = doing.filter(({ plan }) => plan.state !== 'paying');
  await openLoans(
    tx,
    act.provinceId,
    firsts.map(({ input, plan }) => ({
      planId: plan.id,
      personId: plan.personId,
      on: input.happenedOn,
    })),
  );
  const steps = doing.map((one) => paymentStep(one, cases.get(one.input.caseId) as CaseRow));
  await recordSteps(tx, act, financingCounts, steps);
  const last = [...plans.values()];
  await saveMovedPlans(
    tx,
    act.provinceId,
    last.map((plan) => ({ ...plan, since: plan.stateSince })),
  );
  await linkPlans(
    tx,
    act.provinceId,
    last.map((plan) => linkOf(act, reference, plan.caseId, plan.bankId, 'paying', plan.stateSince)),
  );
}

function newTranche(act: Act, plan: PlanRow, input: PaymentInput): NewTranche {
  nextState(planSteps, 'financing.pay', plan.state);
  checkPayment(
    {
      bankId: plan.bankId,
      limitRial: plan.approvedRial ?? plan.requestedRial,
      paidRial: plan.paidRial,
      stateSince: plan.stateSince,
    },
    input,
  );
  if (input.happenedOn > act.today) {
    throw new Problem('financing.before_last_step', { given: input.happenedOn, record: act.today });
  }
  const number = plan.tranches + 1;
  if (input.trancheNumber !== undefined && input.trancheNumber !== number) {
    throw new Problem('financing.wrong_tranche', { given: input.trancheNumber, record: number });
  }
  return {
    id: uuid7(act.now.getTime()),
    planId: plan.id,
    number,
    amountRial: input.amountRial,
    bankId: plan.bankId,
    agencyId: plan.agencyId,
    bankReference: normaliseText(input.bankReference),
    paidOn: input.happenedOn,
  };
}

function after(plan: PlanRow, tranche: NewTranche): PlanRow {
  return {
    ...plan,
    state: 'paying',
    stateSince: tranche.paidOn,
    paidRial: plan.paidRial + tranche.amountRial,
    tranches: tranche.number,
  };
}

function paymentStep({ input, plan, tranche }: Paying, it: CaseRow): Step {
  return {
    caseId: plan.caseId,
    verb: 'financing.pay',
    from: plan.state,
    to: 'paying',
    happenedOn: input.happenedOn,
    personId: plan.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    rial: tranche.amountRial,
    facts: { plan: plan.id, tranche: tranche.number, bank_reference: tranche.bankReference },
  };
}
