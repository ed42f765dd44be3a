/** What a chart, its table, its CSV and its picture are all made from, so they cannot differ. */
export type ChartColumn = {
  readonly key: string;
  readonly header: string;
  /** Said once, in the head of the column. */
  readonly unit?: string;
  /** The unit of the exact values, where it is another (rial). */
  readonly exactUnit?: string;
};

/** One value: its size for drawing, its words for reading, its exact form for CSV, and the list behind it. */
export type ChartCell = {
  readonly value: number;
  readonly text: string;
  readonly exact: string;
  readonly href?: string;
};

export type ChartRow = {
  readonly key: string;
  readonly label: string;
  /** Where the row's name leads, such as the same page for this agency alone. */
  readonly href?: string;
  readonly cells: { readonly [column: string]: ChartCell };
};

export type ChartData = {
  readonly id: string;
  readonly title: string;
  /** Period and place, for the picture and the file. */
  readonly scope: string;
  /** The address of this chart with its whole scope, for sharing. */
  readonly link: string;
  readonly keyHeader: string;
  readonly columns: readonly ChartColumn[];
  readonly rows: readonly ChartRow[];
  /** Values of the same places a year earlier, in the order of the rows, drawn behind them. */
  readonly behind?: readonly ChartRow[];
  readonly total?: { readonly [column: string]: ChartCell };
};

const zero: ChartCell = { value: 0, text: '', exact: '0' };

/** The cell of a row, or an empty one. */
export function cellOf(row: ChartRow, column: string): ChartCell {
  return row.cells[column] ?? zero;
}

/** The largest value of a column; at least 1, so that nothing is divided by zero. */
export function largest(data: ChartData, column: string): number {
  return Math.max(1, ...data.rows.map((row) => cellOf(row, column).value));
}
