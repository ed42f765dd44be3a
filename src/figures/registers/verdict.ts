import type { ProblemDetails } from '../../kit/problem.ts';
import type { CellValue } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import type { FieldName } from './fields.ts';
import type { Layout } from './layout.ts';
import type { CellProblem, CellProblemCode } from './problems.ts';

/** What the record has against a row that can be read, and what was filled in for it. */
export type RowCode =
  /** The record says one thing, the row another: `details.record`, `details.given`. */
  | 'differs'
  /** No permit, no case and no person of this kind is known. */
  | 'no_case'
  /** The person's case in this occupation has no permit yet: `details.state`. */
  | 'case_open'
  /** It may be one of several cases: a person decides. */
  | 'doubtful_match'
  /** A person has put this row aside: `details.reason`. */
  | 'dismissed_match'
  /** A supporter's plan has to say how many people it covers. */
  | 'people_missing'
  /** Nobody of this number is known yet, and a new person's sex cannot be guessed. */
  | 'sex_missing'
  | 'branch_unknown'
  | 'area_assumed'
  | 'name_split'
  | 'people_assumed';

/** One thing wrong with a row (or, as a warning, left out or filled in), before it is tied to a cell. */
export interface Fault {
  readonly code: CellProblemCode | RowCode | `${string}.${string}`;
  readonly field: FieldName | null;
  readonly details: ProblemDetails;
}

/** A fault in the terms of the sheet: its column as the office named it, and what is written there. */
export interface RowFault extends Fault {
  readonly column: string;
  readonly value: string;
}

export type Verdict = 'accepted' | 'unchanged' | 'rejected';

/** What was decided about one row, with the row itself. */
export interface JudgedRow {
  /** As Excel numbers it. */
  readonly rowNumber: number;
  readonly cells: readonly CellValue[];
  readonly verdict: Verdict;
  /** A rejected row that a person can still match. */
  readonly doubtful: boolean;
  readonly faults: readonly RowFault[];
  readonly warnings: readonly RowFault[];
}

/** How many rows got which verdict. */
export interface RowCounts {
  readonly read: number;
  readonly accepted: number;
  readonly unchanged: number;
  /** All that did not go in, the doubtful among them. */
  readonly rejected: number;
  readonly doubtful: number;
  /** Rows that went in, or were there, with something left out or filled in. */
  readonly warnings: number;
}

export const noRows: RowCounts = {
  read: 0,
  accepted: 0,
  unchanged: 0,
  rejected: 0,
  doubtful: 0,
  warnings: 0,
};

/** The counts with some more rows judged. */
export function countRows(counts: RowCounts, rows: readonly JudgedRow[]): RowCounts {
  const of = (verdict: Verdict) => rows.filter((row) => row.verdict === verdict).length;
  return {
    read: counts.read + rows.length,
    accepted: counts.accepted + of('accepted'),
    unchanged: counts.unchanged + of('unchanged'),
    rejected: counts.rejected + of('rejected'),
    doubtful: counts.doubtful + rows.filter(({ doubtful }) => doubtful).length,
    warnings: counts.warnings + rows.filter(({ warnings }) => warnings.length > 0).length,
  };
}

/** Every row that was read has exactly one verdict. Throws Error otherwise: a row was lost. */
export function assertBalance(counts: RowCounts, rowsSeen: number): void {
  const { read, accepted, unchanged, rejected } = counts;
  if (read !== rowsSeen || read !== accepted + unchanged + rejected) {
    throw new Error(`Rows do not add up: ${JSON.stringify({ rowsSeen, ...counts })}`);
  }
}

/** Of a name that is in no column of its own, the columns it may stand in. */
const insteadOf: { readonly [F in FieldName]?: readonly FieldName[] } = {
  full_name: ['full_name', 'last_name', 'first_name'],
  worker_full_name: ['worker_full_name', 'worker_last_name', 'worker_first_name'],
  sex: ['sex', 'worker_sex'],
};

/** Ties a fault to its cell, where the sheet has one. */
export function inSheet(layout: Layout, cells: readonly CellValue[], fault: Fault): RowFault {
  const { field } = fault;
  const fields = field === null ? [] : (insteadOf[field] ?? [field]);
  const column = fields
    .map((name) => layout.columns.find((one) => one.field === name))
    .find((one) => one !== undefined);
  if (!column) return { ...fault, column: '', value: '' };
  return { ...fault, column: column.header, value: cellText(cells[column.index]) };
}

/** A problem of reading as a fault of its row. */
export function fromCell({ column, field, value, code }: CellProblem): RowFault {
  return { code, field, details: {}, column, value };
}
