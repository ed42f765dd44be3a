import { Type } from 'typebox';
import { IsoDay, Nullable } from '../accounts/contract.ts';
import type { ProblemTable } from '../kit/problem.ts';

/** The people at work in a case's plans. */
export const JobList = Type.Object({
  jobs: Type.Array(
    Type.Object({
      name: Type.String(),
      nationalId: Type.String(),
      relation: Type.String(),
      startedOn: IsoDay,
      endedOn: Nullable(IsoDay),
    }),
  ),
});

/** Problem codes of this slice and their statuses. */
export const employmentProblems: ProblemTable = {
  'employment.not_funded': 422,
  'employment.future_date': 422,
  'employment.wrong_relation': 422,
  'employment.reason_missing': 422,
  'employment.already_at_work': 409,
};

/** Named constraints of this slice's tables and the problems they stand for. */
export const employmentConstraints: Readonly<Record<string, string>> = {
  jobs_person_once: 'employment.already_at_work',
};
