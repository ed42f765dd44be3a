import { isIsoDate, parseJalali } from '../kit/jalali.ts';
import { compactKey, normaliseText, parseNumber, toAsciiDigits } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import {
  type CellValue,
  isBlank,
  openSpreadsheet,
  SpreadsheetError,
  type SpreadsheetSource,
} from '../platform/spreadsheet/index.ts';
import en from './en.ts';
import fa from './fa.ts';

/** A column of a table of orders or of deliveries. */
export type Column = keyof typeof fa.columns;

/** What each kind of table has to have; the others may be left out. */
export const neededColumns = {
  orders: ['person', 'product', 'amount', 'due', 'place', 'number'],
  deliveries: ['person', 'product', 'accepted', 'day', 'number'],
} as const satisfies Record<string, readonly Column[]>;

export type TableKind = keyof typeof neededColumns;

/** A row as it came: its number in the sheet, and its cells by column. */
export type TableRow = {
  readonly row: number;
  readonly cells: Readonly<Partial<Record<Column, CellValue>>>;
};

/** Filled rows above the headings: a title, a date. */
const headingSearch = 10;
const mostRows = 2_000;

const columnOf = new Map(
  (Object.keys(fa.columns) as Column[]).flatMap((column) =>
    [fa.columns[column], en.columns[column]].map((name) => [compactKey(name), column] as const),
  ),
);

/**
 * Reads a table of a supporter, .xlsx or .csv, whose headings are the columns' names in either language.
 * @throws Problem `spreadsheet.*`, `supporters.no_column`, `supporters.too_many_rows` (422)
 */
export async function readTable(source: SpreadsheetSource, kind: TableKind): Promise<TableRow[]> {
  try {
    const sheet = await openSpreadsheet(source);
    const rows: TableRow[] = [];
    let layout: ReadonlyMap<Column, number> | undefined;
    let seen = 0;
    for await (const batch of sheet.batches) {
      for (const { number, cells } of batch.rows) {
        if (layout) rows.push({ row: number, cells: cellsOf(layout, cells) });
        else layout = layoutOf(kind, cells);
        seen += 1;
        if (!layout && seen >= headingSearch) throw new Problem('supporters.no_column');
        if (rows.length > mostRows) throw new Problem('supporters.too_many_rows');
      }
    }
    if (!layout) throw new Problem('supporters.no_column');
    return rows;
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    throw new Problem(`spreadsheet.${error.code}`, error.details);
  }
}

function layoutOf(kind: TableKind, cells: readonly CellValue[]) {
  const found = new Map<Column, number>();
  for (const [at, cell] of cells.entries()) {
    const column = typeof cell === 'string' ? columnOf.get(compactKey(cell)) : undefined;
    if (column !== undefined && !found.has(column)) found.set(column, at);
  }
  return neededColumns[kind].every((column) => found.has(column)) ? found : undefined;
}

function cellsOf(layout: ReadonlyMap<Column, number>, cells: readonly CellValue[]) {
  return Object.fromEntries([...layout].map(([column, at]) => [column, cells[at] ?? null]));
}

/** A cell's text, normalised; empty for a blank one. */
export function textOf(cell: CellValue | undefined): string {
  if (isBlank(cell) || cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return '';
  return normaliseText(String(cell));
}

/** A cell as an exact decimal. @throws Problem `supporters.wrong_amount` (422) */
export function amountOf(cell: CellValue | undefined): string {
  const number = parseNumber(textOf(cell));
  if (number === undefined) throw new Problem('supporters.wrong_amount', { given: textOf(cell) });
  return number;
}

/** A cell as a day, ISO: a date of the workbook, or Jalali text. @throws Problem `supporters.wrong_day` (422) */
export function dayOf(cell: CellValue | undefined): string {
  if (typeof cell === 'object' && cell !== null && 'date' in cell) return cell.date;
  const text = toAsciiDigits(textOf(cell));
  const day = isIsoDate(text) && text > '1900' ? text : parseJalali(text);
  if (day === undefined) throw new Problem('supporters.wrong_day', { given: text.slice(0, 40) });
  return day;
}

const qualityNames = new Map(
  (['first', 'second'] as const).flatMap((quality, at) =>
    [quality, String(at + 1), fa.qualities[quality], en.qualities[quality]].map(
      (name) => [compactKey(name), quality] as const,
    ),
  ),
);

/** A cell as the quality of what was accepted, the first where it is blank. @throws Problem `supporters.wrong_quality` (422) */
export function qualityOf(cell: CellValue | undefined): 'first' | 'second' {
  const text = textOf(cell);
  const quality = text ? qualityNames.get(compactKey(text)) : 'first';
  if (!quality) throw new Problem('supporters.wrong_quality', { given: text.slice(0, 40) });
  return quality;
}

/** A cell as a national ID: the digits, with the leading zeros that spreadsheets lose. */
export function nationalIdOf(cell: CellValue | undefined): string {
  return toAsciiDigits(textOf(cell)).replaceAll(/\D/g, '').padStart(10, '0');
}
