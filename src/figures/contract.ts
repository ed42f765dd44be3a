import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });

/** Values of the measures by name: counts and people as numbers, rial as strings. */
export const MeasureValues = Type.Object({
  applications_submitted: Type.Integer(),
  applications_refused: Type.Integer(),
  permits_issued: Type.Integer(),
  permits_revoked: Type.Integer(),
  covered_contracted: Type.Integer(),
  covered_months_active: Type.Integer(),
  material_sent_rial: Rial,
  buyback_promised_rial: Rial,
  buyback_taken_rial: Rial,
  piece_rate_due_rial: Rial,
  piece_rate_paid_rial: Rial,
  piece_rate_late_rial: Rial,
  plans_referred: Type.Integer(),
  plans_returned: Type.Integer(),
  plans_refused: Type.Integer(),
  plans_funded: Type.Integer(),
  tranches_paid: Type.Integer(),
  rial_requested: Rial,
  rial_paid: Rial,
  rial_repaid: Rial,
  loans_settled: Type.Integer(),
  loans_recalled: Type.Integer(),
  jobs_expected: Type.Integer(),
  jobs_expected_later: Type.Integer(),
  jobs_registered: Type.Integer(),
  jobs_verified: Type.Integer(),
  jobs_alive: Type.Integer(),
  jobs_ended: Type.Integer(),
  jobs_uncounted: Type.Integer(),
  jobs_rechecked: Type.Integer(),
  jobs_disagreed: Type.Integer(),
  businesses_in_market: Type.Integer(),
  sales: Type.Integer(),
  rial_sold: Rial,
  returns: Type.Integer(),
  rial_returned: Rial,
  needs_pooled: Type.Integer(),
  pooled_purchases: Rial,
  materials_saved: Rial,
  stalls_allotted: Type.Integer(),
  fair_sales: Rial,
});

const JalaliDay = Type.String({ maxLength: 20, description: 'A Jalali date, as 1400-01-15' });

/** What figures are about; used by the figures and by the lists behind them alike. */
const scopeFields = {
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  from: Type.Optional(JalaliDay),
  to: Type.Optional(JalaliDay),
  agency: Type.Optional(Type.String({ maxLength: 40 })),
  county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  bank: Type.Optional(Type.String({ maxLength: 40 })),
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  occupation: Type.Optional(Type.String({ maxLength: 60 })),
  sex: Type.Optional(Type.String({ maxLength: 10 })),
  area: Type.Optional(Type.String({ maxLength: 10 })),
  lang: Type.Optional(Type.String({ maxLength: 5 })),
};

export const FiguresQuery = Type.Object({
  ...scopeFields,
  by: Type.Optional(Type.String({ maxLength: 20 })),
  as_of: Type.Optional(Type.String({ maxLength: 40 })),
  view: Type.Optional(Type.Union([Type.Literal('period'), Type.Literal('cohort')])),
});

export const GridQuery = Type.Object({
  ...scopeFields,
  measure: Type.String({ maxLength: 60 }),
  by: Type.String({ maxLength: 20 }),
  over: Type.Union([Type.Literal('month'), Type.Literal('season')]),
});

const Keyed = { key: Type.String(), label: Label };

/** Values are exact: counts, or rial. */
export const GridAnswer = Type.Object({
  measure: Type.String(),
  columns: Type.Array(Type.Object(Keyed)),
  rows: Type.Array(
    Type.Object({ ...Keyed, total: Type.String(), values: Type.Array(Type.String()) }),
  ),
});

export const FlowQuery = Type.Object({
  ...scopeFields,
});

export const FlowAnswer = Type.Object({
  branches: Type.Array(
    Type.Object({
      id: Type.String(),
      parent: Nullable(Type.String()),
      cases: Type.Integer(),
    }),
  ),
});

const Cell = Type.Union([
  Type.String({ maxLength: 2000 }),
  Type.Number(),
  Type.Object({ exact: Type.String({ pattern: '^-?[0-9]{1,15}$' }) }),
]);

export const SheetBody = Type.Object(
  {
    title: Type.String({ minLength: 1, maxLength: 200 }),
    scope: Type.String({ maxLength: 300 }),
    rightToLeft: Type.Boolean(),
    header: Type.Array(Type.String({ maxLength: 200 }), { minItems: 1, maxItems: 60 }),
    rows: Type.Array(Type.Array(Cell, { maxItems: 60 }), { maxItems: 2000 }),
  },
  { additionalProperties: false },
);

/** The days that an answer is about, both included. */
export const PeriodShape = Type.Object({
  from: Type.String({ description: 'Jalali' }),
  to: Type.String({ description: 'Jalali' }),
  from_iso: IsoDay,
  to_iso: IsoDay,
});

export const FiguresAnswer = Type.Object({
  period: PeriodShape,
  view: Type.String(),
  scope: Type.Object({
    province: Named,
    agency: Type.Optional(Named),
    county: Type.Optional(Named),
    bank: Type.Optional(Named),
    kind: Type.Optional(Named),
    occupation: Type.Optional(Named),
    sex: Type.Optional(Named),
    area: Type.Optional(Named),
  }),
  as_of: Type.String({ format: 'date-time' }),
  demonstration: Type.Boolean(),
  measures: MeasureValues,
  by: Type.Array(Type.Object({ key: Type.String(), label: Label, measures: MeasureValues })),
});

export const MeasureList = Type.Array(
  Type.Object({
    name: Type.String(),
    label: Label,
    unit: Type.String(),
    definition: Label,
    steps: Type.Array(
      Type.Object({
        verb: Type.String(),
        from: Nullable(Type.Array(Type.String())),
        add: Type.String(),
      }),
    ),
  }),
);

const { province, from, to, county, occupation, agency } = scopeFields;
export const DerivedQuery = Type.Object({ province, from, to, county, occupation, agency });
export const DerivedAnswer = Type.Object({
  period: PeriodShape,
  items: Type.Array(
    Type.Object({
      name: Type.String(),
      unit: Type.String({ description: 'count or percent' }),
      value: Nullable(Type.String({ description: 'Null: there is nothing to reckon it by' })),
      label: Label,
      definition: Label,
    }),
  ),
});

export const EntriesQuery = Type.Object({
  ...scopeFields,
  measure: Type.String({ maxLength: 60 }),
  cursor: Type.Optional(Type.String({ maxLength: 60 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
});

export const EntriesAnswer = Type.Object({
  total: Type.Integer({ description: 'How many entries there are' }),
  sum: Type.String({ description: 'What they add to the measure' }),
  items: Type.Array(
    Type.Object({
      code: Type.String({ description: 'The case' }),
      permitNumber: Nullable(Type.String()),
      name: Type.String(),
      kind: Type.String(),
      occupation: Named,
      agency: Named,
      county: Named,
      bank: Nullable(Named),
      happenedOn: IsoDay,
      rial: Nullable(Rial),
      people: Nullable(Type.Integer()),
      demonstration: Type.Boolean(),
    }),
  ),
  next: Nullable(Type.String()),
});

/** Problem codes of this slice and their statuses. */
export const figureProblems: ProblemTable = {
  'figures.bad_period': 422,
  'figures.bad_as_of': 422,
  'figures.unknown_dimension': 422,
  'figures.unknown_measure': 422,
  'figures.unknown_province': 404,
  'figures.population_day': 422,
  'figures.target_level': 422,
  'figures.target_day': 422,
  'figures.target_agency': 422,
  'figures.target_waits': 409,
  'figures.target_own': 403,
  'figures.target_decided': 409,
  'figures.import_overtaken': 409,
  'figures.import_not_checked': 409,
  'figures.match_decided': 409,
  'figures.match_refused': 409,
  'figures.erase_open': 409,
  'figures.erase_early': 409,
};
