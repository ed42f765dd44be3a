import { Type } from 'typebox';
import { IsoDay } from '../accounts/index.ts';
import { Id, Unit } from './field-contract.ts';

const RialInput = Type.String({ pattern: '^[0-9]{1,16}$', description: 'Rial' });
const AmountInput = Type.String({
  pattern: '^[0-9]{1,12}(\\.[0-9]{1,9})?$',
  description: 'An exact decimal in the unit beside it',
});
const Month = Type.Integer({ minimum: 130001, maximum: 150012, description: 'Jalali: 140103' });
const Words = Type.String({ minLength: 1, maxLength: 500 });
const Short = Type.String({ minLength: 1, maxLength: 120 });
const strict = { additionalProperties: false };

export const Lang = Type.Object({ lang: Type.Optional(Type.String()) });
export const Done = Type.Object({ code: Type.String() });
export const ReasonBody = Type.Object({ reason: Words }, strict);
export const Nothing = Type.Object({}, strict);

export const ApplyBody = Type.Object(
  { firmName: Type.Optional(Short), legalId: Type.Optional(Short) },
  strict,
);
export const TradeBody = Type.Object(
  {
    kind: Type.Union([Type.Literal('order'), Type.Literal('invoice')]),
    number: Short,
    buyer: Short,
    amountRial: RialInput,
    datedOn: IsoDay,
  },
  strict,
);
export const IdBody = Type.Object({ id: Id }, strict);
export const PersonBody = Type.Object(
  {
    nationalId: Type.String({ minLength: 8, maxLength: 20 }),
    firstName: Short,
    lastName: Short,
    sex: Type.Union([Type.Literal('female'), Type.Literal('male')]),
    mobile: Type.Optional(Type.String({ maxLength: 20 })),
  },
  strict,
);
export const MaterialBody = Type.Object({ name: Short, unit: Unit, priceRial: RialInput }, strict);
export const ProductBody = Type.Object(
  {
    name: Short,
    unit: Unit,
    recipe: Type.Array(
      Type.Object({ materialId: Id, net: AmountInput, waste: AmountInput, unit: Unit }, strict),
      { minItems: 1, maxItems: 20 },
    ),
  },
  strict,
);
export const TrainingBody = Type.Object(
  {
    topic: Short,
    place: Short,
    heldOn: IsoDay,
    minutes: Type.Integer({ minimum: 1, maximum: 100_000 }),
    people: Type.Array(Type.String(), { maxItems: 200 }),
  },
  strict,
);
export const OfferBody = Type.Object(
  {
    fromOn: IsoDay,
    payWithinDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 90 })),
    deductions: Type.Array(Type.String(), { maxItems: 10 }),
    lines: Type.Array(
      Type.Object({ productId: Id, rateRial: RialInput, promised: AmountInput }, strict),
      { minItems: 1, maxItems: 20 },
    ),
  },
  strict,
);
export const MaterialEntryBody = Type.Object(
  {
    materialId: Id,
    amount: AmountInput,
    unit: Unit,
    happenedOn: Type.Optional(IsoDay),
    reason: Type.Optional(Words),
  },
  strict,
);
export const ReceiveBody = Type.Object(
  {
    productId: Id,
    accepted: AmountInput,
    rejected: Type.Optional(AmountInput),
    quality: Type.Optional(Type.Union([Type.Literal('first'), Type.Literal('second')])),
    rateRial: Type.Optional(RialInput),
    orderId: Type.Optional(Id),
    note: Type.Optional(Words),
    happenedOn: Type.Optional(IsoDay),
  },
  strict,
);
export const OrderBody = Type.Object(
  { productId: Id, amount: AmountInput, dueOn: IsoDay, deliverTo: Words },
  strict,
);
export const DeductBody = Type.Object(
  { month: Month, kind: Short, amountRial: RialInput, reason: Words },
  strict,
);
export const PayBody = Type.Object(
  { month: Month, amountRial: RialInput, reference: Short, happenedOn: Type.Optional(IsoDay) },
  strict,
);
export const TakeBackBody = Type.Object({ stepId: Id, reason: Words }, strict);
export const ReceiptBody = Type.Object(
  {
    stepId: Id,
    answer: Type.Union([Type.Literal('came'), Type.Literal('not_came'), Type.Literal('other_sum')]),
    amountRial: Type.Optional(RialInput),
  },
  strict,
);
export const ChooseBody = Type.Object({ supporter: Type.String() }, strict);
export const ClusterBody = Type.Object(
  { name: Short, countyId: Type.Integer(), occupationId: Short },
  strict,
);
export const JoinBody = Type.Object({ supporter: Type.String() }, strict);
export const ClusterStepBody = Type.Object(
  {
    step: Type.Integer({ minimum: 1, maximum: 12 }),
    doneOn: IsoDay,
    note: Words,
    firm: Type.Optional(Short),
  },
  strict,
);
export const ImportBody = Type.Object({
  file: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  supporter: Type.String({ description: 'The code of the supporter’s case' }),
  kind: Type.Union([Type.Literal('orders'), Type.Literal('deliveries')]),
  mode: Type.Union([Type.Literal('check'), Type.Literal('record')]),
});
export const ContractQuery = Type.Object({
  version: Type.Optional(Type.Integer({ minimum: 1 })),
  lang: Type.Optional(Type.String()),
});
export const StatementQuery = Type.Object({ month: Month, lang: Type.Optional(Type.String()) });
