import { Problem, type ProblemDetails } from '../../kit/problem.ts';

/** Everything that can be wrong with a spreadsheet as a file, with its HTTP status. */
export const spreadsheetProblems = {
  /** Neither a workbook nor text in columns. */
  not_a_spreadsheet: 422,
  /** The file has no bytes, or no sheet has a filled cell. */
  empty: 422,
  /** More bytes, text or memory than the limits allow. */
  too_large: 413,
  /** Inflates to far more than a workbook of its size can. */
  zip_bomb: 422,
  too_many_rows: 422,
  too_many_columns: 422,
  /** One cell holds more text than Excel itself can. */
  cell_too_long: 422,
  /** Text that is not Unicode; `details.guess` says what it looks like. */
  wrong_encoding: 422,
  /** Locked with a password. */
  encrypted: 422,
  /** The binary format before 2007 (.xls). */
  old_excel: 422,
  /** A web page named .xls, as many systems "export to Excel". */
  web_page: 422,
  /** A workbook of another family (.xlsb, .ods), or one that needs ZIP64. */
  unsupported: 422,
  /** Cut short or changed on the way. */
  damaged: 422,
  timed_out: 422,
  /** The caller asked for a sheet that the workbook lacks. */
  no_such_sheet: 422,
} as const;

export type SpreadsheetErrorCode = keyof typeof spreadsheetProblems;

/** A spreadsheet that cannot be read, for a reason its owner can act on. */
export class SpreadsheetError extends Problem {
  declare readonly code: SpreadsheetErrorCode;

  constructor(code: SpreadsheetErrorCode, details: ProblemDetails = {}) {
    super(code, details);
    this.name = 'SpreadsheetError';
  }
}
