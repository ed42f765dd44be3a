import { type TProperties, Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../../accounts/contract.ts';

const digits = '^(?:0|[1-9][0-9]{0,17})$';
/** Rial in JSON: a string of digits. */
const Rial = Type.String({ pattern: digits, description: 'Rial' });
const Code = Type.String({ minLength: 28, maxLength: 60 });
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

export const AllocationParams = Type.Object({ code: Code });

export const AllocationsQuery = Type.Object({
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  lang: Type.Optional(Type.String()),
});

const head = {
  code: Code,
  creditLine: Named,
  fiscalYear: Type.Integer({ description: 'Jalali' }),
  law: Type.String(),
  note: Nullable(Type.String()),
  clause: Nullable(Type.String()),
  fromOn: IsoDay,
  deadlineOn: IsoDay,
  carryOverOn: Nullable(IsoDay),
  floatsOn: Nullable(IsoDay),
};

export const AllocationsAnswer = Type.Object({ items: Type.Array(Type.Object(head)) });

/** How money stands under one share. */
const money = {
  allocatedRial: Nullable(Rial),
  committedRial: Type.String({
    description: 'Rial that live plans hold: with banks or contracted',
  }),
  referredRial: Type.String({ description: 'Rial of plans that banks have not contracted yet' }),
  contractedRial: Type.String({ description: 'Rial of plans under contract or paid' }),
  paidRial: Type.String({ description: 'Rial that banks paid' }),
  freeRial: Nullable(Type.String({ description: 'Rial that nobody holds' })),
  plans: Type.Integer(),
};

const AbsorptionAnswer = Type.Object({
  elapsedDays: Type.Integer(),
  totalDays: Type.Integer(),
  elapsedBp: Type.Integer(),
  committedBp: Type.Integer(),
  projectedRial: Type.String(),
  lapseRial: Type.String({ description: 'Rial that will lapse at the rate until now' }),
});

const share = { agency: Nullable(Named), county: Nullable(Named), bank: Nullable(Named) };

const ShareLine = Type.Object({
  code: Code,
  ...share,
  ...money,
  floatedRial: Type.String({ description: 'Rial used of what other counties left' }),
});

const CutLine = Type.Object({
  ...Named.properties,
  ...money,
  couldUse: Nullable(Type.Integer({ description: 'Cases that could still be referred' })),
});

const RevisionLine = Type.Object({
  ...share,
  beforeRial: Nullable(Type.String()),
  ceilingRial: Type.String(),
  nationalRial: Type.String(),
  decidedBy: Type.String(),
  reason: Type.String(),
  letter: Nullable(Type.String()),
  decidedOn: IsoDay,
  recordedAt: Type.String({ format: 'date-time' }),
  by: Nullable(Label),
});

export const AllocationAnswer = Type.Object({
  ...head,
  nationalRial: Nullable(Type.String({ description: 'Rial of the national part' })),
  whole: Type.Object(money),
  absorption: Nullable(AbsorptionAnswer),
  couldUse: Type.Integer({
    description: 'Cases that could still be referred; listed under referable',
  }),
  outside: Type.Object({ plans: Type.Integer(), rial: Type.String() }),
  shares: Type.Array(ShareLine),
  by: Type.Object({
    agency: Type.Array(CutLine),
    county: Type.Array(CutLine),
    bank: Type.Array(CutLine),
  }),
  revisions: Type.Array(RevisionLine),
});

const decision = {
  decidedBy: Text(120),
  reason: Text(1000),
  letter: Type.Optional(Text(60)),
  decidedOn: IsoDay,
};

export const OpenAllocationBody = closed({
  creditLine: Text(60),
  fiscalYear: Type.Integer({ minimum: 1380, maximum: 1480 }),
  law: Text(200),
  note: Type.Optional(Text(60)),
  clause: Type.Optional(Text(60)),
  fromOn: IsoDay,
  deadlineOn: IsoDay,
  carryOverOn: Type.Optional(Nullable(IsoDay)),
  floatsOn: Type.Optional(Nullable(IsoDay)),
  provincialRial: Rial,
  nationalRial: Rial,
  ...decision,
});

export const SplitBody = closed({
  shares: Type.Array(
    closed({
      agency: Type.Optional(Text(40)),
      county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
      bank: Type.Optional(Text(40)),
      ceilingRial: Rial,
      nationalRial: Type.Optional(Rial),
    }),
    { minItems: 1, maxItems: 200 },
  ),
  ...decision,
});

export const AllocationCode = Type.Object({ code: Code });
