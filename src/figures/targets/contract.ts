import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../../accounts/contract.ts';
import { targetLevels, targetMeasures } from './rules.ts';

const Year = Type.Integer({ minimum: 1389, maximum: 1500, description: 'Jalali' });

export const TargetsQuery = Type.Object({
  province: Type.Optional(Type.String({ pattern: '^[0-9]{2}$' })),
  year: Type.Optional(Year),
  lang: Type.Optional(Type.String()),
});

const Version = Type.Object({
  code: Type.String(),
  number: Type.Integer(),
  goal: Type.Integer(),
  dueOn: IsoDay,
  reason: Type.String(),
  letter: Nullable(Type.String()),
  askedBy: Label,
  askedAt: Type.String({ format: 'date-time' }),
  agreed: Nullable(Type.Boolean({ description: 'null: nobody has decided yet' })),
  decidedBy: Nullable(Label),
  decidedAt: Nullable(Type.String({ format: 'date-time' })),
  note: Nullable(Type.String()),
  mayDecide: Type.Boolean({ description: 'The caller may, being another person than who asked' }),
});

const Standing = Type.Object({
  goal: Type.Integer(),
  dueOn: IsoDay,
  done: Type.Integer(),
  elapsedBp: Type.Integer(),
  expected: Type.Integer(),
  projected: Type.Integer(),
  standing: Type.String({ description: 'reached, ahead, behind, missed or begins' }),
});

export const TargetsAnswer = Type.Object({
  year: Type.Integer(),
  years: Type.Array(Type.Integer()),
  items: Type.Array(
    Type.Object({
      measure: Type.String(),
      level: Type.String(),
      agency: Nullable(Named),
      county: Nullable(Named),
      /** How the version in force stands; null before one was agreed to. */
      now: Nullable(Standing),
      versions: Type.Array(Version),
    }),
  ),
});

export const AskTargetBody = Type.Object(
  {
    year: Year,
    measure: Type.Enum([...targetMeasures]),
    level: Type.Enum([...targetLevels]),
    agency: Type.Optional(Type.String({ maxLength: 40 })),
    county: Type.Optional(Type.String({ pattern: '^[0-9]{4}$' })),
    goal: Type.Integer({ minimum: 1, maximum: 100_000_000 }),
    dueOn: Type.String({ maxLength: 20, description: 'A Jalali date of the year' }),
    reason: Type.String({ minLength: 1, maxLength: 500 }),
    letter: Type.Optional(Type.String({ maxLength: 100 })),
  },
  { additionalProperties: false },
);

export const DecideTargetBody = Type.Object(
  { agree: Type.Boolean(), note: Type.Optional(Type.String({ maxLength: 500 })) },
  { additionalProperties: false },
);

export const TargetCode = Type.Object({ code: Type.String({ minLength: 28, maxLength: 60 }) });
