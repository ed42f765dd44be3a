import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/index.ts';

const Kind = Type.Union([
  Type.Literal('independent'),
  Type.Literal('supporter'),
  Type.Literal('covered'),
]);
const Sex = Type.Union([Type.Literal('female'), Type.Literal('male')]);
const strict = { additionalProperties: false };

const Numbered = Type.Object({ number: Type.Integer(), label: Label });
const Limit = Type.Object({
  value: Type.Integer(),
  unit: Type.Union([Type.Literal('days'), Type.Literal('working_days')]),
});

const OccupationAbout = Type.Object({
  id: Type.String(),
  label: Label,
  agency: Named,
  clearances: Type.Array(Named),
  grade: Type.String(),
  validityMonths: Type.Integer(),
  days: Type.Object({ agency: Limit, clearance: Nullable(Limit), directorate: Limit }),
  documents: Type.Array(
    Type.Object({ number: Type.Integer(), label: Label, menOnly: Type.Boolean() }),
  ),
  questions: Type.Array(Numbered),
});

export const FinderQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  id: Type.Optional(Type.String({ maxLength: 60 })),
  kind: Type.Optional(Kind),
  sex: Type.Optional(Sex),
  lang: Type.Optional(Type.String()),
});
export const FinderAnswer = Type.Object({ items: Type.Array(OccupationAbout) });

/** The number of a condition → whether it is met. */
const Conditions = Type.Record(Type.String({ pattern: '^[0-9]{1,3}$' }), Type.Boolean());

export const EligibilityBody = Type.Object(
  {
    kind: Kind,
    occupationId: Type.String({ minLength: 1, maxLength: 60 }),
    countyId: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
    answers: Conditions,
  },
  strict,
);
export const EligibilityAnswer = Type.Object({
  eligible: Type.Boolean(),
  unmet: Type.Array(Numbered),
  unanswered: Type.Array(Numbered),
});

const What = Type.Object(
  { kind: Kind, occupationId: Type.String({ minLength: 1, maxLength: 60 }) },
  strict,
);
const Who = Type.Object(
  {
    nationalId: Type.String({ minLength: 8, maxLength: 20 }),
    idKind: Type.Union([Type.Literal('national'), Type.Literal('foreign')]),
    firstName: Type.String({ minLength: 1, maxLength: 80 }),
    lastName: Type.String({ minLength: 1, maxLength: 80 }),
    fatherName: Type.Optional(Type.String({ maxLength: 80 })),
    birthOn: Type.Optional(IsoDay),
    sex: Sex,
    mobile: Type.Optional(Type.String({ maxLength: 30 })),
  },
  strict,
);
const Where = Type.Object(
  {
    countyId: Type.String({ pattern: '^[0-9]{4}$' }),
    area: Type.Union([Type.Literal('urban'), Type.Literal('rural')]),
    address: Type.String({ minLength: 1, maxLength: 300 }),
    postalCode: Type.Optional(Type.String({ maxLength: 20 })),
  },
  strict,
);
const Work = Type.Object(
  { conditions: Conditions, plan: Type.Optional(Type.String({ maxLength: 2000 })) },
  strict,
);

/** What was answered so far; one question group a page, each saved whole. */
export const DraftAnswers = Type.Object(
  {
    what: Type.Optional(What),
    who: Type.Optional(Who),
    where: Type.Optional(Where),
    work: Type.Optional(Work),
  },
  strict,
);

const DocumentLine = Type.Object({
  code: Type.String(),
  number: Type.Integer(),
  label: Label,
  type: Type.String(),
  bytes: Type.Integer(),
  received: Type.Integer(),
  state: Type.String({ description: 'receiving, checking, kept or refused' }),
  fault: Nullable(Type.String()),
  recordedAt: Type.String({ format: 'date-time' }),
});

export const DraftAnswer = Type.Object({
  code: Type.String(),
  version: Type.Integer(),
  state: Type.String(),
  onBehalf: Type.Boolean(),
  caseCode: Nullable(Type.String()),
  answers: DraftAnswers,
  documents: Type.Array(DocumentLine),
  /** What the occupation asks for, once it is chosen. */
  about: Nullable(OccupationAbout),
  /** The groups that still lack something, in the order of the pages. */
  lacking: Type.Array(Type.String()),
  savedAt: Type.String({ format: 'date-time' }),
});

export const SaveBody = Type.Object({ version: Type.Integer(), answers: DraftAnswers }, strict);
export const VersionBody = Type.Object({ version: Type.Integer() }, strict);
export const DraftParams = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

const DraftLine = Type.Object({
  code: Type.String(),
  occupation: Nullable(Named),
  name: Nullable(Type.String()),
  lacking: Type.Array(Type.String()),
  savedAt: Type.String({ format: 'date-time' }),
});
export const DraftList = Type.Object({ items: Type.Array(DraftLine) });

export const UploadBody = Type.Object(
  {
    draft: Type.Optional(Type.String({ maxLength: 60 })),
    case: Type.Optional(Type.String({ maxLength: 60 })),
    number: Type.Integer({ minimum: 1, maximum: 999 }),
    bytes: Type.Integer({ minimum: 1, maximum: 50_000_000 }),
    type: Type.String({ maxLength: 100 }),
  },
  strict,
);
export const UploadAnswer = Type.Object({
  code: Type.String(),
  offset: Type.Integer(),
  state: Type.String(),
  fault: Nullable(Type.String()),
});
export const PieceQuery = Type.Object({ offset: Type.Integer({ minimum: 0 }) });
export const FinishBody = Type.Object(
  { sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  strict,
);

/** What hangs on a case from its application. */
export const ApplicationAnswer = Type.Object({
  onBehalf: Nullable(Type.Object({ by: Label, organisation: Nullable(Named) })),
  identity: Nullable(Type.String()),
  plan: Nullable(Type.String()),
  documents: Type.Array(DocumentLine),
  about: OccupationAbout,
});

/** What of a case was opened: itself, a document, a visit, what hangs on a supporter, a paper; or how it was taken along. */
export const openedKinds = [
  ...(['case', 'document', 'visit', 'supporter', 'paper'] as const),
  ...(['pack', 'bank', 'export'] as const),
] as const;
export type OpenedKind = (typeof openedKinds)[number];

export const OpeningsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      what: Type.Enum([...openedKinds]),
      openedAt: Type.String(),
      role: Type.String(),
      organisation: Nullable(Label),
    }),
  ),
});
