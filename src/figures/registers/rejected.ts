import type { Locale } from '../../kit/persian-text.ts';
import type { CellValue, SheetContent, WrittenCell } from '../../platform/spreadsheet/index.ts';
import en from './en.ts';
import fa from './fa.ts';
import { type FieldName, fieldTypes } from './fields.ts';
import type { Layout } from './layout.ts';
import type { CellProblem } from './problems.ts';
import { takeUnit } from './units.ts';

const WORDS = { fa, en };
const LONGEST_VALUE = 60;

/** A row to give back, with the reasons as sentences. */
export interface RejectedRow {
  readonly rowNumber: number;
  readonly cells: readonly CellValue[];
  readonly reasons: readonly string[];
}

/** One problem of reading as a sentence. */
export function problemText(problem: CellProblem, locale: Locale): string {
  return sentence(problem, WORDS[locale].cells[problem.code], locale);
}

/** A sentence about a cell: the column as the office names it, what is written there, and `text`. */
export function sentence(
  cell: { readonly column: string; readonly field: FieldName | null; readonly value: string },
  text: string,
  locale: Locale,
): string {
  const words = WORDS[locale];
  const column = cell.column || (cell.field === null ? '' : words.fields[cell.field]);
  if (column === '') return text;
  const value = shorten(cell.value);
  const pattern = value === '' ? words.cell.named : words.cell.withValue;
  const parts: Record<string, string> = { column, text, value };
  return pattern.replace(/\{(\w+)\}/g, (all, name: string) => parts[name] ?? all);
}

function shorten(value: string): string {
  return value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
}

/**
 * The spreadsheet of refused rows: the office's own columns as they were, after the row's number and
 * the reasons. Put right, it can be sent as it is: those two columns are passed over, and the unit of
 * money stands in the header even where a title or the sender had said it.
 */
export function rejectedSheet(
  layout: Layout,
  rows: Iterable<RejectedRow> | AsyncIterable<RejectedRow>,
  locale: Locale,
): SheetContent {
  const words = WORDS[locale];
  // A sheet that has been here before brings these two columns along.
  const kept = layout.headers.flatMap((_, index) =>
    layout.notDataColumns.includes(index) ? [] : [index],
  );
  return {
    name: words.rejected.sheet,
    rightToLeft: locale === 'fa',
    header: [
      words.rejected.row,
      words.rejected.reason,
      ...kept.map((index) => headerWithUnit(layout, index, locale)),
    ],
    widths: [8, 60],
    rows: writeRows(rows, kept),
  };
}

function headerWithUnit(layout: Layout, index: number, locale: Locale): string {
  const header = layout.headers[index] ?? '';
  const field = layout.columns.find((column) => column.index === index)?.field;
  const isAmount = field !== undefined && fieldTypes[field] === 'amount';
  if (!isAmount || !layout.unit || takeUnit(header).unit) return header;
  return `${header} (${WORDS[locale].units[layout.unit]})`;
}

async function* writeRows(
  rows: Iterable<RejectedRow> | AsyncIterable<RejectedRow>,
  kept: readonly number[],
): AsyncGenerator<WrittenCell[]> {
  for await (const row of rows) {
    const cells = kept.map((index) => written(row.cells[index] ?? null));
    yield [row.rowNumber, row.reasons.join('\n'), ...cells];
  }
}

function written(cell: CellValue): WrittenCell {
  return typeof cell === 'object' && cell !== null && 'error' in cell ? cell.error : cell;
}
