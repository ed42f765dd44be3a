import { type KnownPerson, type PersonInput, personDifferences } from '../../accounts/index.ts';
import type { FieldName, PersonCode, Sex } from './fields.ts';
import type { RegisterName } from './records.ts';
import type { Fault } from './verdict.ts';

/** A person as a row gives them; the sex is known by then. */
export function personOf(
  code: PersonCode,
  name: RegisterName,
  sex: Sex,
  more: Pick<PersonInput, 'fatherName' | 'birthOn' | 'mobile'>,
): PersonInput {
  return { nationalId: code.value, idKind: code.kind, ...nameParts(name), sex, ...more };
}

/**
 * A name kept in one column is cut at its first space. That may be the wrong place, so the row gets a
 * warning; names are compared and searched whole, so nothing but its display depends on the cut.
 */
function nameParts({ first, last, full }: RegisterName): { firstName: string; lastName: string } {
  if (first !== undefined && last !== undefined) return { firstName: first, lastName: last };
  const cut = full.indexOf(' ');
  return { firstName: full.slice(0, Math.max(cut, 0)), lastName: full.slice(cut + 1) };
}

/** The warning of a new person whose name had to be cut. */
export function splitWarning(name: RegisterName, field: FieldName): Fault[] {
  return name.first === undefined ? [{ code: 'name_split', field, details: {} }] : [];
}

type About = Readonly<Record<'name' | 'sex' | 'fatherName' | 'birthOn', FieldName>>;

/** The columns that speak of a permit's holder, and of somebody at work. */
export const holderFields: About = {
  name: 'full_name',
  sex: 'sex',
  fatherName: 'father_name',
  birthOn: 'birth_date',
};
export const workerFields: About = {
  name: 'worker_full_name',
  sex: 'worker_sex',
  fatherName: 'father_name',
  birthOn: 'worker_birth_date',
};

/** Everything in which a person given differs from the one the record knows under the number. */
export function personFaults(
  record: KnownPerson | undefined,
  input: PersonInput,
  fields: About,
): Fault[] {
  if (!record) return [];
  return personDifferences(record, input).map(({ field, record: known, given }) => ({
    code: 'differs',
    field: fields[field],
    details: { record: known, given },
  }));
}
