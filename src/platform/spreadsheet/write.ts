import type { Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { DateCell } from './cells.ts';

/** What can be written to a cell. A bigint must be exact as a double; text never becomes a formula. */
export type WrittenCell = null | string | number | bigint | boolean | DateCell;

/** One sheet to write. */
export interface SheetContent {
  readonly name: string;
  /** Reads from the right, as a Persian sheet does. */
  readonly rightToLeft: boolean;
  /** Lines above the header, each merged over the whole width. */
  readonly titles?: readonly string[];
  readonly header: readonly string[];
  /** Column widths in characters; 16 where not given. */
  readonly widths?: readonly number[];
  readonly rows: Iterable<readonly WrittenCell[]> | AsyncIterable<readonly WrittenCell[]>;
}

const LONGEST_TEXT = 32_767;
const ROWS_BETWEEN_PAUSES = 2_000;
const DAY = 86_400_000;

type ExcelWorkbook = import('exceljs').stream.xlsx.WorkbookWriter;

/**
 * Writes a workbook to a stream, row by row, and ends it. Text cells are of type text, formatted as
 * text, so that neither `=…` is computed nor a leading zero lost when the sheet is filled in and
 * sent back. Throws RangeError for text longer than a cell can hold or a bigint beyond 2^53, and what the
 * stream or the rows break with.
 */
export async function writeWorkbook(out: Writable, sheets: readonly SheetContent[]): Promise<void> {
  // Loaded here because it takes a quarter of a second, and most processes never write a workbook.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  const written = finished(out, { readable: false });
  // Where the rows break first, nobody else hears how the stream ends.
  written.catch(() => {});
  for (const sheet of sheets) await writeSheet(workbook, sheet, out);
  await Promise.race([workbook.commit(), written]);
  await written;
}

async function writeSheet(
  workbook: ExcelWorkbook,
  content: SheetContent,
  out: Writable,
): Promise<void> {
  const titles = content.titles ?? [];
  const width = content.header.length;
  const sheet = workbook.addWorksheet(content.name, {
    views: [{ rightToLeft: content.rightToLeft, state: 'frozen', ySplit: titles.length + 1 }],
  });
  sheet.columns = content.header.map((_, column) => ({ width: content.widths?.[column] ?? 16 }));
  for (const [index, title] of titles.entries()) {
    const row = sheet.addRow([title]);
    row.font = { bold: true, size: 13 };
    row.alignment = { horizontal: 'center' };
    if (width > 1) sheet.mergeCells(index + 1, 1, index + 1, width);
    row.commit();
  }
  const header = sheet.addRow([...content.header]);
  header.font = { bold: true };
  header.commit();
  let count = 0;
  for await (const cells of content.rows) {
    const row = sheet.addRow(cells.map(excelValue));
    cells.forEach((cell, column) => {
      if (typeof cell === 'string') row.getCell(column + 1).numFmt = '@';
    });
    row.commit();
    // Lets the bytes out (and everyone else in) while a long sheet is written.
    if (++count % ROWS_BETWEEN_PAUSES === 0) await new Promise(setImmediate);
    if (out.errored) throw out.errored;
  }
  sheet.commit();
}

function excelValue(cell: WrittenCell): string | number | boolean | Date | null {
  if (typeof cell === 'string') {
    if (cell.length > LONGEST_TEXT) throw new RangeError('Text is too long for a cell');
    return cell;
  }
  if (typeof cell === 'bigint') {
    const number = Number(cell);
    if (!Number.isSafeInteger(number)) throw new RangeError('Number is too large for a cell');
    return number;
  }
  if (cell === null || typeof cell !== 'object') return cell;
  return new Date(Math.round(Date.parse(`${cell.date}T00:00:00Z`) / DAY) * DAY);
}

/**
 * Writes UTF-8 CSV with a byte-order mark (Excel needs it for Persian) to a stream, and ends it.
 * Text that a spreadsheet would run as a formula gets an apostrophe in front. Throws what the stream or the
 * rows break with.
 */
export async function writeCsv(
  out: Writable,
  header: readonly string[],
  rows: Iterable<readonly WrittenCell[]> | AsyncIterable<readonly WrittenCell[]>,
): Promise<void> {
  const lines = stringify({ bom: true, record_delimiter: 'windows', quoted_match: /[\t;|]/ });
  async function* values() {
    yield header.map(csvValue);
    for await (const cells of rows) yield cells.map(csvValue);
  }
  await pipeline(values, lines, out);
}

function csvValue(cell: WrittenCell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return neutraliseFormula(cell);
  return typeof cell === 'object' ? cell.date : String(cell);
}

/** Full-width forms of = + - @ too: Excel in East Asian settings runs them as well. */
const FORMULA_START = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** Puts an apostrophe before text that a spreadsheet would take for a formula (OWASP, CSV injection). */
function neutraliseFormula(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}
