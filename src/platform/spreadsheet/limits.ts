/** Bounds on what one spreadsheet may cost. Sizes in bytes, lengths in UTF-16 units. */
export interface SpreadsheetLimits {
  /** The file as it lies on disk. */
  readonly fileBytes: number;
  /** Parts inside the workbook's ZIP. */
  readonly entries: number;
  /** All parts together once inflated. */
  readonly inflatedBytes: number;
  /** Inflated over compressed, for a part above `ratioFromBytes`. Real sheets stay below 60. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
  /** Rows with at least one filled cell. */
  readonly rows: number;
  /** The last filled column. */
  readonly columns: number;
  /** Text of one cell: Excel's own bound. */
  readonly cellLength: number;
  /** Text of a workbook's shared strings together. */
  readonly sharedText: number;
  readonly merges: number;
  /** JavaScript heap of the reading thread, in megabytes. */
  readonly heapMegabytes: number;
  /** How long the reading thread may go without an answer while it is waited for. */
  readonly silenceMs: number;
}

export const spreadsheetLimits: SpreadsheetLimits = {
  fileBytes: 128 * 1024 * 1024,
  entries: 2_000,
  inflatedBytes: 1024 * 1024 * 1024,
  ratio: 250,
  ratioFromBytes: 8 * 1024 * 1024,
  rows: 1_000_000,
  columns: 200,
  cellLength: 32_767,
  sharedText: 64 * 1024 * 1024,
  merges: 200_000,
  heapMegabytes: 384,
  silenceMs: 60_000,
};
