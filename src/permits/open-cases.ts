import {
  addHouseholds,
  checkPerson,
  cleanPerson,
  findByNationalId,
  getCounty,
  getOccupation,
  type HouseholdInput,
  type KnownPerson,
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
import { type CaseBook, findCases } from './known-cases.ts';
import { insertCases, insertPermits, type NewCase, type NewPermit } from './queries.ts';
import { checkStep, type Kind, permitSteps, validUntil } from './rules.ts';
import { addFirstVersions, type FirstVersion } from './versions.ts';

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
  /** What else is frozen on the first step: who filled the application in, what the applicant answered. */
  readonly facts?: Readonly<Record<string, unknown>>;
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

/** What the record holds that an opening could collide with, growing with every opening judged. */
export type OpeningsHeld = {
  readonly people: Map<string, KnownPerson>;
  readonly book: CaseBook;
};

type OpenVerb = 'permits.submit' | 'permits.enter';

/** An opening that may be written: its person clean, its agency and its id settled. */
export type JudgedOpening = OpenInput & {
  readonly caseId: string;
  readonly agencyId: string;
  readonly verb: OpenVerb;
};

/**
 * Judges one opening against what the record holds, and lets the openings judged after it see it: the
 * one validator of a single act and of a register's rows.
 * @throws Problem as {@link submitCases} and {@link enterPermits}
 */
export function judgeOpening(
  act: Act,
  reference: Reference,
  verb: OpenVerb,
  held: OpeningsHeld,
  input: OpenInput,
): JudgedOpening {
  const person = cleanPerson(input.person);
  const { countyId } = input.household;
  getCounty(reference, countyId, act.provinceId);
  const occupation = getOccupation(reference, input.occupationId);
  checkStep(verb, input, { stateSince: null, today: act.today });
  checkPerson(held.people.get(person.nationalId), person);
  const number = numberOf(input);
  if (number !== undefined && held.book.byNumber(number)) {
    throw new Problem('permits.number_taken', { number });
  }
  if (held.book.liveCase(person.nationalId, input.occupationId)) {
    throw new Problem('permits.already_open');
  }
  const judged = {
    ...input,
    ...(number === undefined ? {} : { permitNumber: number }),
    person,
    verb,
    caseId: input.caseId ?? uuid7(act.now.getTime()),
    // The agency is the occupation's (routing by field, iribnews 5667291), unless a register names another.
    agencyId: input.agencyId ?? occupation.agency_id,
  };
  note(held, judged);
  return judged;
}

function numberOf({ permitNumber }: OpenInput): string | undefined {
  return permitNumber === undefined ? undefined : normaliseText(permitNumber);
}

function note(held: OpeningsHeld, it: JudgedOpening): void {
  const known = held.people.get(it.person.nationalId) ?? {
    ...it.person,
    id: '',
    fatherName: it.person.fatherName ?? null,
    birthOn: it.person.birthOn ?? null,
  };
  held.people.set(known.nationalId, known);
  held.book.add({
    id: it.caseId,
    state: nextState(permitSteps, it.verb, null),
    kind: it.kind,
    occupationId: it.occupationId,
    agencyId: it.agencyId,
    countyId: it.household.countyId,
    area: it.household.area,
    person: known,
    permitNumber: it.permitNumber ?? null,
    issuedOn: it.permitNumber === undefined ? null : it.happenedOn,
  });
}

async function openCases(
  tx: Tx,
  act: Act,
  reference: Reference,
  verb: OpenVerb,
  inputs: readonly OpenInput[],
): Promise<string[]> {
  const nationalIds = inputs.map(({ person }) => cleanPerson(person).nationalId);
  const numbers = inputs.flatMap((input) => numberOf(input) ?? []);
  const held = {
    people: await findByNationalId(tx, act.provinceId, nationalIds),
    book: await findCases(tx, act.provinceId, { nationalIds, numbers }),
  };
  const judged = inputs.map((input) => judgeOpening(act, reference, verb, held, input));
  await writeOpenings(tx, act, reference, judged, held);
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
  const openings = await prepare(tx, act, reference, judged, held);
  const cases = openings.map((one) => toCase(act, reference, one));
  const permits = openings.flatMap(({ permit }) => permit ?? []);
  await Promise.all([
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

/** Makes the people and households known, each to the agency of its case. */
async function prepare(
  tx: Tx,
  act: Act,
  reference: Reference,
  judged: readonly JudgedOpening[],
  held: OpeningsHeld,
): Promise<Opening[]> {
  // Those whom only the judging has seen have no id yet.
  const known = new Map([...held.people].filter(([, { id }]) => id !== ''));
  const agencies = judged.map(({ agencyId }) => agencyId);
  const persons = judged.map(({ person }) => person);
  const homes = judged.map(({ household }) => household);
  const [households, people] = await Promise.all([
    addHouseholds(tx, act, agencies, homes),
    knowPeople(tx, act, agencies, persons, known),
  ]);
  return judged.map((input, at) => {
    const parties = { personId: people[at]?.id ?? '', householdId: households[at] ?? '' };
    return toOpening(act, reference, input, parties);
  });
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
