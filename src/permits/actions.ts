import {
  getOccupation,
  holidaysOf,
  limitOn,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { announceChanges } from './changes.ts';
import { permitCounts } from './counts.ts';
import { decisionFacts } from './decision-facts.ts';
import { type CorrectionItem, saidIn } from './decision-rules.ts';
import { demandOfRecord, signersBefore } from './demands.ts';
import { drawNumbers, issues } from './permit-numbers.ts';
import {
  type CaseRow,
  getCasesForUpdate,
  insertPermits,
  type Moved,
  type NewPermit,
  revokePermits,
  saveMoved,
} from './queries.ts';
import {
  checkStep,
  deadlineSetting,
  dueOn,
  type PermitState,
  permitSteps,
  type StepVerb,
  validUntil,
} from './rules.ts';

/** What a step on an existing case needs; how many cases at once makes no difference. */
export type StepInput = {
  readonly caseId: string;
  /** The day it took effect, ISO. */
  readonly happenedOn: string;
  readonly reason?: string | null;
  /** Number of the unmet condition or document, for a refusal; several in `conditionNumbers`. */
  readonly conditionNumber?: number;
  readonly conditionNumbers?: readonly number[];
  /** What the agency signs under, in its own words; for `permits.sign`. */
  readonly conditions?: readonly string[];
  /** What is to be corrected, for `permits.returnForCorrection`. */
  readonly items?: readonly CorrectionItem[];
  /** What else the decision used, frozen with it; said by this slice's own actions. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** For `permits.grant`: a number that an office gave; else one is made. */
  readonly permitNumber?: string;
};

/** What whoever takes a step asks of the database in the same breath, which saves the way there and back. */
export type Around = {
  /** Asked with the lock: rejects when the step is not theirs to take. */
  readonly before?: () => Promise<unknown>;
  /** Asked behind what the step wrote, and so sees it. */
  readonly after?: () => Promise<unknown>;
};

/**
 * Takes one step on each of the cases: the way of a single act, of a batch signature and of the
 * demonstration alike. All or none.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, and what permits' rules say
 */
export async function takeStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: StepVerb,
  inputs: readonly StepInput[],
  around: Around = {},
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const [, cases, signers, numbers] = await Promise.all([
    around.before?.(),
    getCasesForUpdate(tx, act.provinceId, ids),
    signersBefore(tx, act.provinceId, verb, ids),
    drawNumbers(tx, act.provinceId, issues(verb) ? ids.length : 0),
  ]);
  const doing = inputs.map((input) => {
    const before = cases.get(input.caseId) as CaseRow;
    const to = nextState(permitSteps, verb, before.state);
    const step = { happenedOn: input.happenedOn, reason: saidIn(input) };
    checkStep(verb, step, { stateSince: before.stateSince, today: act.today });
    return { input, before, to };
  });
  await demandOfRecord(tx, act, reference, verb, doing, signers);
  const permits = issues(verb)
    ? doing.map((one, at) => newPermit(act, reference, verb, one, numbers[at]))
    : [];
  const facts = doing.map((one, at) => factsOf(act, reference, verb, one, permits[at]));
  const steps = doing.map((one, at) => toStep(verb, one, facts[at] ?? {}));
  const moving = doing.flatMap((one, at) =>
    moves(one) ? moved(act, reference, one, permits[at]) : [],
  );
  await Promise.all([
    recordSteps(tx, act, permitCounts, steps),
    insertPermits(tx, act.provinceId, permits),
    saveMoved(tx, act.provinceId, moving),
    verb === 'permits.revoke' && revokePermits(tx, act.provinceId, inputs),
    announceChanges(tx, act.provinceId, verb, ids),
    around.after?.(),
  ]);
}

type Doing = { readonly input: StepInput; readonly before: CaseRow; readonly to: PermitState };

/** A step that leaves the state as it is leaves holder, day and deadline as they are too. */
const moves = ({ before, to }: Doing) => before.state !== to;

/** How long a new permit is valid, in months: a provisional one until it is examined. */
function validityOf(act: Act, reference: Reference, verb: StepVerb, { input, before }: Doing) {
  const { validity_months } = getOccupation(reference, before.dims.occupationId);
  if (verb !== 'permits.grantProvisionally') return validity_months;
  const key = 'permits.provisional_months';
  const months = Number(settingOn(reference, key, act.provinceId, input.happenedOn));
  return Math.min(months, validity_months);
}

function newPermit(
  act: Act,
  reference: Reference,
  verb: StepVerb,
  one: Doing,
  drawn = '',
): NewPermit {
  const { input, before } = one;
  const validity_months = validityOf(act, reference, verb, one);
  return {
    id: uuid7(act.now.getTime()),
    caseId: before.id,
    number: input.permitNumber ?? drawn,
    issuedOn: input.happenedOn,
    validUntil: validUntil(input.happenedOn, validity_months),
  };
}

/** What the decision used, frozen on its row. */
function factsOf(
  act: Act,
  reference: Reference,
  verb: StepVerb,
  one: Doing,
  permit: NewPermit | undefined,
): Record<string, unknown> {
  const decided = { ...decisionFacts(reference, verb, one), ...one.input.facts };
  if (!permit) return decided;
  const validity_months = validityOf(act, reference, verb, one);
  const { number: permit_number, validUntil: valid_until } = permit;
  return { ...decided, permit_number, validity_months, valid_until };
}

function toStep(
  verb: StepVerb,
  { input, before, to }: Doing,
  facts: Record<string, unknown>,
): Step {
  return {
    caseId: before.id,
    verb,
    from: before.state,
    to,
    happenedOn: input.happenedOn,
    personId: before.personId,
    dims: before.dims,
    reason: input.reason ? normaliseText(input.reason) : null,
    facts,
  };
}

function moved(
  act: Act,
  reference: Reference,
  { input, before, to }: Doing,
  permit: NewPermit | undefined,
): Moved {
  return {
    id: before.id,
    state: to,
    since: input.happenedOn,
    dueOn: deadline(reference, act.provinceId, to, input.happenedOn),
    permitId: permit?.id ?? before.permitId,
  };
}

/** The last day of a state by the setting in force when it began; null where it has none. */
export function deadline(
  reference: Reference,
  provinceId: number,
  state: PermitState,
  since: string,
): string | null {
  const key = deadlineSetting(state);
  const limit = key === null ? null : limitOn(reference, key, provinceId, since);
  return dueOn(since, limit, holidaysOf(reference, provinceId, since));
}
