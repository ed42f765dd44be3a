import { normaliseText } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import { nextState } from '../../kit/steps.ts';
import { uuid7 } from '../../kit/uuid7.ts';
import { type CaseRow, getCasesForUpdate } from '../../permits/index.ts';
import type { Tx } from '../../platform/database.ts';
import { type Act, recordSteps, type Step } from '../../platform/history.ts';
import { financingCounts } from '../counts.ts';
import { closeLoans, getPlansForUpdate, type PlanRow } from '../queries.ts';
import { postSteps } from './book.ts';
import { positionOn } from './position.ts';
import {
  demandFreeReferences,
  findLoans,
  insertRepayments,
  saveLoans,
  type ToldLoan,
} from './queries.ts';
import { type LoanEvent, type RepayMode, replay } from './schedule.ts';
import { type LoanState, type LoanVerb, loanSteps } from './steps.ts';

/** A repayment as a bank reports it. */
export type RepayInput = {
  readonly caseId: string;
  readonly amountRial: bigint;
  readonly bankReference: string;
  /** What happens with more than is due; the next instalments when absent. */
  readonly mode?: RepayMode;
  readonly happenedOn: string;
};

/** A step of a loan that may be written. */
type Doing = {
  readonly verb: LoanVerb;
  readonly loan: ToldLoan;
  readonly it: CaseRow;
  readonly to: LoanState;
  readonly happenedOn: string;
  readonly reason?: string | null;
  readonly rial?: bigint;
  readonly facts?: Readonly<Record<string, string | number>>;
  /** Of a repayment. */
  readonly bankReference?: string;
};

type Held = { readonly loan: ToldLoan; readonly it: CaseRow; readonly plan: PlanRow };

/**
 * Records repayments that banks report. Several of one loan may come together, in their order; the
 * one that repays the last rial of a plan that was paid in full settles the loan. All or none.
 * @throws Problem `financing.no_loan` (409), `platform.wrong_state`, `financing.over_debt`,
 * `financing.before_last_step`, `financing.reference_taken`
 */
export async function repayLoans(tx: Tx, act: Act, inputs: readonly RepayInput[]): Promise<void> {
  const held = await holdLoans(tx, act, inputs);
  const doing = inputs.flatMap((input) => {
    const at = held.get(input.caseId) as Held;
    const step = repayment(act, at, input);
    const loan = withEvent(at.loan, repayEvent(input));
    held.set(input.caseId, { ...at, loan: { ...loan, state: step.to } });
    if (!isRepaid(at.plan, loan, input.happenedOn)) return [step];
    held.set(input.caseId, { ...at, loan: { ...loan, state: 'settled' } });
    return [step, settlement({ ...at, loan }, input.happenedOn)];
  });
  await write(tx, act, doing);
}

function repayEvent({ happenedOn, amountRial, mode }: RepayInput): LoanEvent {
  return { kind: 'repay', on: happenedOn, rial: amountRial, mode: mode ?? 'instalments' };
}

function repayment(act: Act, { loan, it }: Held, input: RepayInput): Doing {
  const { happenedOn, amountRial, mode = 'instalments' } = input;
  const verb = loan.state === 'fallen_due' ? 'financing.recover' : 'financing.repay';
  const to = nextState(loanSteps, verb, loan.state);
  checkDay(act, loan.openedOn, happenedOn);
  const { settlement } = positionOn(replayed(loan), happenedOn);
  const { overpaid } = replayed(withEvent(loan, repayEvent(input)));
  if (overpaid > 0n || amountRial <= 0n) {
    throw new Problem('financing.over_debt', {
      givenRial: amountRial.toString(),
      recordRial: settlement.toString(),
    });
  }
  const bankReference = normaliseText(input.bankReference);
  const facts = { mode, bank_reference: bankReference };
  return { verb, loan, it, to, happenedOn, rial: amountRial, facts, bankReference };
}

/** Whether nothing is owed and nothing is still to be paid out. */
function isRepaid(plan: PlanRow, loan: ToldLoan, day: string): boolean {
  const { principal, fee } = positionOn(replayed(loan), day);
  return principal + fee === 0n && plan.paidRial === (plan.approvedRial ?? plan.requestedRial);
}

function settlement({ loan, it }: Held, happenedOn: string): Doing {
  const to = nextState(loanSteps, 'financing.settle', loan.state);
  return { verb: 'financing.settle', loan, it, to, happenedOn };
}

export type SettleInput = {
  readonly caseId: string;
  /** What was paid to settle; must be what settles the loan on the day, 0 when nothing is owed. */
  readonly amountRial: bigint;
  readonly bankReference?: string;
  readonly happenedOn: string;
};

/**
 * Settles loans before their time: all that is due and the principal of what is not is paid, and the
 * fee of the months after is not asked. The holder may then have another loan in the country.
 * @throws Problem as {@link repayLoans}, and `financing.not_settlement` (422) with both sums
 */
export async function settleLoans(tx: Tx, act: Act, inputs: readonly SettleInput[]): Promise<void> {
  const held = await holdLoans(tx, act, inputs);
  const doing = inputs.flatMap(({ bankReference = '', ...input }) => {
    const at = held.get(input.caseId) as Held;
    checkDay(act, newestDay(at.loan), input.happenedOn);
    const owed = positionOn(replayed(at.loan), input.happenedOn).settlement;
    if (owed !== input.amountRial || (owed > 0n && !bankReference)) {
      throw new Problem('financing.not_settlement', {
        givenRial: input.amountRial.toString(),
        recordRial: owed.toString(),
      });
    }
    const last = settlement(at, input.happenedOn);
    const paid = { ...input, bankReference, mode: 'shorten' } as const;
    return owed === 0n ? [last] : [repayment(act, at, paid), last];
  });
  await write(tx, act, doing);
}

export type RescheduleInput = {
  readonly caseId: string;
  /** Monthly instalments from now on, after the grace. */
  readonly months: number;
  readonly graceMonths: number;
  readonly reason: string;
  readonly happenedOn: string;
};

/**
 * Spreads all that is owed anew, from a day that is not before anything that happened to the loan.
 * @throws Problem `financing.no_loan`, `platform.wrong_state`, `financing.reason_missing`,
 * `financing.before_last_step`
 */
export async function rescheduleLoans(
  tx: Tx,
  act: Act,
  inputs: readonly RescheduleInput[],
): Promise<void> {
  const steps = inputs.map(({ months, graceMonths, ...input }) => ({
    ...input,
    facts: { months, grace_months: graceMonths },
  }));
  await takeLoanStep(tx, act, 'financing.reschedule', steps);
}

export type FallDueInput = {
  readonly caseId: string;
  readonly reason: string;
  readonly happenedOn: string;
};

/**
 * Recalls a loan: the debt falls due at once, as when supervision finds that it was spent otherwise.
 * @throws Problem as {@link rescheduleLoans}
 */
export async function recallLoan(tx: Tx, act: Act, input: FallDueInput): Promise<void> {
  await takeLoanStep(tx, act, 'financing.recallLoan', [input]);
}

/**
 * Records that the holder died: the debt falls due at once, from the estate or the insurer.
 * @throws Problem as {@link rescheduleLoans}
 */
export async function recordDeath(tx: Tx, act: Act, input: FallDueInput): Promise<void> {
  await takeLoanStep(tx, act, 'financing.recordDeath', [input]);
}

type LoanStepInput = FallDueInput & { readonly facts?: Readonly<Record<string, number>> };

async function takeLoanStep(
  tx: Tx,
  act: Act,
  verb: LoanVerb,
  inputs: readonly LoanStepInput[],
): Promise<void> {
  const held = await holdLoans(tx, act, inputs);
  const doing = inputs.map(({ caseId, happenedOn, reason, facts }) => {
    const { loan, it } = held.get(caseId) as Held;
    const to = nextState(loanSteps, verb, loan.state);
    if (!reason.trim()) throw new Problem('financing.reason_missing');
    checkDay(act, newestDay(loan), happenedOn);
    return {
      verb,
      loan,
      it,
      to,
      happenedOn,
      reason: normaliseText(reason),
      ...(facts && { facts }),
    };
  });
  await write(tx, act, doing);
}

function checkDay(act: Act, record: string, given: string): void {
  if (given < record || given > act.today) {
    throw new Problem('financing.before_last_step', { given, record });
  }
}

function newestDay(loan: ToldLoan): string {
  // Told in the order of days.
  return loan.told.at(-1)?.event.on ?? loan.openedOn;
}

function replayed(loan: ToldLoan) {
  return replay(
    loan.terms,
    loan.told.map(({ event }) => event),
  );
}

function withEvent(loan: ToldLoan, event: LoanEvent): ToldLoan {
  const told = [...loan.told, { stepId: '', event }];
  // Sorting keeps the order of recording within a day.
  return {
    ...loan,
    told: told.sort((a, b) => Number(a.event.on > b.event.on) - Number(a.event.on < b.event.on)),
  };
}

async function holdLoans(
  tx: Tx,
  act: Act,
  inputs: readonly { caseId: string }[],
): Promise<Map<string, Held>> {
  const ids = [...new Set(inputs.map(({ caseId }) => caseId))];
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const loans = await findLoans(tx, act.provinceId, { caseIds: ids });
  const paid = [...loans.values()].filter(({ state }) => state !== 'void');
  const lent = new Set(paid.map(({ caseId }) => caseId));
  if (ids.some((id) => !lent.has(id))) throw new Problem('financing.no_loan');
  const plans = await getPlansForUpdate(tx, act.provinceId, ids);
  // Later plans of a case come later and stay.
  const newest = new Map(paid.map((loan) => [loan.caseId, loan]));
  return new Map(
    ids.map((id) => {
      const loan = newest.get(id) as ToldLoan;
      return [id, { loan, it: cases.get(id) as CaseRow, plan: plans.get(id) as PlanRow }];
    }),
  );
}

/** Writes steps of loans: the record, the ledger, repayments, where the loans stand. */
async function write(tx: Tx, act: Act, doing: readonly Doing[]): Promise<void> {
  const named = doing.flatMap(({ loan: { bankId }, bankReference, rial }) =>
    bankReference === undefined || rial === undefined ? [] : [{ bankId, bankReference }],
  );
  await demandFreeReferences(tx, act.provinceId, named);
  const steps = doing.map((one) => stepOf(act, one));
  const ids = await recordSteps(tx, act, financingCounts, steps);
  const repayments = doing.flatMap(({ loan, bankReference, rial, happenedOn }, at) => {
    if (bankReference === undefined || rial === undefined) return [];
    const { planId, bankId, agencyId } = loan;
    const id = ids[at] ?? '';
    return [{ id, planId, bankId, agencyId, bankReference, amountRial: rial, on: happenedOn }];
  });
  await insertRepayments(tx, act.provinceId, repayments);
  const planIds = doing.map(({ loan }) => loan.planId);
  await postSteps(tx, act, planIds, ids);
  const last = new Map(doing.map((one) => [one.loan.planId, one]));
  const moved = [...last.values()].map(({ loan, to, happenedOn }) => {
    const since = to === loan.state ? loan.stateSince : happenedOn;
    return { planId: loan.planId, state: to, since };
  });
  await saveLoans(tx, act.provinceId, moved);
  const settled = moved.filter(({ state }) => state === 'settled').map(({ planId }) => planId);
  await closeLoans(tx, act.provinceId, settled);
}

function stepOf(act: Act, { verb, loan, it, to, happenedOn, reason, rial, facts }: Doing): Step {
  return {
    id: uuid7(act.now.getTime()),
    caseId: loan.caseId,
    verb,
    from: loan.state,
    to,
    happenedOn,
    personId: it.personId,
    dims: { ...it.dims, bankId: loan.bankId },
    reason: reason ?? null,
    rial: rial ?? null,
    facts: { plan: loan.planId, ...facts },
  };
}
