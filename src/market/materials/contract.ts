import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';
import { supporterStandings, units } from './rules.ts';

export const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
export const Code = Type.String({ minLength: 28, maxLength: 60 });
const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });
const Amount = Type.String({ pattern: '^[0-9]{1,15}$', description: 'Rial' });
const Quantity = Type.Integer({
  minimum: 1,
  maximum: 2_000_000_000,
  description: 'Whole thousandths of the material’s unit',
});
const Sum = Type.Integer({ description: 'Whole thousandths of the material’s unit' });
export const CountyId = Type.String({ pattern: '^[0-9]{4}$' });
export const strict = { additionalProperties: false };

export const CodeOnly = Type.Object({ code: Code });
export const Done = Type.Object({ code: Type.String() });

export const SupporterStanding = Type.Enum(supporterStandings);

const Material = Type.Object({
  code: Type.String(),
  name: Type.String(),
  unit: Type.String(),
});
export const MaterialsAnswer = Type.Object({ items: Type.Array(Material) });
export const MaterialBody = Type.Object({ name: Text(80), unit: Type.Enum(units) }, strict);

const Point = Type.Object({
  number: Type.Integer(),
  county: Named,
  place: Type.String(),
  ordered: Sum,
  delivered: Sum,
  collected: Sum,
  returned: Sum,
});

/** A purchase in a list. */
const purchaseLine = {
  code: Type.String(),
  material: Material,
  county: Nullable(Named),
  state: Type.String(),
  since: IsoDay,
  closesOn: IsoDay,
  enough: Nullable(Sum),
  pooled: Sum,
  makers: Type.Integer(),
  offers: Type.Integer(),
  retailUnitRial: Nullable(Rial),
  retailSource: Nullable(Type.String()),
  ordered: Sum,
  delivered: Sum,
  priceRial: Nullable(Rial),
  freightRial: Nullable(Rial),
};
export const PurchasesQuery = Type.Object({ lang: Type.Optional(Type.String()) });
export const PurchasesAnswer = Type.Object({ items: Type.Array(Type.Object(purchaseLine)) });

/** One maker's need and share. */
const share = {
  code: Type.String(),
  state: Type.String(),
  quantity: Sum,
  neededBy: IsoDay,
  point: Nullable(Type.Integer()),
  share: Sum,
  priceRial: Rial,
  freightRial: Rial,
  savedRial: Rial,
  collected: Sum,
  leftBehind: Sum,
  takenOver: Sum,
  owedRial: Type.String({
    description: 'Rial; what is still to pay, below zero what is to give back',
  }),
  paidRial: Rial,
};

const Offer = Type.Object({
  code: Type.String(),
  supplier: Type.Object({ name: Type.String(), kind: Type.String() }),
  state: Type.String(),
  breaks: Type.Array(Type.Object({ from: Sum, unitRial: Rial })),
  freightRial: Rial,
  most: Nullable(Sum),
  deliversOn: IsoDay,
  validUntil: IsoDay,
  note: Nullable(Type.String()),
  quote: Nullable(Type.Object({ quantity: Sum, unitRial: Rial, priceRial: Rial, totalRial: Rial })),
});

export const PurchaseAnswer = Type.Object({
  ...purchaseLine,
  reason: Nullable(Type.String({ description: 'Why the chosen offer was chosen' })),
  points: Type.Array(Point),
  needs: Type.Array(
    Type.Object({ ...share, name: Type.String(), mobile: Nullable(Type.String()), county: Named }),
  ),
  offerList: Type.Array(Offer),
  deliveries: Type.Array(
    Type.Object({
      number: Type.Integer(),
      point: Type.Integer(),
      quantity: Sum,
      deliveredOn: IsoDay,
      note: Nullable(Type.String()),
    }),
  ),
  steps: Type.Array(
    Type.Object({
      verb: Type.String(),
      happenedOn: IsoDay,
      reason: Nullable(Type.String()),
      by: Nullable(Type.String({ description: 'What closed it: day, quantity, office' })),
    }),
  ),
});

export const OpenPurchaseBody = Type.Object(
  {
    material: Code,
    county: Type.Optional(CountyId),
    closesOn: IsoDay,
    enough: Type.Optional(Quantity),
    retail: Type.Optional(Type.Object({ unitRial: Amount, source: Text(200) }, strict)),
    points: Type.Array(Type.Object({ county: CountyId, place: Text(200) }, strict), {
      minItems: 1,
      maxItems: 20,
    }),
  },
  strict,
);
export const OfferBody = Type.Object(
  {
    supplier: Type.Optional(Code),
    breaks: Type.Array(Type.Object({ from: Quantity, unitRial: Amount }, strict), {
      minItems: 1,
      maxItems: 8,
    }),
    freightRial: Amount,
    most: Type.Optional(Quantity),
    deliversOn: IsoDay,
    validUntil: IsoDay,
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export const ReasonBody = Type.Object({ reason: Text(1000) }, strict);
export const DeliveryBody = Type.Object(
  {
    point: Type.Integer({ minimum: 1, maximum: 20 }),
    quantity: Quantity,
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);

/** An open purchase as a maker sees it. */
const OpenPurchase = Type.Object({
  code: Type.String(),
  material: Material,
  closesOn: IsoDay,
  makers: Type.Integer(),
  pooled: Sum,
  enough: Nullable(Sum),
  retailUnitRial: Nullable(Rial),
  points: Type.Array(Type.Object({ number: Type.Integer(), county: Named, place: Type.String() })),
});
export const MyNeedsAnswer = Type.Object({
  permits: Type.Array(Type.Object({ code: Type.String(), occupation: Named, county: Named })),
  materials: Type.Array(Material),
  needs: Type.Array(
    Type.Object({
      ...share,
      material: Material,
      purchase: Nullable(
        Type.Object({ state: Type.String(), closesOn: IsoDay, place: Nullable(Type.String()) }),
      ),
      joinable: Type.Array(OpenPurchase),
    }),
  ),
});
export const NeedBody = Type.Object(
  { caseCode: Code, material: Code, quantity: Quantity, neededBy: IsoDay },
  strict,
);
export const JoinBody = Type.Object(
  { purchase: Code, point: Type.Integer({ minimum: 1, maximum: 20 }) },
  strict,
);
export const PaymentBody = Type.Object(
  { amountRial: Amount, reference: Type.Optional(Text(60)) },
  strict,
);
export const CollectBody = Type.Object({ quantity: Type.Optional(Quantity) }, strict);
export const GiveBody = Type.Object({ to: Code, reason: Text(1000) }, strict);
export const ReturnBody = Type.Object({ refundRial: Amount, reason: Text(1000) }, strict);

export const PricesQuery = Type.Object({
  material: Code,
  county: CountyId,
  lang: Type.Optional(Type.String()),
});
export const PricesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      month: Type.String({ description: 'Jalali month, as 1401-03' }),
      makers: Type.Integer(),
      quantity: Sum,
      unitRial: Rial,
    }),
  ),
});

export const MySupplyAnswer = Type.Object({
  supplier: Nullable(
    Type.Object({ name: Type.String(), kind: Type.String(), standing: SupporterStanding }),
  ),
  purchases: Type.Array(
    Type.Object({
      code: Type.String(),
      material: Material,
      county: Nullable(Named),
      state: Type.String(),
      closesOn: IsoDay,
      pooled: Sum,
      ordered: Sum,
      points: Type.Array(Point),
      offers: Type.Array(Offer),
    }),
  ),
});

/** Problem codes of pooled purchases and their statuses. */
export const materialProblems: ProblemTable = {
  'market.quantity_wrong': 422,
  'market.day_passed': 422,
  'market.breaks_wrong': 422,
  'market.no_such_point': 422,
  'market.purchase_unfit': 422,
  'market.purchase_closed': 409,
  'market.purchase_full': 409,
  'market.joined_already': 409,
  'market.not_in_purchase': 409,
  'market.offered_already': 409,
  'market.not_supplier': 403,
  'market.offer_over': 409,
  'market.offer_unfit': 409,
  'market.more_than_ordered': 409,
  'market.more_than_share': 422,
  'market.more_than_owed': 422,
  'market.not_there_yet': 409,
  'market.still_time': 409,
  'market.refund_too_large': 422,
  'market.no_such_account': 422,
  'market.supplier_known': 409,
  'market.supporter_unnamed': 422,
  'market.supporter_not_good': 409,
  'market.material_known': 409,
};

/** Named constraints of the tables of pooled purchases and the problems they stand for. */
export const materialConstraints: Readonly<Record<string, string>> = {
  needs_once_in_a_purchase: 'market.joined_already',
  purchases_pool_bounded: 'market.purchase_full',
  purchases_delivered_within: 'market.more_than_ordered',
  purchase_points_delivered_within: 'market.more_than_ordered',
  purchase_points_handed_out_within: 'market.not_there_yet',
  offers_one_standing: 'market.offered_already',
  raw_materials_name_once: 'market.material_known',
  suppliers_account_once: 'market.supplier_known',
};
