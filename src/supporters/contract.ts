import { Type } from 'typebox';
import { IsoDay, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

/** The people named under a case's plan, when the case is a supporter's. */
export const MemberList = Type.Object({
  members: Type.Array(
    Type.Object({
      name: Type.String(),
      nationalId: Type.String(),
      since: IsoDay,
      caseCode: Nullable(Type.String()),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const supporterProblems: ProblemTable = { 'supporters.already_covered': 409 };

/** Named constraints of this slice's tables and the problems they stand for. */
export const supporterConstraints: Readonly<Record<string, string>> = {
  memberships_person_once: 'supporters.already_covered',
};
