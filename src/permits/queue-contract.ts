import { Type } from 'typebox';
import { Label, Named, Nullable } from '../accounts/index.ts';
import { CaseLine } from './list-contract.ts';

/** The parts of a queue: each is a condition, and its count is the length of its list. */
export const queueTabs = [
  'all',
  'mine',
  'unclaimed',
  'late',
  'soon',
  'toSign',
  'objections',
  'escalated',
  'atBank',
] as const;
export type QueueTab = (typeof queueTabs)[number];

const Tab = Type.Enum([...queueTabs]);

const filters = {
  county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  state: Type.Optional(Type.String({ maxLength: 40 })),
  occupation: Type.Optional(Type.String({ maxLength: 60 })),
};

export const QueueQuery = Type.Object({
  tab: Type.Optional(Tab),
  ...filters,
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  lang: Type.Optional(Type.String()),
});

/** Who is working on a case, and until when if they do nothing more. */
const ClaimLine = Type.Object({
  by: Label,
  mine: Type.Boolean(),
  until: Type.String({ format: 'date-time' }),
});

export const QueueLine = Type.Object({
  ...CaseLine.properties,
  claim: Nullable(ClaimLine),
  escalated: Type.Boolean({
    description: 'Its holder let the deadline pass; the director sees it',
  }),
});

export const QueueAnswer = Type.Object({
  tab: Tab,
  counts: Type.Object(
    Object.fromEntries(queueTabs.map((tab) => [tab, Type.Integer()])) as Record<
      QueueTab,
      ReturnType<typeof Type.Integer>
    >,
  ),
  total: Type.Integer(),
  items: Type.Array(QueueLine),
  next: Nullable(Type.String()),
});

export const NextBody = Type.Object(filters, { additionalProperties: false });
export const NextAnswer = Type.Object({ code: Nullable(Type.String()) });
export const ClaimAnswer = Type.Object({
  code: Type.String(),
  until: Type.String({ format: 'date-time' }),
});

export const SavedFilter = Type.Object({
  id: Type.String({ format: 'uuid' }),
  name: Type.String(),
  search: Type.String({ description: 'The query of /api/queue that it stands for' }),
});
export const SavedFilters = Type.Object({ items: Type.Array(SavedFilter) });
export const SaveFilterBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    search: Type.String({ maxLength: 400 }),
  },
  { additionalProperties: false },
);
export const FilterParams = Type.Object({ id: Type.String({ format: 'uuid' }) });

export const BatchBody = Type.Object(
  {
    codes: Type.Array(Type.String({ minLength: 28, maxLength: 60 }), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
    }),
    preview: Type.Boolean({ description: 'Say what would happen, and do nothing' }),
    reason: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
);

export const BatchLine = Type.Object({
  code: Type.String(),
  name: Nullable(Type.String()),
  occupation: Nullable(Named),
  county: Nullable(Named),
  passes: Type.Boolean(),
  why: Nullable(Type.String({ description: 'A problem code, where the case does not pass' })),
});

export const BatchAnswer = Type.Object({
  done: Type.Boolean(),
  passing: Type.Integer(),
  items: Type.Array(BatchLine),
});
