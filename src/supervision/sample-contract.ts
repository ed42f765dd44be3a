import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/index.ts';

/** How many are drawn by what they show, how many by chance. */
export const SampleBody = Type.Object(
  {
    byRisk: Type.Integer({ minimum: 0, maximum: 200 }),
    byChance: Type.Integer({ minimum: 1, maximum: 200 }),
    seed: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  { additionalProperties: false },
);
export const SampleAnswer = Type.Object({
  code: Type.String(),
  seed: Type.String(),
  drawnOn: IsoDay,
  byRisk: Type.Integer(),
  byChance: Type.Integer(),
  points: Type.String({ description: 'Points by sign when it was drawn' }),
  candidates: Type.Array(
    Type.Object({
      plan: Type.String(),
      points: Type.Integer(),
      chosen: Nullable(Type.String({ description: 'risk or chance' })),
      visit: Nullable(Type.String()),
      signs: Type.Array(Type.String({ description: 'What the plan showed' })),
      state: Nullable(Type.String({ description: 'Where the visit stands' })),
      assignee: Nullable(Label),
      caseCode: Type.String(),
      name: Type.String(),
      agency: Named,
      county: Named,
    }),
  ),
  /** Whether the same seed, points and signs give the same sample again. */
  same: Type.Boolean(),
});
export const SamplesAnswer = Type.Object({
  items: Type.Array(
    Type.Object({
      code: Type.String(),
      seed: Type.String(),
      drawnOn: IsoDay,
      candidates: Type.Integer(),
      risk: Type.Integer(),
      chance: Type.Integer(),
      made: Type.Integer(),
    }),
  ),
});
