import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import type { ProblemTable } from '../../kit/problem.ts';

const strict = { additionalProperties: false };
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const Rial = Type.String({ pattern: '^[1-9][0-9]{0,14}$', description: 'Rial' });
const Quantity = Type.Integer({ minimum: 1, maximum: 100_000 });

export const CodeOnly = Type.Object({ code: Code });
export const Done = Type.Object({ code: Type.String() });

/** Many of something like a product, of the makers of its trade. */
export const AskBody = Type.Object(
  {
    title: Text(120),
    about: Type.Optional(Type.String({ maxLength: 1000 })),
    quantity: Quantity,
    mostRial: Type.Optional(Rial),
    neededBy: IsoDay,
    closesOn: IsoDay,
    name: Text(100),
    mobile: Text(30),
    toProvince: Type.String({ pattern: '^[0-9]{2}$' }),
    address: Text(500),
    postalCode: Type.Optional(Type.String({ maxLength: 12 })),
  },
  strict,
);
export const PledgeBody = Type.Object(
  {
    stall: Code,
    product: Type.Optional(Code),
    quantity: Quantity,
    eachRial: Rial,
    readyOn: IsoDay,
    note: Type.Optional(Type.String({ maxLength: 500 })),
  },
  strict,
);
export const AcceptBody = Type.Object(
  {
    pledges: Type.Array(Type.Object({ code: Code, quantity: Quantity }, strict), {
      minItems: 1,
      maxItems: 64,
    }),
  },
  strict,
);

const line = {
  code: Type.String(),
  state: Type.String(),
  title: Type.String(),
  about: Type.String(),
  unit: Type.String(),
  occupation: Named,
  quantity: Type.Integer(),
  mostRial: Nullable(Type.String({ description: 'Rial' })),
  neededBy: IsoDay,
  closesOn: IsoDay,
  pledged: Type.Integer(),
  ordered: Type.Integer(),
  toProvince: Named,
};
const pledge = {
  code: Type.String(),
  state: Type.String(),
  quantity: Type.Integer(),
  eachRial: Type.String({ description: 'Rial' }),
  readyOn: IsoDay,
  note: Type.String(),
  order: Nullable(Type.String({ description: 'The order that it became' })),
};
export const RequestsAnswer = Type.Object({ items: Type.Array(Type.Object(line)) });
export const RequestAnswer = Type.Object({
  ...line,
  acting: Type.Boolean({ description: 'Whether the caller is the buyer and it is open' }),
  pledges: Type.Array(
    Type.Object({
      ...pledge,
      stall: Type.Object({
        code: Type.String(),
        name: Type.String(),
        permitNumber: Type.String(),
        standing: Type.String(),
      }),
    }),
  ),
});
export const OpenRequestsAnswer = Type.Object({
  stalls: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      occupation: Named,
      products: Type.Array(
        Type.Object({ code: Type.String(), title: Type.String(), onHand: Type.Integer() }),
      ),
    }),
  ),
  items: Type.Array(
    Type.Object({ ...line, open: Type.Boolean(), mine: Type.Array(Type.Object(pledge)) }),
  ),
});
export const AcceptAnswer = Type.Object({ code: Type.String(), orders: Type.Array(Type.String()) });

/** Problem codes of requests and their statuses. */
export const requestProblems: ProblemTable = {
  'market.request_over': 409,
  'market.pledged_already': 409,
  'market.pledge_gone': 409,
  'market.dearer_than_asked': 422,
  'market.later_than_asked': 422,
  'market.more_than_pledged': 422,
  'market.more_than_asked': 422,
};

/** Named constraints of the tables of requests and the problems they stand for. */
export const requestConstraints: Readonly<Record<string, string>> = {
  pledges_one_of_a_stall: 'market.pledged_already',
};
