import type { IsoDate } from '../../kit/jalali.ts';
import type { Rial } from '../../kit/rial.ts';

/** The four registers an office keeps. */
export type RegisterKind = 'permits' | 'referrals' | 'payments' | 'jobs';

export const registerKinds: readonly RegisterKind[] = ['permits', 'referrals', 'payments', 'jobs'];

/** A person's number: a national ID, or the code of a foreign national. */
export interface PersonCode {
  readonly value: string;
  readonly kind: 'national' | 'foreign';
}

export type PermitKind = 'independent' | 'supporter' | 'covered';
export type Sex = 'female' | 'male';
export type Area = 'urban' | 'rural';
export type Relation = 'holder' | 'covered' | 'household';

/** What a read cell of each field is. */
export interface FieldValues {
  permit_number: string;
  national_id: PersonCode;
  first_name: string;
  last_name: string;
  full_name: string;
  father_name: string;
  sex: Sex;
  birth_date: IsoDate;
  mobile: string;
  county: number;
  area: Area;
  address: string;
  occupation: string;
  agency: string;
  kind: PermitKind;
  issued_on: IsoDate;
  applied_on: IsoDate;
  bank: string;
  branch: string;
  referred_on: IsoDate;
  requested_amount: Rial;
  people: number;
  letter_number: string;
  tranche: number;
  amount: Rial;
  paid_on: IsoDate;
  bank_reference: string;
  worker_national_id: PersonCode;
  worker_first_name: string;
  worker_last_name: string;
  worker_full_name: string;
  worker_sex: Sex;
  worker_birth_date: IsoDate;
  relation: Relation;
  started_on: IsoDate;
  worker_permit_number: string;
}

export type FieldName = keyof FieldValues;

/** How a field's cells are read. */
export type FieldType =
  | 'code'
  | 'person'
  | 'name'
  | 'text'
  | 'mobile'
  | 'day'
  | 'birthday'
  | 'amount'
  | 'count'
  | 'tranche'
  | 'sex'
  | 'kind'
  | 'area'
  | 'relation'
  | 'county'
  | 'agency'
  | 'bank'
  | 'occupation';

export const fieldTypes: { readonly [F in FieldName]: FieldType } = {
  permit_number: 'code',
  national_id: 'person',
  first_name: 'name',
  last_name: 'name',
  full_name: 'name',
  father_name: 'name',
  sex: 'sex',
  birth_date: 'birthday',
  mobile: 'mobile',
  county: 'county',
  area: 'area',
  address: 'text',
  occupation: 'occupation',
  agency: 'agency',
  kind: 'kind',
  issued_on: 'day',
  applied_on: 'day',
  bank: 'bank',
  branch: 'text',
  referred_on: 'day',
  requested_amount: 'amount',
  people: 'count',
  letter_number: 'code',
  tranche: 'tranche',
  amount: 'amount',
  paid_on: 'day',
  bank_reference: 'code',
  worker_national_id: 'person',
  worker_first_name: 'name',
  worker_last_name: 'name',
  worker_full_name: 'name',
  worker_sex: 'sex',
  worker_birth_date: 'birthday',
  relation: 'relation',
  started_on: 'day',
  worker_permit_number: 'code',
};

/** One thing a register must say, and the sets of fields that each say it. */
export type Requirement = readonly (readonly FieldName[])[];

/** What one kind of register holds. */
export interface RegisterShape {
  /**
   * All its fields. A header that fits several («کد ملی» in a register of jobs) goes to the first of
   * them that no other header claims for itself, so a worker's fields stand before the holder's.
   */
  readonly fields: readonly FieldName[];
  readonly requires: readonly Requirement[];
  /** Fields whose unreadable cell is a warning: the row stands without it, for no figure needs it. */
  readonly lenient: readonly FieldName[];
}

const whichCase: Requirement = [['permit_number'], ['national_id', 'occupation']];
const holder = ['full_name', 'first_name', 'last_name'] as const;

export const registerShapes: { readonly [K in RegisterKind]: RegisterShape } = {
  permits: {
    fields: [
      ...(['permit_number', 'national_id', ...holder, 'father_name', 'sex', 'birth_date'] as const),
      ...(['mobile', 'county', 'area', 'address', 'occupation', 'agency', 'kind'] as const),
      ...(['issued_on', 'applied_on'] as const),
    ],
    requires: [
      ...requireEach('permit_number', 'national_id'),
      [['first_name', 'last_name'], ['full_name']],
      ...requireEach('sex', 'county', 'occupation', 'agency', 'kind', 'issued_on'),
    ],
    lenient: ['father_name', 'birth_date', 'mobile', 'applied_on'],
  },
  referrals: {
    fields: [
      ...(['permit_number', 'national_id', ...holder, 'occupation', 'county', 'agency'] as const),
      ...([
        'bank',
        'branch',
        'referred_on',
        'requested_amount',
        'people',
        'letter_number',
      ] as const),
    ],
    requires: [whichCase, ...requireEach('bank', 'referred_on', 'requested_amount')],
    lenient: ['county', 'agency', ...holder],
  },
  payments: {
    fields: [
      ...(['permit_number', 'national_id', ...holder, 'occupation', 'county', 'agency'] as const),
      ...(['bank', 'branch', 'tranche', 'amount', 'paid_on', 'bank_reference'] as const),
    ],
    requires: [whichCase, ...requireEach('bank', 'amount', 'paid_on')],
    lenient: ['county', 'agency', ...holder],
  },
  jobs: {
    fields: [
      ...(['worker_national_id', 'worker_first_name', 'worker_last_name'] as const),
      ...([
        'worker_full_name',
        'worker_sex',
        'worker_birth_date',
        'relation',
        'started_on',
      ] as const),
      ...(['worker_permit_number', 'permit_number', 'national_id', ...holder] as const),
      ...(['occupation', 'county', 'agency'] as const),
    ],
    requires: [
      whichCase,
      ...requireEach('worker_national_id'),
      [['worker_first_name', 'worker_last_name'], ['worker_full_name']],
      ...requireEach('relation', 'started_on'),
    ],
    lenient: ['worker_birth_date', 'county', 'agency', ...holder],
  },
};

function requireEach(...fields: readonly FieldName[]): Requirement[] {
  return fields.map((field) => [[field]]);
}

/**
 * The fields that are wanting where `has` says which are there: none when every requirement is met,
 * else, of each unmet one, what its nearest alternative lacks.
 */
export function missingFields(
  requires: readonly Requirement[],
  has: (field: FieldName) => boolean,
): FieldName[] {
  if (requires.every((alternatives) => alternatives.some((fields) => fields.every(has)))) return [];
  return requires.flatMap((alternatives) => {
    const lacks = alternatives.map((fields) => fields.filter((field) => !has(field)));
    if (lacks.some((fields) => fields.length === 0)) return [];
    const partly = lacks.find((fields, at) => fields.length < (alternatives[at]?.length ?? 0));
    return partly ?? lacks[0] ?? [];
  });
}
