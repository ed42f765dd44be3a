import { getOccupation, holidaysOf, limitOn, type Reference } from '../accounts/index.ts';
import { makePermitNumber } from '../kit/identifiers.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { permitCounts } from './counts.ts';
import {
  type CaseRow,
  firstSigners,
  getCasesForUpdate,
  insertPermits,
  type Moved,
  type NewPermit,
  revokePermits,
  saveMoved,
} from './queries.ts';
import {
  type CaseVerb,
  checkRefusal,
  checkSigners,
  checkStep,
  deadlineSetting,
  dueOn,
  type PermitState,
  permitSteps,
  validUntil,
} from './rules.ts';

/** What a step on an existing case needs; how many cases at once makes no difference. */
export type StepInput = {
  readonly caseId: string;
  /** The day it took effect, ISO. */
  readonly happenedOn: string;
  readonly reason?: string | null;
  /** Number of the unmet condition or document, for a refusal. */
  readonly conditionNumber?: number;
  /** For `permits.grant`: a number that an office gave; else one is made. */
  readonly permitNumber?: string;
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
  verb: CaseVerb,
  inputs: readonly StepInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const doing = inputs.map((input) => {
    const before = cases.get(input.caseId) as CaseRow;
    const to = nextState(permitSteps, verb, before.state);
    checkStep(verb, input, { stateSince: before.stateSince, today: act.today });
    return { input, before, to };
  });
  if (verb === 'permits.grant') await checkTwoPeople(tx, act, ids);
  const permits =
    verb === 'permits.grant' ? doing.map((one) => newPermit(act, reference, one)) : [];
  const facts = doing.map((one, at) => factsOf(reference, verb, one, permits[at]));
  await recordSteps(
    tx,
    act,
    permitCounts,
    doing.map((one, at) => toStep(verb, one, facts[at] ?? {})),
  );
  await insertPermits(tx, act.provinceId, permits);
  await saveMoved(
    tx,
    act.provinceId,
    doing.map((one, at) => moved(act, reference, one, permits[at])),
  );
  if (verb === 'permits.revoke') {
    const revoked = inputs.map(({ caseId, happenedOn }) => ({ caseId, on: happenedOn }));
    await revokePermits(tx, act.provinceId, revoked);
  }
}

type Doing = { readonly input: StepInput; readonly before: CaseRow; readonly to: PermitState };

async function checkTwoPeople(tx: Tx, act: Act, caseIds: readonly string[]): Promise<void> {
  const signers = await firstSigners(tx, act.provinceId, caseIds);
  for (const caseId of caseIds) checkSigners(signers.get(caseId) ?? null, act.actorId);
}

function newPermit(act: Act, reference: Reference, { input, before }: Doing): NewPermit {
  const { validity_months } = getOccupation(reference, before.dims.occupationId);
  return {
    id: uuid7(act.now.getTime()),
    caseId: before.id,
    number: input.permitNumber ?? makePermitNumber(act.provinceId),
    issuedOn: input.happenedOn,
    validUntil: validUntil(input.happenedOn, validity_months),
  };
}

/** What the decision used, frozen on its row. */
function factsOf(
  reference: Reference,
  verb: CaseVerb,
  { input, before }: Doing,
  permit: NewPermit | undefined,
): Record<string, unknown> {
  if (verb === 'permits.refuse') {
    return { condition: checkRefusal(input.conditionNumber, reference.refusalConditions) };
  }
  if (!permit) return {};
  const { validity_months } = getOccupation(reference, before.dims.occupationId);
  return { permit_number: permit.number, validity_months, valid_until: permit.validUntil };
}

function toStep(
  verb: CaseVerb,
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
