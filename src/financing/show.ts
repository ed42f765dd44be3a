import { labelled, organisationLabel, type Reference } from '../accounts/index.ts';
import type { Tx } from '../platform/database.ts';
import { type FeeShares, othersBp } from './loans/rules.ts';

type Key = { readonly provinceId: number; readonly id: string };

/** The plans of a case with what was paid on each; who may see the case is the caller's to have asked. */
export async function plansOfCase(tx: Tx, reference: Reference, key: Key) {
  const plans = await tx
    .selectFrom('plans')
    .selectAll()
    .where('province_id', '=', key.provinceId)
    .where('case_id', '=', key.id)
    .orderBy('id')
    .execute();
  const tranches = await tranchesOfCase(tx, key);
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
    referredOn: plan.referred_on,
    since: plan.state_since,
    ...frozenTerms(plan.terms),
    tranches: tranches.filter(({ planId }) => planId === plan.id).map(({ paid }) => paid),
  }));
}

async function tranchesOfCase(tx: Tx, key: Key) {
  const rows = await tx
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
  return rows.map((row) => ({
    planId: row.plan_id,
    paid: {
      number: row.number,
      amountRial: String(row.amount_rial),
      paidOn: row.paid_on,
      bankReference: row.bank_reference,
    },
  }));
}

/** The terms that were in force when the plan was referred, as they are kept on it. */
function frozenTerms(json: unknown) {
  const terms = json as {
    fee_bp: number;
    tenor_months: number;
    grace_months: number;
    fee_shares?: FeeShares;
  };
  return {
    feeBp: terms.fee_bp,
    borrowerShareBp: 10_000 - othersBp(terms.fee_shares),
    tenorMonths: terms.tenor_months,
    graceMonths: terms.grace_months,
  };
}
