import {
  addHouseholds,
  getCounty,
  getOccupation,
  type HouseholdInput,
  type Reference,
  settingOn,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import { deadline, type StepInput } from './actions.ts';
import { announceChanges } from './changes.ts';
import { permitCounts } from './counts.ts';
import {
  type LifeChange,
  type LivePermit,
  permitsOfCases,
  saveLifeChanges,
} from './life-queries.ts';
import { checkOccupationChange, checkRenewalWindow, renewedUntil } from './life-rules.ts';
import { type CaseRow, firstSigners, getCasesForUpdate, type Moved, saveMoved } from './queries.ts';
import {
  checkRefusal,
  checkSigners,
  checkStep,
  type LifeVerb,
  type PermitState,
  permitSteps,
} from './rules.ts';
import { showPlaces } from './show-place.ts';

/** What a step of a permit's life needs besides what every step does. */
export type LifeInput = StepInput & {
  /** For `permits.changeAddress`: where the holder lives and works from now on. */
  readonly household?: HouseholdInput;
  /** For `permits.changeOccupation`. */
  readonly occupationId?: string;
};

type Doing = {
  readonly input: LifeInput;
  readonly before: CaseRow;
  readonly permit: LivePermit;
  readonly to: PermitState;
  readonly change: LifeChange;
  readonly facts: Record<string, unknown>;
};

/**
 * Takes one step of its life on each case's permit: suspension, change, renewal, end. The number stays
 * for life; what the permit says from now on is a new version. All or none.
 * @throws Problem `platform.not_found`, `platform.wrong_state`, and what permits' rules say
 */
export async function takeLifeStep(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: LifeVerb,
  inputs: readonly LifeInput[],
): Promise<void> {
  const ids = inputs.map(({ caseId }) => caseId);
  const cases = await getCasesForUpdate(tx, act.provinceId, ids);
  const permits = await permitsOfCases(tx, act.provinceId, ids);
  if (verb === 'permits.renew') await checkTwoPeople(tx, act, ids);
  const doing: Doing[] = [];
  for (const input of inputs) {
    const before = cases.get(input.caseId) as CaseRow;
    const to = nextState(permitSteps, verb, before.state);
    checkStep(verb, input, { stateSince: before.stateSince, today: act.today });
    const permit = permits.get(input.caseId);
    if (!permit) throw new Problem('platform.not_found');
    const one = { input, before, permit, to };
    doing.push({ ...one, ...(await changeOf(tx, act, reference, verb, one)) });
  }
  const steps = doing.map((one) => toStep(verb, one));
  await recordSteps(tx, act, permitCounts, steps);
  const changes = doing.map(({ change }) => change);
  await saveLifeChanges(tx, act.provinceId, changes);
  for (const { before, change } of doing) {
    const { bankId } = before.dims;
    if (change.householdId && bankId) await showPlaces(tx, act.provinceId, bankId, [before.id]);
  }
  const moved = doing.map((one) => movedOf(act, reference, one));
  await saveMoved(tx, act.provinceId, moved);
  await announceChanges(tx, act.provinceId, verb, ids);
}

async function checkTwoPeople(tx: Tx, act: Act, caseIds: readonly string[]): Promise<void> {
  const signers = await firstSigners(tx, act.provinceId, caseIds, 'permits.signRenewal');
  for (const caseId of caseIds) checkSigners(signers.get(caseId) ?? null, act.actorId);
}

type Judged = Omit<Doing, 'change' | 'facts'>;
type Change = Pick<Doing, 'change' | 'facts'>;

/** What the verb changes, and what its decision used: `before` is what taking it back restores. */
async function changeOf(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: LifeVerb,
  one: Judged,
): Promise<Change> {
  const change = { caseId: one.before.id };
  switch (verb) {
    case 'permits.changeAddress':
      return addressChange(tx, act, reference, one);
    case 'permits.changeOccupation':
      return occupationChange(reference, one);
    case 'permits.askRenewal':
      return { change, facts: renewalAsked(act, reference, one) };
    case 'permits.renew':
      return renewal(reference, one);
    case 'permits.refuseRenewal': {
      const { conditionNumber } = one.input;
      return {
        change,
        facts: { condition: checkRefusal(conditionNumber, reference.refusalConditions) },
      };
    }
    default:
      return { change, facts: {} };
  }
}

async function addressChange(
  tx: Tx,
  act: Act,
  reference: Reference,
  { input, before, permit }: Judged,
): Promise<Change> {
  const { household } = input;
  if (!household) throw new Problem('permits.change_missing');
  getCounty(reference, household.countyId, act.provinceId);
  const owners = { people: before.personId, organisations: before.dims.agencyId };
  const [householdId = ''] = await addHouseholds(tx, act, owners, [household]);
  const { countyId, area } = household;
  return {
    change: { caseId: before.id, householdId, countyId, area },
    facts: {
      before: {
        household_id: permit.householdId,
        county_id: before.dims.countyId,
        area: before.dims.area,
      },
    },
  };
}

function occupationChange(reference: Reference, { input, before }: Judged): Change {
  const { occupationId } = input;
  const { occupationId: present } = before.dims;
  if (!occupationId || occupationId === present) throw new Problem('permits.change_missing');
  const after = getOccupation(reference, occupationId);
  checkOccupationChange(getOccupation(reference, present), after);
  return {
    change: { caseId: before.id, occupationId },
    facts: { before: { occupation_id: present }, occupation_id: occupationId },
  };
}

function renewalAsked(act: Act, reference: Reference, { input, permit }: Judged) {
  const { happenedOn } = input;
  const notice = settingOn(reference, 'permits.renewal_notice', act.provinceId, happenedOn);
  checkRenewalWindow(permit.validUntil, notice, happenedOn);
  return { valid_until: permit.validUntil, renewal_notice: notice };
}

function renewal(reference: Reference, { input, before, permit }: Judged): Change {
  const { validity_months } = getOccupation(reference, before.dims.occupationId);
  const validUntil = renewedUntil(permit.validUntil, input.happenedOn, validity_months);
  return {
    change: { caseId: before.id, validUntil },
    facts: { before: { valid_until: permit.validUntil }, validity_months, valid_until: validUntil },
  };
}

function toStep(verb: LifeVerb, { input, before, to, change, facts }: Doing): Step {
  const { dims } = before;
  return {
    caseId: before.id,
    verb,
    from: before.state,
    to,
    happenedOn: input.happenedOn,
    personId: before.personId,
    dims: {
      ...dims,
      countyId: change.countyId ?? dims.countyId,
      area: change.area ?? dims.area,
      occupationId: change.occupationId ?? dims.occupationId,
    },
    reason: input.reason ? normaliseText(input.reason) : null,
    facts,
  };
}

function movedOf(act: Act, reference: Reference, { input, before, to }: Doing): Moved {
  return {
    id: before.id,
    state: to,
    since: input.happenedOn,
    dueOn: deadline(reference, act.provinceId, to, input.happenedOn),
    permitId: before.permitId,
  };
}
