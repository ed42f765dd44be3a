import { type Static, Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

export const CodeParams = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

const Numbered = Type.Object({ number: Type.Integer(), label: Label });

/** What a clearing body has been asked and has said; `missing` = it is still to be asked. */
const ClearanceLine = Type.Object({
  body: Named,
  state: Type.String({ description: 'missing, asked, cleared or denied' }),
  askedOn: Nullable(IsoDay),
  dueOn: Nullable(IsoDay),
  late: Type.Boolean(),
  answeredOn: Nullable(IsoDay),
  reference: Nullable(Type.String()),
  condition: Nullable(Numbered),
  reason: Nullable(Type.String()),
});

/** One step of the case's history in wire form. */
export const HistoryLine = Type.Object({
  seq: Type.Integer(),
  verb: Type.String(),
  from: Nullable(Type.String()),
  to: Type.String(),
  takenBack: Type.Boolean({ description: 'A later step took this one back' }),
  takesBack: Type.Boolean({ description: 'This step takes an earlier one back' }),
  happenedOn: IsoDay,
  recordedAt: Type.String({ format: 'date-time' }),
  actor: Nullable(Label),
  organisation: Nullable(Named),
  reason: Nullable(Type.String()),
  condition: Nullable(Type.Object({ number: Type.Integer(), label: Label })),
  unmet: Type.Array(Numbered, { description: 'All numbers of a refusal or a denied clearance' }),
  items: Type.Array(
    Type.Object({
      number: Nullable(Type.Integer()),
      label: Nullable(Label),
      field: Nullable(Type.String()),
      note: Type.String(),
    }),
    { description: 'What the applicant is to correct' },
  ),
  conditions: Type.Array(Type.String(), { description: 'What the agency signed under' }),
  bodies: Type.Array(Named, { description: 'Clearing bodies that the step is about' }),
  reference: Nullable(Type.String({ description: 'A clearing body’s own number' })),
  rial: Nullable(Type.String()),
  people: Nullable(Type.Integer()),
  hash: Type.String(),
});

/** An act on the case: open to this reader now, or why not. */
const ActLine = Type.Object({
  verb: Type.String(),
  enabled: Type.Boolean(),
  why: Nullable(Type.String({ description: 'A problem code, where the act is not enabled' })),
});

/** What a permit said from one step to the next. */
const PermitVersion = Type.Object({
  version: Type.Integer(),
  verb: Type.String(),
  takesBack: Type.Boolean(),
  status: Type.String(),
  occupation: Named,
  county: Named,
  address: Nullable(Type.String()),
  conditions: Type.Array(Type.String()),
  validFrom: IsoDay,
  validUntil: IsoDay,
  approvals: Type.Array(
    Type.Object({
      verb: Type.String(),
      actor: Nullable(Label),
      organisation: Nullable(Named),
      on: IsoDay,
    }),
  ),
});

/** A permit with its versions, oldest first; the last one holds. */
export const PermitAnswer = Type.Object({
  number: Type.String(),
  issuedOn: IsoDay,
  validUntil: IsoDay,
  revokedOn: Nullable(IsoDay),
  status: Type.String(),
  renewableFrom: IsoDay,
  versions: Type.Array(PermitVersion),
});

export const CaseAnswer = Type.Object({
  code: Type.String(),
  state: Type.String(),
  planState: Nullable(Type.String()),
  kind: Type.String(),
  where: Type.Object({
    holder: Type.String(),
    holderLabel: Nullable(Label),
    since: IsoDay,
    dueOn: Nullable(IsoDay),
    late: Type.Boolean(),
    unlockedBy: Type.Array(Type.String()),
  }),
  person: Type.Object({
    name: Type.String(),
    nationalId: Type.String(),
    fatherName: Nullable(Type.String()),
    birthOn: Nullable(IsoDay),
    sex: Type.String(),
    mobile: Nullable(Type.String()),
    demonstration: Type.Boolean(),
  }),
  household: Type.Object({
    county: Named,
    area: Type.String(),
    address: Nullable(Type.String()),
    postalCode: Nullable(Type.String()),
  }),
  occupation: Named,
  agency: Named,
  submittedOn: Nullable(IsoDay),
  permit: Nullable(PermitAnswer),
  clearances: Type.Array(ClearanceLine),
  history: Type.Array(HistoryLine),
  acts: Type.Array(ActLine),
});

const PersonBody = Type.Object(
  {
    nationalId: Type.String({ minLength: 8, maxLength: 20 }),
    idKind: Type.Union([Type.Literal('national'), Type.Literal('foreign')]),
    firstName: Type.String({ minLength: 1, maxLength: 80 }),
    lastName: Type.String({ minLength: 1, maxLength: 80 }),
    fatherName: Type.Optional(Type.String({ maxLength: 80 })),
    birthOn: Type.Optional(IsoDay),
    sex: Type.Union([Type.Literal('female'), Type.Literal('male')]),
    mobile: Type.Optional(Type.String({ maxLength: 30 })),
  },
  { additionalProperties: false },
);

export const HouseholdBody = Type.Object(
  {
    countyId: Type.String({ pattern: '^[0-9]{4}$' }),
    area: Type.Union([Type.Literal('urban'), Type.Literal('rural')]),
    address: Type.Optional(Type.String({ maxLength: 300 })),
    postalCode: Type.Optional(Type.String({ maxLength: 20 })),
  },
  { additionalProperties: false },
);

export const SubmitBody = Type.Object(
  {
    person: PersonBody,
    household: HouseholdBody,
    kind: Type.Union([
      Type.Literal('independent'),
      Type.Literal('supporter'),
      Type.Literal('covered'),
    ]),
    occupationId: Type.String({ minLength: 1, maxLength: 60 }),
    decide: Type.Optional(
      Type.Boolean({
        description: 'The application is complete, its documents seen: let the grade decide now',
      }),
    ),
  },
  { additionalProperties: false },
);

export const StepBody = Type.Object(
  {
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
    conditionNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  },
  { additionalProperties: false },
);

export type WireHousehold = Static<typeof HouseholdBody>;

/** A new address of the holder, in the same province. */
export const AddressBody = Type.Object(
  { household: HouseholdBody, reason: Type.Optional(Type.String({ maxLength: 1000 })) },
  { additionalProperties: false },
);

/** Another occupation of the same agency. */
export const OccupationBody = Type.Object(
  {
    occupationId: Type.String({ minLength: 1, maxLength: 60 }),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
);

export const TakeBackBody = Type.Object(
  { reason: Type.String({ minLength: 1, maxLength: 1000 }) },
  { additionalProperties: false },
);

export const CodeAnswer = Type.Object({ code: Type.String() });

/** Problem codes of this slice and their statuses. */
export const permitProblems: ProblemTable = {
  'permits.already_open': 409,
  'permits.number_taken': 409,
  'permits.future_date': 422,
  'permits.before_last_step': 422,
  'permits.reason_missing': 422,
  'permits.condition_missing': 422,
  'permits.same_signer': 422,
  'permits.identity_missing': 409,
  'permits.identity_differs': 409,
  'permits.draft_changed': 409,
  'permits.draft_closed': 409,
  'permits.draft_incomplete': 422,
  'permits.document_too_large': 413,
  'permits.document_type': 415,
  'permits.upload_gap': 409,
  'permits.claimed': 409,
  'permits.not_waiting': 409,
  'permits.batch_blocked': 409,
  'permits.not_alike': 422,
  'permits.duplicate_decided': 409,
  'permits.item_unknown': 422,
  'permits.field_not_asked': 422,
  'permits.same_decider': 422,
  'permits.appeal_over': 422,
  'permits.clearance_missing': 422,
  'permits.no_clearance_needed': 422,
  'permits.not_asked': 409,
  'permits.not_provisional': 422,
  'permits.change_missing': 422,
  'permits.needs_new_application': 422,
  'permits.too_early_to_renew': 422,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const permitConstraints: Readonly<Record<string, string>> = {
  cases_one_live_per_occupation: 'permits.already_open',
  permits_number_once: 'permits.number_taken',
  duplicate_decisions_stands_once: 'permits.duplicate_decided',
};
