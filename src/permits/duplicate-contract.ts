import { Type } from 'typebox';
import { IsoDay, Label, Named, Nullable } from '../accounts/index.ts';

const Verdict = Type.Enum(['same', 'different']);

/** A case that is like another, and what of it may be shown to whoever compares them. */
export const DuplicateLine = Type.Object({
  code: Type.String(),
  open: Type.Boolean({ description: 'The caller may open the case itself' }),
  name: Type.String(),
  nationalId: Nullable(Type.String()),
  mobile: Nullable(Type.String()),
  address: Nullable(Type.String()),
  kind: Type.String(),
  state: Type.String(),
  occupation: Named,
  agency: Named,
  county: Named,
  since: IsoDay,
  submittedOn: Nullable(IsoDay),
  why: Type.Array(Type.Enum(['person', 'address', 'phone'])),
  decision: Nullable(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      verdict: Verdict,
      reason: Type.String(),
      by: Label,
      at: Type.String({ format: 'date-time' }),
    }),
  ),
});

export const DuplicatesAnswer = Type.Object({
  it: DuplicateLine,
  items: Type.Array(DuplicateLine),
});

export const DecideDuplicateBody = Type.Object(
  {
    other: Type.String({ minLength: 28, maxLength: 60 }),
    verdict: Verdict,
    reason: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
);

export const UndoDuplicateBody = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    reason: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  { additionalProperties: false },
);

export const DecisionAnswer = Type.Object({ id: Type.String({ format: 'uuid' }) });
