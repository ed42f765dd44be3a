import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import { Code } from '../contract.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Rial = Type.String({ pattern: '^-?[0-9]+$', description: 'Rial' });
const Instant = Type.String({ format: 'date-time' });
const Quantity = Type.Integer({ minimum: 1, maximum: 100_000 });

const target = {
  name: Text(100),
  mobile: Text(30),
  toProvince: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  toCounty: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
  address: Type.Optional(Type.String({ maxLength: 500 })),
  postalCode: Type.Optional(Type.String({ maxLength: 12 })),
  note: Type.Optional(Type.String({ maxLength: 500 })),
  pays: Type.Enum(['online', 'on_delivery'] as const),
};
export const OrderBody = Type.Object(
  {
    ...target,
    lines: Type.Array(Type.Object({ product: Code, quantity: Quantity }, strict), {
      minItems: 1,
      maxItems: 20,
    }),
  },
  strict,
);

const OrderLine = Type.Object({
  code: Type.String(),
  state: Type.String(),
  stateAt: Instant,
  orderedAt: Instant,
  goodsRial: Rial,
});
export const OrderListAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      ...OrderLine.properties,
      stall: Type.String(),
      summary: Type.String(),
    }),
  ),
});

const Said = Type.Object({ party: Type.String(), said: Type.String(), at: Instant });
export const OrderAnswer = Type.Object({
  ...OrderLine.properties,
  party: Type.String({ description: 'Who the caller is to it: buyer, maker or office' }),
  acts: Type.Array(Type.String({ description: 'Steps that the caller may take now' })),
  stall: Type.Object({
    code: Type.String(),
    name: Type.String(),
    permitNumber: Type.String(),
    standing: Type.String(),
  }),
  buyer: Type.Object({ name: Type.String(), mobile: Nullable(Type.String()) }),
  to: Type.Object({
    province: Named,
    county: Nullable(Named),
    address: Nullable(Type.String({ description: 'Empty: the buyer fetches it' })),
    postalCode: Nullable(Type.String()),
  }),
  note: Type.String(),
  pays: Type.String(),
  returnReason: Nullable(Type.String()),
  returnedRial: Rial,
  lines: Type.Array(
    Type.Object({
      place: Type.Integer(),
      product: Nullable(Type.String()),
      title: Type.String(),
      unit: Type.String(),
      quantity: Type.Integer(),
      eachRial: Rial,
      returnAsked: Type.Integer(),
      returned: Type.Integer(),
    }),
  ),
  steps: Type.Array(
    Type.Object({
      verb: Type.String(),
      to: Type.String(),
      party: Type.String(),
      note: Nullable(Type.String()),
      at: Instant,
    }),
  ),
  messages: Type.Array(Said),
  complaints: Type.Array(
    Type.Object({ said: Type.String(), answer: Nullable(Type.String()), at: Instant }),
  ),
  payment: Nullable(Type.Object({ state: Type.String(), address: Nullable(Type.String()) })),
  payUntil: Nullable(Instant),
  rating: Nullable(Type.Object({ stars: Type.Integer(), said: Type.String() })),
});

/** What somebody says to a step: nothing, a reason, or what they would send back. */
export const StepBody = Type.Object(
  { note: Type.Optional(Type.String({ maxLength: 500 })) },
  strict,
);
export const ReasonBody = Type.Object({ reason: Text(500) }, strict);
export const AskReturnBody = Type.Object(
  {
    reason: Text(500),
    lines: Type.Array(
      Type.Object({ place: Type.Integer({ minimum: 1, maximum: 20 }), quantity: Quantity }, strict),
      { minItems: 1, maxItems: 20 },
    ),
  },
  strict,
);
export const AcceptReturnBody = Type.Object({ onHandAgain: Type.Boolean() }, strict);
export const SaidBody = Type.Object({ said: Text(1000) }, strict);
export const RateBody = Type.Object(
  {
    stars: Type.Integer({ minimum: 1, maximum: 5 }),
    said: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  strict,
);

export const ComplaintsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      order: Type.String(),
      stall: Type.String(),
      said: Type.String(),
      recordedAt: Instant,
    }),
  ),
});
export const DuesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      stall: Type.String(),
      name: Type.String(),
      holder: Type.String(),
      dueRial: Rial,
    }),
  ),
});
export const PayoutBody = Type.Object(
  {
    amountRial: Type.String({ pattern: '^[1-9][0-9]{0,15}$', description: 'Rial' }),
    bankReference: Text(60),
  },
  strict,
);
export const StatementQuery = Type.Object({
  from: Type.Optional(IsoDay),
  to: Type.Optional(IsoDay),
});
export const StatementAnswer = Type.Object({
  from: IsoDay,
  to: IsoDay,
  openingRial: Rial,
  entries: Type.Array(
    Type.Object({
      on: IsoDay,
      kind: Type.String(),
      order: Nullable(Type.String()),
      rial: Rial,
    }),
  ),
  closingRial: Rial,
});
