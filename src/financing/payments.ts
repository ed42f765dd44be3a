import type { Reference } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import { type CaseRow, findCases, getCasesForUpdate, linkPlans } from '../permits/index.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { linkOf } from './actions.ts';
import { financingCounts } from './counts.ts';
import { findPaymentsHeld, type PaymentsHeld, referenceKey } from './known-plans.ts';
import { openPlanLoans, postSteps } from './loans/book.ts';
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

/** A payment that may be written: the plan as it stood before it, and its case. */
export type JudgedPayment = {
  readonly plan: PlanRow;
  readonly it: CaseRow;
  readonly tranche: NewTranche;
};

/**
 * Records payments that banks report: the first opens the holder's loan in the country and makes the
 * plan a funded one. Several payments of one plan may come together, in their order. All or none.
 * @throws Problem `financing.no_plan`, `financing.over_plan`, `financing.wrong_bank`,
 * `financing.wrong_tranche`, `financing.loan_elsewhere`, `financing.reference_taken`,
 * `financing.loan_ended` (409) once the debt fell due or was settled
 */
export async function recordPayments(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly PaymentInput[],
): Promise<void> {
  const ids = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  const book = await findCases(tx, act.provinceId, { ids });
  const holder = (caseId: string) => book.byId(caseId)?.person.nationalId ?? '';
  const held = await findPaymentsHeld(tx, act.provinceId, {
    nationalIds: ids.map(holder),
    payments: inputs.map(({ caseId, bankReference }) => {
      const { bankId } = plans.get(caseId) as PlanRow;
      return { bankId, bankReference: normaliseText(bankReference) };
    }),
  });
  const judged = inputs.map((input) => {
    const { caseId } = input;
    const plan = plans.get(caseId) as PlanRow;
    const it = cases.get(caseId) as CaseRow;
    const payment = judgePayment(act, held, { plan, it, nationalId: holder(caseId) }, input);
    plans.set(caseId, paidPlan(payment));
    return payment;
  });
  await writePayments(tx, act, reference, judged);
}

/**
 * Judges one payment, and lets the payments judged after it see it: the one validator of a single act
 * and of a register's rows.
 * @throws Problem as {@link recordPayments}
 */
export function judgePayment(
  act: Act,
  held: PaymentsHeld,
  to: { plan: PlanRow; it: CaseRow; nationalId: string },
  input: PaymentInput,
): JudgedPayment {
  const { plan, it } = to;
  const tranche = newTranche(act, plan, input);
  const loan = held.loans.get(to.nationalId);
  if (loan !== undefined && loan !== plan.id) throw new Problem('financing.loan_elsewhere');
  const key = referenceKey(tranche.bankId, tranche.bankReference);
  if (held.references.has(key)) {
    throw new Problem('financing.reference_taken', { given: tranche.bankReference });
  }
  held.references.set(key, plan.id);
  held.loans.set(to.nationalId, plan.id);
  return { plan, it, tranche };
}

/** Writes payments that were judged, those of one plan in their order. */
export async function writePayments(
  tx: Tx,
  act: Act,
  reference: Reference,
  judged: readonly JudgedPayment[],
): Promise<void> {
  const tranches = judged.map(({ tranche }) => tranche);
  await insertTranches(tx, act.provinceId, tranches);
  const firsts = judged.filter(({ plan }) => plan.state !== 'paying');
  const loans = firsts.map(({ plan, tranche }) => ({
    planId: plan.id,
    personId: plan.personId,
    on: tranche.paidOn,
  }));
  await openLoans(tx, act.provinceId, loans);
  await openPlanLoans(tx, act, reference, loans);
  const steps = await recordSteps(tx, act, financingCounts, judged.map(paymentStep));
  // The last payment of each plan says where it stands.
  const last = [...new Map(judged.map((one) => [one.plan.id, paidPlan(one)])).values()];
  const moved = last.map((plan) => ({ ...plan, since: plan.stateSince }));
  await saveMovedPlans(tx, act, moved);
  const links = last.map(({ caseId, bankId, stateSince }) =>
    linkOf(act, reference, caseId, bankId, 'paying', stateSince),
  );
  await linkPlans(tx, act.provinceId, links);
  await postSteps(
    tx,
    act,
    judged.map(({ plan }) => plan.id),
    steps,
  );
}

function newTranche(act: Act, plan: PlanRow, input: PaymentInput): NewTranche {
  nextState(planSteps, 'financing.pay', plan.state);
  if (plan.loanEnded) throw new Problem('financing.loan_ended');
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
    holderId: plan.personId,
    number,
    amountRial: input.amountRial,
    bankId: plan.bankId,
    agencyId: plan.agencyId,
    bankReference: normaliseText(input.bankReference),
    paidOn: input.happenedOn,
  };
}

/** The plan as a payment leaves it. */
export function paidPlan({ plan, tranche }: JudgedPayment): PlanRow {
  return {
    ...plan,
    state: 'paying',
    stateSince: tranche.paidOn,
    paidRial: plan.paidRial + tranche.amountRial,
    tranches: tranche.number,
  };
}

function paymentStep({ plan, it, tranche }: JudgedPayment): Step {
  return {
    caseId: plan.caseId,
    verb: 'financing.pay',
    from: plan.state,
    to: 'paying',
    happenedOn: tranche.paidOn,
    personId: plan.personId,
    dims: { ...it.dims, bankId: plan.bankId },
    rial: tranche.amountRial,
    facts: { plan: plan.id, tranche: tranche.number, bank_reference: tranche.bankReference },
  };
}
