import { holdsOn, type Reference, settingOn } from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { isProblem, Problem } from '../kit/problem.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { CaseRow } from '../permits/index.ts';
import type { Act } from '../platform/history.ts';
import { type Rooms, takeRoom } from './allocations/rooms.ts';
import type { Quota } from './allocations/rules.ts';
import { othersBp } from './loans/rules.ts';
import type { NewPlan } from './queries.ts';
import { capOf, checkReferral, referralFaults, type Terms } from './rules.ts';

/** A plan to be referred to an agent bank. */
export type ReferInput = {
  /** Made here when absent. */
  readonly planId?: string;
  readonly caseId: string;
  readonly bankId: string;
  readonly branchId?: string | null;
  readonly creditLineId: string;
  readonly requestedRial: bigint;
  /** Jobs that the plan promises. */
  readonly people: number;
  /** People a supporter plan covers; absent for an independent plan. */
  readonly covered?: number;
  /** Number of the letter to the bank. */
  readonly letter?: string | null;
  readonly happenedOn: string;
  /** The holder had a loan here before; registers do not say, and are not asked. */
  readonly secondLoan?: boolean;
  /** What the decision looked at, frozen on the step. */
  readonly eligibility?: Readonly<Record<string, unknown>>;
};

/** A referral that may be written: the plan it makes, and its case. */
export type JudgedReferral = {
  readonly plan: NewPlan;
  readonly it: CaseRow;
  readonly eligibility?: ReferInput['eligibility'];
};

/**
 * Judges one referral of a case, and lets those judged after it see what it takes: the one validator of
 * a single act and of a register's rows.
 * @throws Problem as {@link referPlans}
 */
export function judgeReferral(
  act: Act,
  rooms: Rooms,
  it: CaseRow,
  input: ReferInput,
): JudgedReferral {
  const { reference } = rooms;
  const { terms, capRial } = boundsOf(reference, act.provinceId, it, input);
  const { kind } = it.dims;
  const { state: permitState, planState, stateSince: permitSince } = it;
  checkReferral({ permitState, kind, planState, permitSince }, input, capRial);
  if (reference.organisations.get(input.bankId)?.kind !== 'bank') {
    throw new Problem('financing.unknown_bank', { given: input.bankId });
  }
  const quotas = quotasOf(terms, it, input);
  const allocationId = takeRoom(rooms, {
    ...{ agencyId: it.dims.agencyId, countyId: it.dims.countyId, bankId: input.bankId },
    creditLineId: input.creditLineId,
    day: input.happenedOn,
    rial: input.requestedRial,
    quotas,
  });
  const plan = newPlan(act, it, input, { terms, capRial, allocationId, quotas });
  return { it, plan, ...(input.eligibility ? { eligibility: input.eligibility } : {}) };
}

/** Everything about permit, plan, terms and amount that stands against a referral; none = nothing does. */
export function referralProblems(
  reference: Reference,
  provinceId: number,
  it: CaseRow,
  input: ReferInput,
): Problem[] {
  const { state: permitState, planState, stateSince: permitSince } = it;
  const { kind } = it.dims;
  const bounds: Problem[] = [];
  let capRial = input.requestedRial;
  try {
    capRial = boundsOf(reference, provinceId, it, input).capRial;
  } catch (error) {
    if (!isProblem(error)) throw error;
    bounds.push(error);
  }
  return [
    ...referralFaults({ permitState, kind, planState, permitSince }, input, capRial),
    ...bounds,
  ];
}

/** The terms in force for a referral, and the most that it may ask for. */
function boundsOf(reference: Reference, provinceId: number, it: CaseRow, input: ReferInput) {
  const { creditLineId, happenedOn } = input;
  const terms = termsOn(reference, creditLineId, provinceId, happenedOn);
  const listed = settingOn(reference, 'financing.approved_occupations', provinceId, happenedOn);
  const approved = listed.split(' ').includes(it.dims.occupationId);
  const capRial = capOf(terms, it.dims.kind, input.covered ?? input.people, approved);
  return { terms, capRial };
}

/** Under which quotas a plan is counted: a second loan, and one above the individual cap. */
function quotasOf(terms: Terms, it: CaseRow, input: ReferInput): Quota[] {
  const above = input.requestedRial > terms.capIndividualRial;
  return [
    ...(input.secondLoan ? (['second_loan'] as const) : []),
    ...(it.dims.kind !== 'supporter' && above ? (['approved_cap'] as const) : []),
  ];
}

function newPlan(
  act: Act,
  it: CaseRow,
  input: ReferInput,
  bounds: Pick<NewPlan, 'terms' | 'capRial' | 'allocationId' | 'quotas'>,
): NewPlan {
  return {
    ...bounds,
    id: input.planId ?? uuid7(act.now.getTime()),
    caseId: it.id,
    personId: it.personId,
    kind: it.dims.kind,
    agencyId: it.dims.agencyId,
    countyId: it.dims.countyId,
    bankId: input.bankId,
    branchId: input.branchId ?? null,
    requestedRial: input.requestedRial,
    people: input.people,
    referredOn: input.happenedOn,
    letter: input.letter ? normaliseText(input.letter) : null,
  };
}

/**
 * A credit line's terms for a province on a day: the province's own row before the country's.
 * @throws Problem `financing.no_terms` (422)
 */
function termsOn(
  reference: Reference,
  creditLineId: string,
  provinceId: number,
  day: string,
): Terms {
  const rows = reference.creditTerms.filter(
    (row) => row.credit_line_id === creditLineId && holdsOn(row, day),
  );
  const row =
    rows.find((one) => one.province_id === provinceId) ??
    rows.find((one) => one.province_id === null);
  if (!row) throw new Problem('financing.no_terms', { line: creditLineId, day });
  const { government_fee_bp: government, support_body_fee_bp: supportBody } = row;
  const feeShares = { government, support_body: supportBody };
  return {
    creditLineId,
    capIndividualRial: BigInt(row.cap_individual_rial),
    capApprovedRial: row.cap_approved_rial === null ? null : BigInt(row.cap_approved_rial),
    capSupporterRial: row.cap_supporter_rial === null ? null : BigInt(row.cap_supporter_rial),
    supporterMinPeople: row.supporter_min_people,
    supporterMaxPeople: row.supporter_max_people,
    feeBp: row.fee_bp,
    tenorMonths: row.tenor_months,
    graceMonths: row.grace_months,
    ...(othersBp(feeShares) > 0 && { feeShares }),
  };
}
