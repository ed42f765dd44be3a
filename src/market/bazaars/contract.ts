import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';
import { fairKinds, HIGHEST_MARK } from './rules.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const Rial = Type.String({ pattern: '^[0-9]{1,15}$', description: 'Rial' });
const CountyId = Type.String({ pattern: '^[0-9]{4}$' });
const strict = { additionalProperties: false };

export const CodeOnly = Type.Object({ code: Code });
export const Done = Type.Object({ code: Type.String() });
export const LangQuery = Type.Object({ lang: Type.Optional(Type.String()) });

const byCriterion = <T extends ReturnType<typeof Type.Integer>>(shape: T) =>
  Type.Object(
    {
      home_made: Type.Optional(shape),
      quality: Type.Optional(shape),
      production: Type.Optional(shape),
      packaging: Type.Optional(shape),
      local: Type.Optional(shape),
      newcomer: Type.Optional(shape),
    },
    strict,
  );
const Weights = byCriterion(Type.Integer({ minimum: 1, maximum: 100 }));
const Marks = byCriterion(Type.Integer({ minimum: 0, maximum: HIGHEST_MARK }));

const Stall = Type.Object({
  number: Type.Integer(),
  name: Type.String(),
  places: Type.Integer(),
  allotted: Type.Integer(),
  priceRial: Rial,
  discountBp: Type.Integer(),
  feeRial: Rial,
});

/** A fair as everybody sees it. */
const fair = {
  code: Type.String(),
  kind: Type.String(),
  name: Type.String(),
  county: Named,
  place: Type.String(),
  about: Type.String(),
  state: Type.String(),
  applyUntilOn: IsoDay,
  startsOn: IsoDay,
  endsOn: IsoDay,
  weights: Weights,
  fingerprint: Type.String(),
  seed: Nullable(Type.String({ description: 'Told once the stalls were drawn' })),
  stalls: Type.Array(Stall),
  applications: Type.Integer(),
};
export const FairsAnswer = Type.Object({ items: Type.Array(Type.Object(fair)) });

const application = {
  code: Type.String(),
  stall: Type.Integer(),
  brings: Type.String(),
  state: Type.String(),
  marks: Nullable(Marks),
  points: Nullable(Type.Integer()),
  rank: Nullable(Type.Integer()),
  place: Nullable(Type.Integer()),
  feeRial: Nullable(Rial),
  salesRial: Nullable(Rial),
};
export const FairAnswer = Type.Object({
  ...fair,
  list: Type.Array(
    Type.Object({
      ...application,
      name: Type.String(),
      mobile: Nullable(Type.String()),
      county: Named,
      occupation: Named,
    }),
  ),
});
export const MyFairsAnswer = Type.Object({
  permits: Type.Array(Type.Object({ code: Type.String(), occupation: Named, county: Named })),
  items: Type.Array(
    Type.Object({
      ...fair,
      open: Type.Boolean({ description: 'Whether one can apply today' }),
      mine: Type.Array(Type.Object(application)),
    }),
  ),
});

export const FairBody = Type.Object(
  {
    kind: Type.Enum(fairKinds),
    name: Text(120),
    county: CountyId,
    place: Text(200),
    about: Type.Optional(Type.String({ maxLength: 2000 })),
    applyUntilOn: IsoDay,
    startsOn: IsoDay,
    endsOn: IsoDay,
    weights: Weights,
    stalls: Type.Array(
      Type.Object(
        {
          name: Text(80),
          places: Type.Integer({ minimum: 1, maximum: 1000 }),
          priceRial: Rial,
          discountBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
        },
        strict,
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  strict,
);
export const ApplyBody = Type.Object(
  { caseCode: Code, stall: Type.Integer({ minimum: 1, maximum: 20 }), brings: Text(500) },
  strict,
);
export const ScoreBody = Type.Object({ marks: Marks }, strict);
export const SalesBody = Type.Object({ salesRial: Rial }, strict);
export const ReasonBody = Type.Object({ reason: Text(1000) }, strict);

/** Problem codes of fairs and their statuses. */
export const bazaarProblems: ProblemTable = {
  'market.weights_wrong': 422,
  'market.marks_wrong': 422,
  'market.fair_days_wrong': 422,
  'market.no_such_stall': 422,
  'market.applications_over': 409,
  'market.applications_open': 409,
  'market.applied_already': 409,
  'market.not_all_scored': 409,
  'market.fair_not_begun': 409,
};

/** Named constraints of the tables of fairs and the problems they stand for. */
export const bazaarConstraints: Readonly<Record<string, string>> = {
  stall_applications_once: 'market.applied_already',
};
