import {
  type FieldFault,
  Problem,
  type ProblemDetails,
  type ProblemTable,
} from '../../kit/problem.ts';
import type { FieldName } from './fields.ts';

/** Why one cell, or one row, cannot be read. */
export type CellProblemCode =
  | 'missing'
  | 'formula_without_value'
  | 'excel_error'
  | 'not_text'
  | 'too_long'
  | 'digits_lost'
  | 'merged_amount'
  | 'national_id_characters'
  | 'national_id_length'
  | 'national_id_repeated'
  | 'national_id_serial'
  | 'national_id_check_digit'
  | 'name_unreadable'
  | 'mobile_unreadable'
  | 'date_unreadable'
  | 'date_two_digit_year'
  | 'date_ambiguous'
  | 'date_impossible'
  | 'date_too_early'
  | 'date_in_future'
  | 'amount_unreadable'
  | 'amount_slash'
  | 'amount_not_positive'
  | 'amount_not_whole_rial'
  | 'amount_too_large'
  | 'amount_unit_conflict'
  | 'count_unreadable'
  | 'tranche_unreadable'
  | 'sex_unknown'
  | 'kind_unknown'
  | 'area_unknown'
  | 'relation_unknown'
  | `${'county' | 'agency' | 'bank' | 'occupation'}_${'unknown' | 'ambiguous'}`;

/** One thing wrong in a row, in the terms of the sheet it came from. */
export interface CellProblem {
  /** As Excel numbers it. */
  readonly row: number;
  /** The column's header as the office wrote it; empty for a column that is not there. */
  readonly column: string;
  readonly field: FieldName;
  /** What the cell shows. */
  readonly value: string;
  readonly code: CellProblemCode;
}

/** What can be wrong with a register as a whole, with HTTP statuses. */
export const registerProblems = {
  /** No row among the first looks like a header of this kind. */
  header_not_found: 422,
  /** The header is of another kind of register; `details.found` names it. */
  wrong_kind: 422,
  /** Required columns are not there; one fault per field. */
  missing_columns: 422,
  /** Two columns say the same thing; `details.columns`. */
  columns_twice: 422,
  /** Neither the header nor the caller says the unit of money. */
  unit_unknown: 422,
  /** The header and the caller say different units. */
  unit_conflict: 422,
  /** A header and nothing below it. */
  no_rows: 422,
} as const satisfies ProblemTable;

export type RegisterProblemCode = keyof typeof registerProblems;

/** A register that cannot be read at all: no row of it has been believed. */
export class RegisterError extends Problem {
  declare readonly code: RegisterProblemCode;

  constructor(
    code: RegisterProblemCode,
    details: ProblemDetails = {},
    faults: readonly FieldFault[] = [],
  ) {
    super(code, details, faults);
    this.name = 'RegisterError';
  }
}
