import type { IsoDate } from '../../kit/jalali.ts';
import type { Rial } from '../../kit/rial.ts';
import type {
  Area,
  FieldName,
  FieldValues,
  PermitKind,
  PersonCode,
  RegisterKind,
  Relation,
  Sex,
} from './fields.ts';

/** A person's name: in two parts, or whole where the office keeps it in one column. */
export interface RegisterName {
  readonly first: string | undefined;
  readonly last: string | undefined;
  readonly full: string;
}

/** Which case a row is about: by permit number, or by its holder and occupation, or both. */
export interface CaseKey {
  readonly permitNumber: string | undefined;
  readonly nationalId: PersonCode | undefined;
  readonly occupationId: string | undefined;
  /** Not needed to find the case, but must not contradict it. */
  readonly name: RegisterName | undefined;
  readonly countyId: number | undefined;
  readonly agencyId: string | undefined;
}

export interface PermitRecord {
  readonly permitNumber: string;
  readonly nationalId: PersonCode;
  readonly name: RegisterName;
  readonly fatherName: string | undefined;
  readonly sex: Sex;
  readonly bornOn: IsoDate | undefined;
  readonly mobile: string | undefined;
  readonly countyId: number;
  readonly area: Area | undefined;
  readonly address: string | undefined;
  readonly occupationId: string;
  readonly agencyId: string;
  readonly kind: PermitKind;
  readonly issuedOn: IsoDate;
  readonly appliedOn: IsoDate | undefined;
}

export interface ReferralRecord {
  readonly case: CaseKey;
  readonly bankId: string;
  readonly branch: string | undefined;
  readonly referredOn: IsoDate;
  readonly requestedRial: Rial;
  /** Jobs the plan promises. */
  readonly people: number | undefined;
  readonly letterNumber: string | undefined;
}

export interface PaymentRecord {
  readonly case: CaseKey;
  readonly bankId: string;
  readonly branch: string | undefined;
  /** From 1; undefined is the one after the last that the record holds. */
  readonly tranche: number | undefined;
  readonly amountRial: Rial;
  readonly paidOn: IsoDate;
  readonly bankReference: string | undefined;
}

export interface JobRecord {
  readonly case: CaseKey;
  readonly worker: {
    readonly nationalId: PersonCode;
    readonly name: RegisterName;
    readonly sex: Sex | undefined;
    readonly bornOn: IsoDate | undefined;
    /** A covered worker's own permit. */
    readonly permitNumber: string | undefined;
  };
  readonly relation: Relation;
  readonly startedOn: IsoDate;
}

/** The record that a row of each register gives. */
export interface RegisterRecords {
  permits: PermitRecord;
  referrals: ReferralRecord;
  payments: PaymentRecord;
  jobs: JobRecord;
}

/** A row's read values; every required one is there before a record is made. */
export type RowValues = { [F in FieldName]?: FieldValues[F] };

const makers: { readonly [K in RegisterKind]: (values: RowValues) => RegisterRecords[K] } = {
  permits: makePermit,
  referrals: makeReferral,
  payments: makePayment,
  jobs: makeJob,
};

/** Makes the record of a row whose requirements are met. Throws Error for one whose are not. */
export function makeRecord<K extends RegisterKind>(kind: K, values: RowValues): RegisterRecords[K] {
  return makers[kind](values);
}

function need<F extends FieldName>(values: RowValues, field: F): FieldValues[F] {
  const value = values[field];
  if (value === undefined) throw new Error(`A row without ${field} was taken for complete`);
  return value;
}

function nameOf(
  first: string | undefined,
  last: string | undefined,
  full: string | undefined,
): RegisterName | undefined {
  if (first !== undefined && last !== undefined) return { first, last, full: `${first} ${last}` };
  // One part alone («نام» over a column of surnames) tells no more than the whole does.
  const whole = full ?? last ?? first;
  return whole === undefined ? undefined : { first: undefined, last: undefined, full: whole };
}

function caseKey(values: RowValues): CaseKey {
  return {
    permitNumber: values.permit_number,
    nationalId: values.national_id,
    occupationId: values.occupation,
    name: nameOf(values.first_name, values.last_name, values.full_name),
    countyId: values.county,
    agencyId: values.agency,
  };
}

function makePermit(values: RowValues): PermitRecord {
  const name = nameOf(values.first_name, values.last_name, values.full_name);
  if (!name) throw new Error('A row without a name was taken for complete');
  return {
    permitNumber: need(values, 'permit_number'),
    nationalId: need(values, 'national_id'),
    name,
    fatherName: values.father_name,
    sex: need(values, 'sex'),
    bornOn: values.birth_date,
    mobile: values.mobile,
    countyId: need(values, 'county'),
    area: values.area,
    address: values.address,
    occupationId: need(values, 'occupation'),
    agencyId: need(values, 'agency'),
    kind: need(values, 'kind'),
    issuedOn: need(values, 'issued_on'),
    appliedOn: values.applied_on,
  };
}

function makeReferral(values: RowValues): ReferralRecord {
  return {
    case: caseKey(values),
    bankId: need(values, 'bank'),
    branch: values.branch,
    referredOn: need(values, 'referred_on'),
    requestedRial: need(values, 'requested_amount'),
    people: values.people,
    letterNumber: values.letter_number,
  };
}

function makePayment(values: RowValues): PaymentRecord {
  return {
    case: caseKey(values),
    bankId: need(values, 'bank'),
    branch: values.branch,
    tranche: values.tranche,
    amountRial: need(values, 'amount'),
    paidOn: need(values, 'paid_on'),
    bankReference: values.bank_reference,
  };
}

function makeJob(values: RowValues): JobRecord {
  const { worker_first_name, worker_last_name, worker_full_name } = values;
  const name = nameOf(worker_first_name, worker_last_name, worker_full_name);
  if (!name) throw new Error('A row without a name was taken for complete');
  return {
    case: caseKey(values),
    worker: {
      nationalId: need(values, 'worker_national_id'),
      name,
      sex: values.worker_sex,
      bornOn: values.worker_birth_date,
      permitNumber: values.worker_permit_number,
    },
    relation: need(values, 'relation'),
    startedOn: need(values, 'started_on'),
  };
}
