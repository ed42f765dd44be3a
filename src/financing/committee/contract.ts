import { Type } from 'typebox';
import { IsoDay, Named, Nullable } from '../../accounts/contract.ts';
import { bodies, sittingVerdicts } from './rules.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });

export const SittingBody = Type.Object(
  {
    body: Type.Enum([...bodies]),
    county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
    heldOn: IsoDay,
    agenda: Type.Optional(
      Type.String({ minLength: 28, maxLength: 60, description: 'Of the agenda that called it' }),
    ),
    members: Type.Array(Text(120), { minItems: 1, maxItems: 30 }),
    decisions: Type.Array(
      Type.Object(
        {
          code: Type.String({ minLength: 28, maxLength: 60 }),
          verdict: Type.Enum([...sittingVerdicts]),
          reason: Type.Optional(Type.String({ maxLength: 500 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 200 },
    ),
  },
  { additionalProperties: false },
);

export const SittingAnswer = Type.Object({ code: Type.String() });

export const SittingsAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      body: Type.String(),
      county: Nullable(Named),
      fiscalYear: Type.Integer(),
      number: Type.Integer(),
      heldOn: IsoDay,
      approved: Type.Integer(),
      deferred: Type.Integer(),
      refused: Type.Integer(),
    }),
  ),
});

export const AgendaBody = Type.Object(
  {
    body: Type.Enum([...bodies]),
    county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
    meetsOn: IsoDay,
    cases: Type.Array(Type.String({ minLength: 28, maxLength: 60 }), {
      minItems: 1,
      maxItems: 200,
      description: 'Codes of cases, in the order in which they will be spoken of',
    }),
  },
  { additionalProperties: false },
);

export const AgendasAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      body: Type.Enum([...bodies]),
      county: Nullable(Named),
      meetsOn: IsoDay,
      cases: Type.Array(
        Type.Object({ code: Type.String(), name: Type.String(), kind: Type.String() }),
      ),
    }),
  ),
});
