import {
  addHouseholds,
  getCounty,
  getOccupation,
  type HouseholdInput,
  knowPeople,
  type PersonInput,
  type Reference,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import type { Dimensions } from '../platform/history-row.ts';
import { deadline } from './actions.ts';
import { permitCounts } from './counts.ts';
import { insertCases, insertPermits, type NewCase, type NewPermit } from './queries.ts';
import { checkStep, type Kind, permitSteps, validUntil } from './rules.ts';

/** An application, or (with a permit number) a permit that an office's register already holds. */
export type OpenInput = {
  /** Made here when absent. */
  readonly caseId?: string;
  readonly person: PersonInput;
  readonly household: HouseholdInput;
  readonly kind: Kind;
  readonly occupationId: string;
  /** The day of the application, or of the permit, ISO. */
  readonly happenedOn: string;
  /** Present for `permits.enter` only. */
  readonly permitNumber?: string;
  /** For `permits.enter`: the agency that the register names; else the occupation's own. */
  readonly agencyId?: string;
};

/**
 * Opens cases by application (`permits.submit`). Needs a transaction that sees the whole province.
 * @returns the cases' ids in the order of the inputs
 * @throws Problem `accounts.*`, `permits.future_date`, `permits.already_open`
 */
export function submitCases(tx: Tx, act: Act, reference: Reference, inputs: readonly OpenInput[]) {
  return openCases(tx, act, reference, 'permits.submit', inputs);
}

/**
 * Opens cases with permits that an office's own register holds (`permits.enter`).
 * @throws Problem as {@link submitCases}, and `permits.number_taken`
 */
export function enterPermits(tx: Tx, act: Act, reference: Reference, inputs: readonly OpenInput[]) {
  return openCases(tx, act, reference, 'permits.enter', inputs);
}

type Opening = OpenInput & {
  readonly id: string;
  readonly personId: string;
  readonly householdId: string;
  readonly dims: Dimensions;
  readonly permit: NewPermit | undefined;
};

async function openCases(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: 'permits.submit' | 'permits.enter',
  inputs: readonly OpenInput[],
): Promise<string[]> {
  for (const input of inputs) {
    getCounty(reference, input.household.countyId, act.provinceId);
    checkStep(verb, input, { stateSince: null, today: act.today });
  }
  const openings = await prepare(tx, act, reference, inputs);
  const to = nextState(permitSteps, verb, null);
  await insertCases(
    tx,
    act,
    openings.map((one) => toCase(act, reference, verb, to, one)),
  );
  await insertPermits(
    tx,
    act.provinceId,
    openings.flatMap(({ permit }) => permit ?? []),
  );
  await recordSteps(
    tx,
    act,
    permitCounts,
    openings.map((one) => toStep(verb, to, one)),
  );
  return openings.map(({ id }) => id);
}

/** The agency is the occupation's (routing by field, iribnews 5667291), unless a register names another. */
function agencyOf(reference: Reference, input: OpenInput): string {
  return input.agencyId ?? getOccupation(reference, input.occupationId).agency_id;
}

/** Makes the people and households known, agency by agency, since each agency sees only its own. */
async function prepare(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly OpenInput[],
): Promise<Opening[]> {
  const openings: Opening[] = [];
  const places = inputs.map((input, place) => ({ input, place }));
  for (const [agencyId, group] of Map.groupBy(places, ({ input }) => agencyOf(reference, input))) {
    const persons = group.map(({ input }) => input.person);
    const { people, differences } = await knowPeople(tx, act, agencyId, persons);
    const [difference] = differences;
    if (difference) throw new Problem('accounts.person_differs', { ...difference });
    const homes = group.map(({ input }) => input.household);
    const households = await addHouseholds(tx, act, agencyId, homes);
    for (const [at, { input, place }] of group.entries()) {
      const parties = { personId: people[at]?.id ?? '', householdId: households[at] ?? '' };
      openings[place] = toOpening(act, reference, agencyId, input, parties);
    }
  }
  return openings;
}

function toOpening(
  act: Act,
  reference: Reference,
  agencyId: string,
  input: OpenInput,
  parties: { personId: string; householdId: string },
): Opening {
  const id = input.caseId ?? uuid7(act.now.getTime());
  const number = input.permitNumber;
  return {
    ...input,
    ...parties,
    id,
    dims: dimensions(agencyId, input),
    permit: number === undefined ? undefined : permitOf(act, reference, id, input, number),
  };
}

function dimensions(agencyId: string, input: OpenInput): Dimensions {
  return {
    countyId: input.household.countyId,
    agencyId,
    bankId: null,
    kind: input.kind,
    occupationId: input.occupationId,
    sex: input.person.sex,
    area: input.household.area,
  };
}

function permitOf(
  act: Act,
  reference: Reference,
  caseId: string,
  input: OpenInput,
  number: string,
): NewPermit {
  const { validity_months } = getOccupation(reference, input.occupationId);
  return {
    id: uuid7(act.now.getTime()),
    caseId,
    number: normaliseText(number),
    issuedOn: input.happenedOn,
    validUntil: validUntil(input.happenedOn, validity_months),
  };
}

function toCase(
  act: Act,
  reference: Reference,
  verb: 'permits.submit' | 'permits.enter',
  state: NewCase['state'],
  one: Opening,
): NewCase {
  return {
    id: one.id,
    state,
    since: one.happenedOn,
    submittedOn: verb === 'permits.submit' ? one.happenedOn : null,
    dueOn: deadline(reference, act.provinceId, state, one.happenedOn),
    personId: one.personId,
    householdId: one.householdId,
    permitId: one.permit?.id ?? null,
    dims: one.dims,
  };
}

function toStep(verb: string, to: NewCase['state'], one: Opening): Step {
  const { permit } = one;
  return {
    caseId: one.id,
    first: true,
    verb,
    from: null,
    to,
    happenedOn: one.happenedOn,
    personId: one.personId,
    dims: one.dims,
    facts: permit ? { permit_number: permit.number, valid_until: permit.validUntil } : {},
  };
}
