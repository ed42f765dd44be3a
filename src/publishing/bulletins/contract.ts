import { Type } from 'typebox';
import { IsoDay, Label, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';

const Moment = Type.String({ format: 'date-time' });
const Language = Type.Union([Type.Literal('fa'), Type.Literal('en')]);
const Revision = Type.Integer({
  minimum: 1,
  description: 'The revision of the draft that was seen',
});

export const BeginBody = Type.Object(
  {
    from: Type.String({ maxLength: 20, description: 'A Jalali date, as 1400-01-01' }),
    to: Type.String({ maxLength: 20 }),
    language: Language,
    agency: Type.Optional(Type.String({ maxLength: 40 })),
    county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  },
  { additionalProperties: false },
);

export const BulletinNamed = Type.Object({ code: Type.String(), number: Type.String() });

const words = (most: number) => Type.String({ maxLength: most });
const TextShape = Type.Object(
  {
    headline: words(300),
    lead: words(2000),
    paragraphs: Type.Array(words(4000), { maxItems: 30 }),
  },
  { additionalProperties: false },
);

export const SaveBody = Type.Object(
  { revision: Revision, text: TextShape },
  { additionalProperties: false },
);
export const DraftBody = Type.Object({ revision: Revision }, { additionalProperties: false });
export const PublishBody = Type.Object(
  {
    revision: Revision,
    publicFrom: Type.Optional(
      Type.String({ maxLength: 40, description: 'Jalali date and time in Tehran; absent = now' }),
    ),
  },
  { additionalProperties: false },
);
export const CorrectBody = Type.Object(
  { reason: Type.String({ maxLength: 2000 }) },
  { additionalProperties: false },
);

const State = Type.Object({
  draft: Nullable(Type.Integer({ description: 'The version that is being written' })),
  signed: Type.Boolean(),
  published: Nullable(Type.Integer({ description: 'The newest frozen version' })),
  publicFrom: Nullable(Moment),
});

const Summary = Type.Object({
  code: Type.String(),
  number: Type.String(),
  language: Language,
  from: IsoDay,
  to: IsoDay,
  agency: Nullable(Label),
  county: Nullable(Label),
  state: State,
});

export const BulletinList = Type.Object({ items: Type.Array(Summary) });

const Part = Type.Object({ part: Type.String(), text: Type.String() });

export const OfficeBulletin = Type.Object({
  bulletin: Summary,
  draft: Nullable(
    Type.Object({
      version: Type.Integer(),
      revision: Type.Integer(),
      asOf: Moment,
      reason: Nullable(Type.String()),
      text: TextShape,
      preview: TextShape,
      signedBy: Nullable(Label),
      signedAt: Nullable(Moment),
      signedByMe: Type.Boolean(),
      unbound: Type.Array(Part),
      figures: Type.Array(
        Type.Object({ code: Type.String(), label: Type.String(), said: Type.String() }),
      ),
    }),
  ),
  versions: Type.Array(
    Type.Object({
      version: Type.Integer(),
      asOf: Moment,
      publicFrom: Moment,
      reason: Nullable(Type.String()),
    }),
  ),
});

/** Problem codes of bulletins and their statuses. */
export const bulletinProblems: ProblemTable = {
  'publishing.draft_moved': 409,
  'publishing.draft_open': 409,
  'publishing.figures_moved': 409,
  'publishing.not_published': 409,
  'publishing.not_signed': 409,
  'publishing.two_people': 409,
  'publishing.unbound_number': 422,
  'publishing.reason_missing': 422,
  'publishing.bad_public_from': 422,
  'publishing.unknown_bulletin': 404,
};
