import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';
import { bazaarConstraints, bazaarProblems } from './bazaars/contract.ts';
import { materialConstraints, materialProblems } from './materials/contract.ts';
import { requestConstraints, requestProblems } from './requests/contract.ts';
import { allergens, productKinds, reaches } from './rules.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
export const Code = Type.String({ minLength: 28, maxLength: 60 });
export const CodeParams = Type.Object({ code: Code });
export const CodeAnswer = Type.Object({ code: Type.String() });
const strict = { additionalProperties: false };

/** The permit behind a stall, as it stands now. */
const PermitState = Type.Object({
  number: Type.String(),
  standing: Type.String({ description: 'valid, suspended, expired, revoked or ended' }),
  reason: Nullable(Type.String({ description: 'Why it is suspended' })),
});

/** A maker's stall as its owner sees it, or a permit that could have one. */
const MyStall = Type.Object({
  code: Nullable(Type.String({ description: 'Absent: the permit has no stall yet' })),
  caseCode: Type.String(),
  name: Type.String(),
  about: Type.String(),
  state: Nullable(Type.String()),
  permit: PermitState,
  occupation: Named,
  county: Named,
  food: Type.Boolean(),
  holder: Type.String(),
  label: Label,
});
export const MyStallsAnswer = Type.Object({ items: Type.Array(MyStall) });

export const OpenStallBody = Type.Object(
  {
    caseCode: Code,
    name: Text(80),
    about: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  strict,
);

const Count = (maximum: number, minimum = 0) => Type.Integer({ minimum, maximum });
const PriceRial = Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'Rial' });
const mostOnHand = 100_000;

const productFields = {
  title: Text(120),
  about: Type.Optional(Type.String({ maxLength: 4000 })),
  kind: Type.Enum(productKinds),
  unit: Text(30),
  priceRial: PriceRial,
  leadDays: Count(365),
  sendsTo: Type.Enum(reaches),
  ingredients: Type.Optional(Type.String({ maxLength: 1000 })),
  allergens: Type.Optional(Type.Array(Type.Enum(allergens), { maxItems: allergens.length })),
  healthNumber: Type.Optional(Type.String({ maxLength: 40 })),
  keepsDays: Type.Optional(Count(3650, 1)),
  state: Type.Optional(Type.Enum(['listed', 'hidden'] as const)),
};
export const ProductBody = Type.Object({ ...productFields, onHand: Count(mostOnHand) }, strict);
export const ChangeBody = Type.Object(productFields, strict);
export const StockBody = Type.Object({ was: Count(mostOnHand), onHand: Count(mostOnHand) }, strict);
export const StallBody = Type.Object(
  {
    name: Text(80),
    about: Type.Optional(Type.String({ maxLength: 2000 })),
    state: Type.Enum(['open', 'closed'] as const),
  },
  strict,
);

const Photo = Type.Object({
  sha256: Type.String(),
  state: Type.String({ description: 'checking, kept or refused' }),
});

/** A product as its maker sees it. */
const MyProduct = Type.Object({
  code: Type.String(),
  title: Type.String(),
  about: Type.String(),
  kind: Type.Enum(productKinds),
  state: Type.String(),
  unit: Type.String(),
  priceRial: Type.String({ description: 'Rial' }),
  onHand: Type.Integer(),
  leadDays: Type.Integer(),
  sendsTo: Type.Enum(reaches),
  food: Type.Boolean(),
  ingredients: Type.String(),
  allergens: Type.Array(Type.String()),
  healthNumber: Nullable(Type.String()),
  keepsDays: Nullable(Type.Integer()),
  photos: Type.Array(Photo),
});
export const MyStallAnswer = Type.Object({
  ...MyStall.properties,
  products: Type.Array(MyProduct),
});

/** A product as a buyer's order form needs it. */
export const ShownAnswer = Type.Object({
  code: Type.String(),
  title: Type.String(),
  unit: Type.String(),
  priceRial: Type.String({ description: 'Rial' }),
  onHand: Type.Integer(),
  sendsTo: Type.Enum(reaches),
  stall: Type.String(),
  stallName: Type.String(),
  province: Named,
  county: Named,
  paysOnline: Type.Boolean(),
  others: Type.Array(
    Type.Object({
      code: Type.String(),
      title: Type.String(),
      unit: Type.String(),
      priceRial: Type.String({ description: 'Rial' }),
      onHand: Type.Integer(),
      sendsTo: Type.Enum(reaches),
    }),
    { description: 'What else of the stall can go into the same order' },
  ),
});

/** A photo on its way; `file` is the digest of its bytes, as the server found it. */
export const PhotoBody = Type.Object({
  file: Type.String(),
  product: Code,
  type: Type.Enum(['image/jpeg', 'image/png'] as const),
  thumbOf: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })),
});
export const PhotoAnswer = Type.Object({ sha256: Type.String() });
export const OwnPhotoParams = Type.Object({
  code: Code,
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
});
export const RemovePhotoBody = Type.Object(
  { sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }) },
  strict,
);
export const LabelQuery = Type.Object({
  madeOn: Type.Optional(IsoDay),
  weight: Type.Optional(Type.String({ maxLength: 40 })),
});

/** Problem codes of this slice and their statuses. */
export const marketProblems: ProblemTable = {
  ...materialProblems,
  ...bazaarProblems,
  ...requestProblems,
  'market.permit_not_valid': 409,
  'market.stall_open_already': 409,
  'market.ingredients_missing': 422,
  'market.health_number_missing': 422,
  'market.sold_out': 409,
  'market.too_many_photos': 409,
  'market.no_label': 422,
  'market.stall_closed': 409,
  'market.not_sent_there': 422,
  'market.fetched_apart': 422,
  'market.address_missing': 422,
  'market.county_missing': 422,
  'market.own_product': 422,
  'market.no_gateway': 422,
  'market.return_too_late': 409,
  'market.return_of_nothing': 422,
  'market.complaint_open': 409,
  'market.complaint_answered': 409,
  'market.not_delivered': 409,
  'market.rated_already': 409,
  'market.more_than_due': 422,
  'market.payout_twice': 409,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const marketConstraints: Readonly<Record<string, string>> = {
  ...materialConstraints,
  ...bazaarConstraints,
  ...requestConstraints,
  stalls_one_for_a_permit: 'market.stall_open_already',
  products_not_oversold: 'market.sold_out',
  complaints_one_open: 'market.complaint_open',
  ratings_of_a_sale: 'market.not_delivered',
  ratings_pkey: 'market.rated_already',
  payouts_reference_once: 'market.payout_twice',
};
