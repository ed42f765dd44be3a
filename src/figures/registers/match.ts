import { compactKey } from '../../kit/persian-text.ts';
import type { CaseBook, KnownCase } from '../../permits/index.ts';
import type { FieldName } from './fields.ts';
import type { CaseKey } from './records.ts';
import type { Fault } from './verdict.ts';

/** Why it is not sure which case a row means. */
export type Doubt =
  /** The permit number is one case's, the person and occupation another's. */
  | 'two_cases'
  /** The permit number is known, but stands under another name, and nothing else tells. */
  | 'name_differs'
  /** The permit number is not known, but the person has cases. */
  | 'number_unknown'
  /** The person has cases, but none in this occupation. */
  | 'other_occupation'
  /** The person has several cases in this occupation. */
  | 'several_cases';

/** The case a row is about: surely one, perhaps one of some, or none that could be. */
export type CaseMatch =
  | { readonly kind: 'sure'; readonly it: KnownCase }
  | { readonly kind: 'doubtful'; readonly why: Doubt; readonly candidates: readonly KnownCase[] }
  | { readonly kind: 'refused'; readonly faults: readonly Fault[] };

/**
 * Finds the case of a row: by permit number, then by national ID and occupation. What else the row
 * says of the case must not contradict it; and where two ways of finding it disagree, nobody guesses.
 */
export function matchCase(book: CaseBook, key: CaseKey): CaseMatch {
  const own = key.nationalId ? book.ofPerson(key.nationalId.value) : [];
  if (key.permitNumber === undefined) return matchPerson(own, key);
  const it = book.byNumber(key.permitNumber);
  if (it) return matchNumber(it, own, key);
  const near = own.filter((one) => one.permitNumber !== null);
  if (near.length === 0) return noCase('permit_number');
  return { kind: 'doubtful', why: 'number_unknown', candidates: near };
}

function matchNumber(it: KnownCase, own: readonly KnownCase[], key: CaseKey): CaseMatch {
  const faults = contradictions(it, key);
  if (faults.length === 0) return { kind: 'sure', it };
  const same = own.filter((one) => one.id !== it.id && one.occupationId === key.occupationId);
  if (same.length > 0) return { kind: 'doubtful', why: 'two_cases', candidates: [it, ...same] };
  const nameAlone =
    key.nationalId === undefined && faults.every((one) => one.field === 'full_name');
  if (nameAlone) return { kind: 'doubtful', why: 'name_differs', candidates: [it] };
  return { kind: 'refused', faults };
}

function matchPerson(own: readonly KnownCase[], key: CaseKey): CaseMatch {
  const same = own.filter(({ occupationId }) => occupationId === key.occupationId);
  const issued = same.filter(({ state }) => state === 'issued');
  const [it, ...others] = issued.length === 1 ? issued : same;
  if (it && others.length > 0) return { kind: 'doubtful', why: 'several_cases', candidates: same };
  if (it) {
    const faults = contradictions(it, key);
    return faults.length === 0 ? { kind: 'sure', it } : { kind: 'refused', faults };
  }
  if (own.length === 0) return noCase('national_id');
  return { kind: 'doubtful', why: 'other_occupation', candidates: own };
}

function noCase(field: FieldName): CaseMatch {
  return { kind: 'refused', faults: [{ code: 'no_case', field, details: {} }] };
}

/** Where what a row says of its case is not what the record says. */
function contradictions(it: KnownCase, key: CaseKey): Fault[] {
  const { person } = it;
  return [
    ...differs('national_id', person.nationalId, key.nationalId?.value),
    ...differs('full_name', `${person.firstName} ${person.lastName}`, key.name?.full),
    ...differs('occupation', it.occupationId, key.occupationId),
    ...differs('county', it.countyId, key.countyId),
    ...differs('agency', it.agencyId, key.agencyId),
  ];
}

/**
 * The fault of a field whose two sides differ; text is compared as people read it. What either side
 * does not say cannot differ.
 */
export function differs(
  field: FieldName,
  record: string | number | bigint | null,
  given: string | number | bigint | null | undefined,
): Fault[] {
  if (record === null || given === null || given === undefined || record === given) return [];
  const both = typeof record === 'string' && typeof given === 'string';
  if (both && compactKey(record) === compactKey(given)) return [];
  const details = { record: String(record), given: String(given) };
  return [{ code: 'differs', field, details }];
}
