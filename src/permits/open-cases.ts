import {
  cleanPerson,
  findByNationalId,
  getOccupation,
  meetPeople,
  type Reference,
  writeHouseholds,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Tx } from '../platform/database.ts';
import { type Act, recordSteps, type Step } from '../platform/history.ts';
import type { Dimensions } from '../platform/history-row.ts';
import { deadline } from './actions.ts';
import { permitCounts } from './counts.ts';
import {
  type JudgedOpening,
  judgeOpening,
  numberOf,
  type OpenInput,
  type OpeningsHeld,
  type OpenVerb,
} from './judge-opening.ts';
import { findCases } from './known-cases.ts';
import { insertCases, insertPermits, type NewCase, type NewPermit } from './queries.ts';
import { permitSteps, validUntil } from './rules.ts';
import { addFirstVersions, type FirstVersion } from './versions.ts';

/** What is asked of the database behind the new cases, in the same breath. */
type After = (caseIds: readonly string[]) => Promise<unknown>;

/**
 * Opens cases by application (`permits.submit`). Needs a transaction that sees the whole province.
 * @returns the cases' ids in the order of the inputs
 * @throws Problem `accounts.*`, `permits.future_date`, `permits.already_open`
 */
export function submitCases(
  tx: Tx,
  act: Act,
  reference: Reference,
  inputs: readonly OpenInput[],
  after?: After,
) {
  return openCases(tx, act, reference, 'permits.submit', inputs, after);
}

/**
 * Opens cases with permits that an office's own register holds (`permits.enter`).
 * @throws Problem as {@link submitCases}, and `permits.number_taken`
 */
export function enterPermits(tx: Tx, act: Act, reference: Reference, inputs: readonly OpenInput[]) {
  return openCases(tx, act, reference, 'permits.enter', inputs);
}

async function openCases(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: OpenVerb,
  inputs: readonly OpenInput[],
  after?: After,
): Promise<string[]> {
  const nationalIds = inputs.map(({ person }) => cleanPerson(person).nationalId);
  const numbers = inputs.flatMap((input) => numberOf(input) ?? []);
  const [people, book] = await Promise.all([
    findByNationalId(tx, act.provinceId, nationalIds),
    findCases(tx, act.provinceId, { nationalIds, numbers }),
  ]);
  const held = { people, book };
  const judged = inputs.map((input) => judgeOpening(act, reference, verb, held, input));
  await Promise.all([
    writeOpenings(tx, act, reference, judged, held),
    after?.(judged.map(({ caseId }) => caseId)),
  ]);
  return judged.map(({ caseId }) => caseId);
}

type Opening = JudgedOpening & {
  readonly personId: string;
  readonly householdId: string;
  readonly stepId: string;
  readonly to: NewCase['state'];
  readonly dims: Dimensions;
  readonly permit: NewPermit | undefined;
};

/**
 * Writes openings that were judged: people, households, cases, permits and steps. Statements that need
 * nothing of each other are asked for together, so that PostgreSQL never waits for the next one.
 */
export async function writeOpenings(
  tx: Tx,
  act: Act,
  reference: Reference,
  judged: readonly JudgedOpening[],
  held: OpeningsHeld,
): Promise<void> {
  const { openings, written } = prepare(tx, act, reference, judged, held);
  const cases = openings.map((one) => toCase(act, reference, one));
  const permits = openings.flatMap(({ permit }) => permit ?? []);
  await Promise.all([
    ...written,
    insertCases(tx, act, cases),
    insertPermits(tx, act.provinceId, permits),
    recordSteps(tx, act, permitCounts, openings.map(toStep)),
    addFirstVersions(tx, act, openings.flatMap(toVersion)),
  ]);
}

function toVersion(one: Opening): FirstVersion[] {
  const { permit, caseId, stepId: historyId, verb, personId, dims, happenedOn, facts } = one;
  if (!permit) return [];
  const { address } = one.household;
  return [
    {
      ...{ caseId, historyId, verb, personId, dims, happenedOn },
      permitId: permit.id,
      address: address ? normaliseText(address) : null,
      conditions: Array.isArray(facts?.conditions) ? facts.conditions : [],
      validUntil: permit.validUntil,
    },
  ];
}

/** Makes the people and households known, each to the agency of its case; asked for when this returns. */
function prepare(
  tx: Tx,
  act: Act,
  reference: Reference,
  judged: readonly JudgedOpening[],
  held: OpeningsHeld,
): { openings: Opening[]; written: readonly Promise<unknown>[] } {
  // Those whom only the judging has seen have no id yet; they come back with one.
  for (const [nationalId, { id }] of held.people) if (id === '') held.people.delete(nationalId);
  const agencies = judged.map(({ agencyId }) => agencyId);
  const persons = judged.map(({ person }) => person);
  const homes = judged.map(({ household }) => household);
  const met = meetPeople(tx, act, agencies, persons, held.people);
  const people = judged.map((_, at) => met.people[at]?.id ?? '');
  const households = writeHouseholds(tx, act, { people, organisations: agencies }, homes);
  const openings = judged.map((input, at) => {
    const parties = { personId: people[at] ?? '', householdId: households.ids[at] ?? '' };
    return toOpening(act, reference, input, parties);
  });
  return { openings, written: [households.written, met.written] };
}

function toOpening(
  act: Act,
  reference: Reference,
  input: JudgedOpening,
  parties: { personId: string; householdId: string },
): Opening {
  const number = input.permitNumber;
  return {
    ...input,
    ...parties,
    stepId: uuid7(act.now.getTime()),
    to: nextState(permitSteps, input.verb, null),
    dims: dimensions(input),
    permit: number === undefined ? undefined : permitOf(act, reference, input, number),
  };
}

function dimensions(input: JudgedOpening): Dimensions {
  return {
    countyId: input.household.countyId,
    agencyId: input.agencyId,
    bankId: null,
    kind: input.kind,
    occupationId: input.occupationId,
    sex: input.person.sex,
    area: input.household.area,
  };
}

function permitOf(act: Act, reference: Reference, input: JudgedOpening, number: string): NewPermit {
  const { validity_months } = getOccupation(reference, input.occupationId);
  return {
    id: uuid7(act.now.getTime()),
    caseId: input.caseId,
    number,
    issuedOn: input.happenedOn,
    validUntil: validUntil(input.happenedOn, validity_months),
  };
}

function toCase(act: Act, reference: Reference, one: Opening): NewCase {
  return {
    id: one.caseId,
    state: one.to,
    since: one.happenedOn,
    submittedOn: one.verb === 'permits.submit' ? one.happenedOn : null,
    dueOn: deadline(reference, act.provinceId, one.to, one.happenedOn),
    personId: one.personId,
    householdId: one.householdId,
    permitId: one.permit?.id ?? null,
    dims: one.dims,
  };
}

function toStep(one: Opening): Step {
  const { permit } = one;
  return {
    id: one.stepId,
    caseId: one.caseId,
    first: true,
    verb: one.verb,
    from: null,
    to: one.to,
    happenedOn: one.happenedOn,
    personId: one.personId,
    dims: one.dims,
    facts: {
      ...one.facts,
      ...(permit ? { permit_number: permit.number, valid_until: permit.validUntil } : {}),
    },
  };
}

/**
 * Lets what was asked of the record before the `last` openings were written see them, and nothing of
 * those before them, which it saw. They must have been asked for: their people have ids then.
 */
export function followOpenings(held: OpeningsHeld, last: OpeningsHeld): void {
  for (const { person } of last.book.added) {
    const met = last.people.get(person.nationalId);
    if (met && !held.people.has(met.nationalId)) held.people.set(met.nationalId, met);
  }
  held.book.follow(last.book);
}
