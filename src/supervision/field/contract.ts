import { type Static, Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../../accounts/contract.ts';
import { AnswersShape, ChecklistShape } from '../contract.ts';
import { deviations, outcomeVerbs, stages } from '../rules.ts';

const strict = { additionalProperties: false };
const Uuid = Type.String({ format: 'uuid' });
const Instant = Type.String({ format: 'date-time' });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });

/** The largest photo, bytes: one that was shrunk on the phone is a tenth of it. */
const mostPhotoBytes = 5 * 1024 * 1024;
/** The largest piece of one, bytes: two seconds at 256 kbit/s. */
export const mostPieceBytes = 64 * 1024;

export const recordStates = [
  'held',
  'waits_photos',
  'applied',
  'conflict',
  'kept_office',
  'replaced',
] as const;
export type RecordState = (typeof recordStates)[number];

export const EnrolBody = Type.Object(
  {
    id: Uuid,
    label: Type.String({ minLength: 1, maxLength: 80 }),
    dataKey: Type.String({ pattern: '^[A-Za-z0-9_-]{43}$', description: '32 bytes, base64url' }),
  },
  strict,
);
export const IdAnswer = Type.Object({ id: Uuid });
export const DeviceQuery = Type.Object({ device: Uuid, lang: Type.Optional(Type.String()) });
export const DeviceKeyAnswer = Type.Object({ dataKey: Type.String() });
export const RevokeBody = Type.Object(
  { id: Uuid, reason: Type.String({ minLength: 1, maxLength: 1000 }) },
  strict,
);
export const DevicesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Uuid,
      label: Type.String(),
      owner: Label,
      mine: Type.Boolean(),
      enrolledAt: Instant,
      lastSeenAt: Instant,
      waiting: Nullable(
        Type.Integer({ description: 'Records that the phone said it still holds' }),
      ),
      received: Type.Integer(),
      held: Type.Integer({ description: 'Records that wait for an earlier one or for photos' }),
      conflicts: Type.Integer(),
      revokedAt: Nullable(Instant),
      revokedReason: Nullable(Type.String()),
    }),
  ),
});

const latE6 = Type.Integer({ minimum: -90_000_000, maximum: 90_000_000 });
const lonE6 = Type.Integer({ minimum: -180_000_000, maximum: 180_000_000 });

const PackVisit = Type.Object({
  code: Type.String(),
  base: Type.Integer({ description: 'The visit’s count of steps, sent back with its outcome' }),
  caseCode: Type.String(),
  permitNumber: Nullable(Type.String()),
  name: Type.String(),
  mobile: Nullable(Type.String()),
  occupation: Named,
  agency: Named,
  county: Named,
  address: Nullable(Type.String()),
  spot: Nullable(
    Type.Object({ latE6, lonE6 }, { description: 'Where an earlier visit to the plan was made' }),
  ),
  stage: Type.String(),
  dueOn: IsoDay,
  tranche: Nullable(Type.Integer()),
  approvedRial: Rial,
  paidRial: Rial,
  isRevisit: Type.Boolean(),
  toldBefore: Nullable(Type.String({ description: 'What the visit before this one noted' })),
  checklist: Uuid,
  parties: Type.Array(Named, { description: 'Agencies that were asked to join, and not excused' }),
});
export const PackAnswer = Type.Object({
  serverNow: Instant,
  today: IsoDay,
  visits: Type.Array(PackVisit, { description: 'In the order in which they are gone to' }),
  checklists: Type.Array(
    Type.Object({
      id: Uuid,
      stage: Type.String(),
      version: Type.Integer(),
      ...ChecklistShape.properties,
    }),
  ),
  plannable: Type.Array(
    Type.Object({
      caseCode: Type.String(),
      name: Type.String(),
      occupation: Named,
      county: Named,
      address: Nullable(Type.String()),
      stage: Type.String(),
    }),
  ),
});

const PlaceShape = Type.Object(
  {
    latE6,
    lonE6,
    accuracyM: Type.Integer({ minimum: 0, maximum: 100_000 }),
  },
  strict,
);
const PhotoShape = Type.Object(
  {
    sha256: Sha256,
    bytes: Type.Integer({ minimum: 1, maximum: mostPhotoBytes }),
    type: Type.Enum(['image/jpeg', 'image/png']),
    question: Type.String({ minLength: 1, maxLength: 40 }),
    takenAt: Instant,
    place: Nullable(PlaceShape),
  },
  strict,
);
const RecordShape = Type.Object(
  {
    id: Uuid,
    seq: Type.Integer({ minimum: 1, maximum: 2_000_000_000 }),
    kind: Type.Enum(['outcome', 'unplanned']),
    visit: Type.Optional(Code),
    base: Type.Optional(Type.Integer({ minimum: 0 })),
    caseCode: Type.Optional(Code),
    stage: Type.Optional(Type.Enum(stages)),
    corrects: Type.Optional(Uuid),
    checklist: Uuid,
    verb: Type.Enum(outcomeVerbs),
    answers: AnswersShape,
    note: Type.Optional(Type.String({ maxLength: 2000 })),
    correctUntil: Type.Optional(IsoDay),
    deviation: Type.Optional(Type.Enum(deviations)),
    at: Instant,
    photos: Type.Array(PhotoShape, { maxItems: 60 }),
  },
  strict,
);
/** A record as a phone sends it. */
export type SentRecord = Static<typeof RecordShape>;

export const SyncBody = Type.Object(
  {
    device: Uuid,
    deviceNow: Instant,
    waiting: Type.Integer({ minimum: 0, maximum: 2_000_000_000 }),
    records: Type.Array(RecordShape, { minItems: 1, maxItems: 20 }),
  },
  strict,
);
const ProblemShape = Type.Object({
  code: Type.String(),
  faults: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String() })),
});
export const SyncAnswer = Type.Object({
  serverNow: Instant,
  records: Type.Array(
    Type.Object({
      id: Uuid,
      state: Type.Enum(recordStates),
      problem: Nullable(ProblemShape),
      visit: Nullable(Type.String()),
    }),
  ),
  missing: Nullable(Type.Integer({ description: 'The lowest number that did not come, of a gap' })),
  wanted: Type.Array(Type.Object({ sha256: Sha256, received: Type.Integer() })),
});

export const SettleBody = Type.Object(
  {
    id: Uuid,
    take: Type.Enum(['phone', 'office']),
    reason: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  strict,
);
export const SettleAnswer = Type.Object({ id: Uuid, state: Type.Enum(recordStates) });

export const RecordsQuery = Type.Object({
  state: Type.Optional(Type.Enum(recordStates)),
  mine: Type.Optional(Type.Boolean()),
  lang: Type.Optional(Type.String()),
});
export const RecordsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Uuid,
      device: Type.String({ description: 'The label of the phone' }),
      by: Label,
      receivedAt: Instant,
      at: Instant,
      clockOffSeconds: Type.Integer({ description: 'How far the phone’s clock was behind ours' }),
      state: Type.Enum(recordStates),
      problem: Nullable(ProblemShape),
      verb: Type.String(),
      answers: AnswersShape,
      checklist: Nullable(ChecklistShape),
      note: Nullable(Type.String()),
      deviation: Nullable(Type.String()),
      visit: Nullable(Type.String()),
      caseCode: Nullable(Type.String()),
      name: Nullable(Type.String()),
      stage: Nullable(Type.String()),
      settledReason: Nullable(Type.String()),
      office: Nullable(
        Type.Object({
          state: Type.String(),
          revision: Type.Integer(),
          assignee: Nullable(Label),
          visitedOn: Nullable(IsoDay),
          answers: Nullable(AnswersShape),
          note: Nullable(Type.String()),
        }),
      ),
    }),
  ),
});

export const PhotoParams = Type.Object({ sha256: Sha256 });
export const PieceQuery = Type.Object({
  device: Uuid,
  offset: Type.Integer({ minimum: 0, maximum: mostPhotoBytes }),
});
export const PieceAnswer = Type.Object({ received: Type.Integer() });
export const PhotoQuery = Type.Object({ visit: Code, lang: Type.Optional(Type.String()) });
