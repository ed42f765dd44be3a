import { type FieldFault, isProblem } from '../../kit/problem.ts';
import { supervisionConstraints } from '../contract.ts';

/** Why a record was not applied. */
export type Refusal = { readonly problem: string; readonly faults: readonly FieldFault[] };

/** What a rule said against a record, or the database on its behalf; anything else is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (isProblem(error)) return { problem: error.code, faults: error.faults };
  const { constraint = '' } = (error ?? {}) as { constraint?: string };
  const problem = supervisionConstraints[constraint];
  if (problem === undefined) throw error;
  return { problem, faults: [] };
}
