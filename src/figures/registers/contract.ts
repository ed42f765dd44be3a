import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../../accounts/contract.ts';

const kinds = ['permits', 'referrals', 'payments', 'jobs'];
const units = [
  ...['rial', 'toman', 'thousand_rial', 'thousand_toman'],
  ...['million_rial', 'million_toman', 'billion_rial', 'billion_toman'],
];

/** The fields of a sent register; all text, as forms send them. */
export const ImportBody = Type.Object(
  {
    kind: Type.String({ enum: kinds }),
    unit: Type.Optional(
      Type.String({ enum: units, description: 'Of money, where no header says it' }),
    ),
    dryRun: Type.String({ pattern: '^(true|false)$' }),
    file: Type.String({ description: 'An .xlsx or .csv of at most 50 MB', format: 'binary' }),
  },
  { additionalProperties: false },
);

export const ImportCode = Type.Object({ code: Type.String() });

/** How many rows got which verdict: read = accepted + unchanged + rejected, always. */
const Counts = Type.Object({
  read: Type.Integer(),
  accepted: Type.Integer(),
  unchanged: Type.Integer(),
  rejected: Type.Integer({ description: 'All that did not go in, the doubtful among them' }),
  doubtful: Type.Integer({ description: 'Those of the rejected that a person can still match' }),
});

export const ImportAnswer = Type.Object({
  code: Type.String(),
  kind: Type.String({ enum: kinds }),
  fileName: Type.String(),
  dryRun: Type.Boolean(),
  unit: Nullable(Type.String()),
  state: Type.String({ enum: ['queued', 'reading', 'checking', 'writing', 'done', 'failed'] }),
  progress: Type.Number({ minimum: 0, maximum: 1 }),
  counts: Counts,
  problem: Nullable(
    Type.Object({ code: Type.String(), title: Type.String(), next: Type.String() }),
  ),
  by: Nullable(Label),
  recordedAt: Type.String({ format: 'date-time' }),
  finishedAt: Nullable(Type.String({ format: 'date-time' })),
});

export const ImportList = Type.Object({ items: Type.Array(ImportAnswer) });

export const ImportRowsQuery = Type.Object({
  verdict: Type.Optional(Type.String({ enum: ['accepted', 'unchanged', 'rejected', 'doubtful'] })),
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  lang: Type.Optional(Type.String()),
});

const Fault = Type.Object({
  column: Type.String({ description: 'As the office named it; empty for the row as a whole' }),
  value: Type.String(),
  code: Type.String(),
  reason: Type.String(),
});

export const ImportRows = Type.Object({
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      row: Type.Integer({ description: 'As Excel numbers it' }),
      verdict: Type.String({ enum: ['accepted', 'unchanged', 'rejected', 'doubtful'] }),
      summary: Type.String(),
      faults: Type.Array(Fault),
      warnings: Type.Array(Fault),
    }),
  ),
  next: Nullable(Type.String()),
});

export const MatchList = Type.Object({
  total: Type.Integer(),
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String({ enum: kinds }),
      row: Type.Integer(),
      fileName: Type.String(),
      reason: Type.String(),
      name: Type.String(),
      permitNumber: Nullable(Type.String()),
      occupation: Nullable(Named),
      happenedOn: Nullable(IsoDay),
      rial: Nullable(Type.String()),
      candidates: Type.Array(
        Type.Object({
          caseCode: Type.String(),
          name: Type.String(),
          permitNumber: Nullable(Type.String()),
          occupation: Label,
          county: Label,
        }),
      ),
    }),
  ),
  next: Nullable(Type.String()),
});

export const MatchesQuery = Type.Object({
  cursor: Type.Optional(Type.String({ maxLength: 60 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  lang: Type.Optional(Type.String()),
});

export const MatchParams = Type.Object({ id: Type.String({ minLength: 28, maxLength: 60 }) });

export const AcceptBody = Type.Object(
  { caseCode: Type.String({ minLength: 28, maxLength: 60 }) },
  { additionalProperties: false },
);

export const DismissBody = Type.Object(
  { reason: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

export const MatchAnswer = Type.Object({
  state: Type.String({ enum: ['accepted', 'dismissed'] }),
  verdict: Nullable(Type.String({ enum: ['accepted', 'unchanged'] })),
});
