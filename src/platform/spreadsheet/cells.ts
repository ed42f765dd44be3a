/** A day in a cell that the workbook formats as a date, Gregorian ISO ('2021-04-04'). */
export interface DateCell {
  readonly date: string;
}

/** An error Excel computed: '#N/A', '#REF!' … */
export interface ErrorCell {
  readonly error: string;
}

/** What a cell holds. CSV has only text and blanks. */
export type CellValue = null | string | number | boolean | DateCell | ErrorCell;

/** One row with at least one filled cell. */
export interface SheetRow {
  /** As Excel shows it at the left edge, from 1. */
  readonly number: number;
  /** From column A on, up to the last one that is filled or holds a formula. */
  readonly cells: readonly CellValue[];
  /** Columns (from 0) whose value comes from a formula; a null there is a formula never computed. */
  readonly formulas?: readonly number[];
  /** Columns (from 0) whose value is one merged cell over several rows, this one among them. */
  readonly merged?: readonly number[];
}

/** Rows in order, and how much of the sheet is behind them (0…1). */
export interface SheetBatch {
  readonly rows: readonly SheetRow[];
  readonly progress: number;
}

/** What is known about a spreadsheet before its first row. */
export interface SheetInfo {
  readonly format: 'xlsx' | 'csv';
  /** The sheet being read; the file has no name for it in CSV. */
  readonly sheet: string | undefined;
  /** Visible sheets that are not being read. */
  readonly otherSheets: readonly string[];
  /** Of CSV. */
  readonly encoding: TextEncodingName | undefined;
  readonly delimiter: string | undefined;
}

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1256';

/** Whether a cell shows nothing: null, or text of blanks and invisible marks. */
export function isBlank(cell: CellValue | undefined): boolean {
  if (cell === null || cell === undefined) return true;
  return typeof cell === 'string' && !/[^\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/.test(cell);
}
