import {
  checkPerson,
  cleanPerson,
  getCounty,
  getOccupation,
  type HouseholdInput,
  type KnownPerson,
  type PersonInput,
  type Reference,
} from '../accounts/index.ts';
import { normaliseText } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import { nextState } from '../kit/steps.ts';
import { uuid7 } from '../kit/uuid7.ts';
import type { Act } from '../platform/history.ts';
import type { CaseBook } from './known-cases.ts';
import { checkStep, type Kind, permitSteps } from './rules.ts';

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

/** What the record holds that an opening could collide with, growing with every opening judged. */
export type OpeningsHeld = {
  readonly people: Map<string, KnownPerson>;
  readonly book: CaseBook;
};

export type OpenVerb = 'permits.submit' | 'permits.enter';

/** An opening that may be written: its person clean, its agency and its id settled. */
export type JudgedOpening = OpenInput & {
  readonly caseId: string;
  readonly agencyId: string;
  readonly verb: OpenVerb;
};

/**
 * Judges one opening against what the record holds, and lets the openings judged after it see it: the
 * one validator of a single act and of a register's rows.
 * @throws Problem `accounts.*`, `permits.future_date`, `permits.already_open`, `permits.number_taken`
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

/** The number of a register's permit in the form in which the record keeps it. */
export function numberOf({ permitNumber }: OpenInput): string | undefined {
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
