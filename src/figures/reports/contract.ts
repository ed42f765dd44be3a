import { Type } from 'typebox';
import { Nullable } from '../../accounts/contract.ts';
import { columnDimensions } from '../dimension-rules.ts';
import { everies, formats, spans } from './rules.ts';

const strict = { additionalProperties: false };
const Name = Type.String({ maxLength: 60 });
const Instant = Type.String({ format: 'date-time' });

/** What is asked: sums of measures, cut as one likes, or the steps behind one measure, row by row. */
export const ReportQuestion = Type.Object(
  {
    kind: Type.Enum(['totals', 'entries']),
    measures: Type.Array(Name, { minItems: 1, maxItems: 40, uniqueItems: true }),
    by: Type.Optional(Type.Enum([...columnDimensions])),
    over: Type.Optional(Type.Enum(['month', 'season'])),
    span: Type.Enum([...spans]),
    scope: Type.Object(
      Object.fromEntries(
        columnDimensions.map((one) => [one, Type.Optional(Type.String({ maxLength: 60 }))]),
      ),
      strict,
    ),
    language: Type.Enum(['fa', 'en']),
  },
  strict,
);

const asked = {
  name: Type.String({ minLength: 1, maxLength: 100 }),
  question: ReportQuestion,
  format: Type.Enum([...formats]),
};

export const KeepReportBody = Type.Object({ ...asked, every: Type.Enum([...everies]) }, strict);
export const RunReportBody = Type.Object(
  { ...asked, report: Type.Optional(Type.String({ minLength: 28, maxLength: 60 })) },
  strict,
);
export const PreviewBody = Type.Object({ question: ReportQuestion }, strict);

export const PreviewAnswer = Type.Object({
  header: Type.Array(Type.String()),
  rows: Type.Array(Type.Array(Type.String())),
  keys: Type.Array(Type.Array(Type.String()), {
    description: 'Of each row of sums: the value of its column, then its month or season',
  }),
  more: Type.Boolean({ description: 'There are more rows than are shown' }),
});

export const ReportCode = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });

const Kept = Type.Object({
  code: Type.String(),
  ...asked,
  every: Type.String(),
  nextOn: Nullable(Type.String({ format: 'date' })),
});

const Run = Type.Object({
  code: Type.String(),
  name: Type.String(),
  format: Type.String(),
  state: Type.String({ description: 'waiting, running, done, failed or expired' }),
  rows: Nullable(Type.Integer()),
  askedAt: Instant,
  finishedAt: Nullable(Instant),
});

export const ReportsAnswer = Type.Object({ kept: Type.Array(Kept), runs: Type.Array(Run) });
export const ReportsQuery = Type.Object({ lang: Type.Optional(Type.String()) });
