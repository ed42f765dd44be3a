import { Type } from 'typebox';
import { IsoDay } from '../accounts/index.ts';
import { HouseholdBody } from './contract.ts';
import { correctionFields, kinds } from './rules.ts';

const Words = Type.String({ maxLength: 1000 });
const Numbers = Type.Array(Type.Integer({ minimum: 1, maximum: 999 }), { maxItems: 20 });

/** An agency's signature, with what it signs under. */
export const SignBody = Type.Object(
  {
    reason: Type.Optional(Words),
    conditions: Type.Optional(
      Type.Array(Type.String({ minLength: 2, maxLength: 300 }), { maxItems: 10 }),
    ),
  },
  { additionalProperties: false },
);

/** A return for correction: which items, and what is wrong with each. */
export const ReturnBody = Type.Object(
  {
    reason: Type.Optional(Words),
    items: Type.Optional(
      Type.Array(
        Type.Object(
          {
            number: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
            field: Type.Optional(Type.Enum([...correctionFields])),
            note: Type.String({ minLength: 1, maxLength: 500 }),
          },
          { additionalProperties: false },
        ),
        { maxItems: 20 },
      ),
    ),
  },
  { additionalProperties: false },
);

/** A refusal by the numbers of unmet conditions or missing documents. */
export const RefuseBody = Type.Object(
  {
    reason: Type.Optional(Words),
    conditionNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
    conditionNumbers: Type.Optional(Numbers),
  },
  { additionalProperties: false },
);

/** A clearing body's answer. */
export const ClearBody = Type.Object(
  {
    reason: Type.Optional(Words),
    reference: Type.Optional(Type.String({ maxLength: 60 })),
    conditionNumber: Type.Optional(Type.Integer({ minimum: 1, maximum: 999 })),
  },
  { additionalProperties: false },
);

const Name = Type.Optional(Type.String({ minLength: 1, maxLength: 80 }));

/** A correction: a note, and anew each field that the agency named; others are refused. */
export const CorrectBody = Type.Object(
  {
    reason: Type.Optional(Words),
    fields: Type.Optional(
      Type.Object(
        {
          firstName: Name,
          lastName: Name,
          fatherName: Name,
          birthOn: Type.Optional(IsoDay),
          mobile: Type.Optional(Type.String({ minLength: 5, maxLength: 30 })),
          household: Type.Optional(HouseholdBody),
          kind: Type.Optional(Type.Union(kinds.map((kind) => Type.Literal(kind)))),
          occupationId: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
        },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
);
