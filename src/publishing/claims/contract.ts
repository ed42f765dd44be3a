import { type Static, Type } from 'typebox';

const literals = <T extends string>(...names: readonly T[]) =>
  Type.Unsafe<T>(Type.Union(names.map((name) => Type.Literal(name))));

/** What a number is counted or measured in. */
export const UnitName = literals(
  'rial',
  'toman',
  'plans',
  'permits',
  'people',
  'jobs',
  'percent',
  'times',
  'months',
  'banks',
  'occupations',
  'other',
);
export type Unit = Static<typeof UnitName>;

/** How sure the text says that it is. */
export const HedgeName = literals('exact', 'about', 'over', 'under', 'nearly', 'up_to', 'at_least');
export type Hedge = Static<typeof HedgeName>;

/** One number that a text claims. */
export const ClaimShape = Type.Object({
  text: Type.String({ description: 'The words of the claim, cut out of the given text' }),
  start: Type.Integer({
    description:
      'Where it begins: a JavaScript string offset (UTF-16 units) into the text as given',
  }),
  end: Type.Integer({ description: 'Where it ends, exclusive; the same kind of offset' }),
  value: Type.String({ description: 'Exact, with the multiplier worked out; 75 for 75 per cent' }),
  unit: UnitName,
  hedge: HedgeName,
  about: Type.String({
    description:
      'What it counts, then what else the text says of it: `plans_funded agency:SMT place:04 period:1400`',
  }),
});
export type Claim = Static<typeof ClaimShape>;

/** One sum, ratio or bound that the text implies. */
export const CheckShape = Type.Object({
  kind: Type.String(),
  claims: Type.Array(Type.Integer(), { description: 'Which claims, by their place in the list' }),
  verdict: literals('holds', 'fails', 'unsure'),
  note: Type.String(),
});
export type ClaimCheck = Static<typeof CheckShape>;

/** A text taken apart. */
export const AccountAnswer = Type.Object({
  claims: Type.Array(ClaimShape),
  checks: Type.Array(CheckShape),
});
export type Account = Static<typeof AccountAnswer>;
