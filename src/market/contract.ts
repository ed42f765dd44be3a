import { Type } from 'typebox';
import { Label, Named, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Code = Type.String({ minLength: 28, maxLength: 60 });
export const CodeAnswer = Type.Object({ code: Type.String() });
const strict = { additionalProperties: false };

/** The permit behind a stall, as it stands now. */
const PermitState = Type.Object({
  number: Type.String(),
  standing: Type.String({ description: 'valid, suspended, expired, revoked or ended' }),
  reason: Nullable(Type.String({ description: 'Why it is suspended' })),
});

/** A maker's stall as its owner sees it, or a permit that could have one. */
const MyStall = Type.Object({
  code: Nullable(Type.String({ description: 'Absent: the permit has no stall yet' })),
  caseCode: Type.String(),
  name: Type.String(),
  about: Type.String(),
  state: Nullable(Type.String()),
  permit: PermitState,
  occupation: Named,
  county: Named,
  food: Type.Boolean(),
  holder: Type.String(),
  label: Label,
});
export const MyStallsAnswer = Type.Object({ items: Type.Array(MyStall) });

export const OpenStallBody = Type.Object(
  {
    caseCode: Code,
    name: Text(80),
    about: Type.Optional(Type.String({ maxLength: 2000 })),
  },
  strict,
);

/** Problem codes of this slice and their statuses. */
export const marketProblems: ProblemTable = {
  'market.permit_not_valid': 409,
  'market.stall_open_already': 409,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const marketConstraints: Readonly<Record<string, string>> = {
  stalls_one_for_a_permit: 'market.stall_open_already',
};
