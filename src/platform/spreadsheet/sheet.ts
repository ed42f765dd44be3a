import type { CellValue, SheetBatch, SheetRow } from './cells.ts';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import { columnOf, MergedCells, type MergeRange, readMerges } from './merges.ts';
import type { ByteReader } from './source.ts';
import { decodePart, type Workbook, type WorkbookSheet } from './workbook.ts';
import { attributeReader, decodeExcelEscapes, type XmlHandler, XmlScanner } from './xml.ts';

const REF = attributeReader('r');
const KIND = attributeReader('t');
const STYLE = attributeReader('s');

/**
 * A worksheet's filled rows in order, in batches. The part is read twice: once for its merged
 * ranges, which the format puts behind the rows they change, then for the rows. Nothing but one
 * batch is held.
 */
export async function* readSheet(
  reader: ByteReader,
  workbook: Workbook,
  sheet: WorkbookSheet,
  limits: SpreadsheetLimits,
  batchRows: number,
): AsyncGenerator<SheetBatch> {
  const merges = await readMerges(reader, sheet.part, limits);
  const rows = new RowCollector(workbook, limits, merges);
  const scanner = new XmlScanner(rows);
  let behind = 0;
  for await (const text of decodePart(reader, sheet.part)) {
    scanner.write(text);
    behind += text.length;
    const progress = Math.min(1, behind / Math.max(1, sheet.part.size));
    while (rows.filled.length >= batchRows) {
      yield { rows: rows.filled.splice(0, batchRows), progress };
    }
  }
  scanner.end();
  if (rows.filled.length > 0) yield { rows: rows.filled, progress: 1 };
}

/** Turns a worksheet's tags into rows. Times of day are dropped: a register knows days. */
class RowCollector implements XmlHandler {
  readonly filled: SheetRow[] = [];
  private readonly workbook: Workbook;
  private readonly limits: SpreadsheetLimits;
  private readonly merged: MergedCells;
  private count = 0;
  private number = 0;
  private cells: CellValue[] = [];
  private formulas: number[] = [];
  private column = -1;
  private kind = '';
  private style = -1;
  private value = '';
  private formula = false;
  private reading = false;
  private phonetic = false;
  private inCell = false;

  constructor(workbook: Workbook, limits: SpreadsheetLimits, merges: MergeRange[]) {
    this.workbook = workbook;
    this.limits = limits;
    this.merged = new MergedCells(merges, limits);
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'row') this.openRow(attributes);
    else if (!this.inCell) return;
    else if (name === 'v') this.reading = true;
    else if (name === 't') this.reading = !this.phonetic;
    else if (name === 'f') this.formula = true;
    else if (name === 'rPh') this.phonetic = true;
  }

  text(text: string): void {
    if (!this.reading) return;
    this.value = this.value === '' ? text : this.value + text;
    if (this.value.length > this.limits.cellLength) {
      throw new SpreadsheetError('cell_too_long', { row: this.number, column: this.column + 1 });
    }
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.reading = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
    else if (name === 'rPh') this.phonetic = false;
  }

  private openRow(attributes: string): void {
    const stated = REF(attributes);
    const number = stated === undefined ? this.number + 1 : Number(stated);
    if (!Number.isSafeInteger(number) || number <= this.number) {
      throw new SpreadsheetError('damaged');
    }
    this.number = number;
    this.cells = [];
    this.formulas = [];
    this.column = -1;
  }

  private openCell(attributes: string): void {
    const ref = REF(attributes);
    const column = ref === undefined ? this.column + 1 : columnOf(ref);
    if (column <= this.column) throw new SpreadsheetError('damaged');
    this.column = column;
    this.kind = KIND(attributes) ?? '';
    this.style = Number(STYLE(attributes) ?? -1);
    this.value = '';
    this.formula = false;
    this.inCell = true;
  }

  private closeCell(): void {
    this.inCell = false;
    const cell = this.resolve();
    if (cell === null && !this.formula) return;
    if (this.column >= this.limits.columns) {
      throw new SpreadsheetError('too_many_columns', { most: this.limits.columns });
    }
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells.push(cell);
    if (this.formula) this.formulas.push(this.column);
  }

  private closeRow(): void {
    const merged = this.merged.fill(this.number, this.cells);
    if (this.cells.every((cell) => cell === null) && this.formulas.length === 0) return;
    if (++this.count > this.limits.rows) {
      throw new SpreadsheetError('too_many_rows', { most: this.limits.rows });
    }
    this.filled.push({
      number: this.number,
      cells: this.cells,
      ...(this.formulas.length > 0 && { formulas: this.formulas }),
      ...(merged.length > 0 && { merged }),
    });
  }

  private resolve(): CellValue {
    const value = this.value;
    switch (this.kind) {
      case 's':
        return this.shared(value);
      case 'str':
      case 'inlineStr':
        return value === '' ? null : decodeExcelEscapes(value);
      case 'b':
        return value === '' ? null : value === '1' || value === 'true';
      case 'e':
        return { error: value };
      case 'd':
        return /^\d{4}-\d\d-\d\d/.test(value) ? { date: value.slice(0, 10) } : value;
      default:
        return this.numeric(value);
    }
  }

  private shared(value: string): CellValue {
    if (value === '') return null;
    const text = this.workbook.sharedStrings[Number(value)];
    if (text === undefined) throw new SpreadsheetError('damaged');
    return text === '' ? null : text;
  }

  private numeric(value: string): CellValue {
    if (value === '') return null;
    const number = Number(value);
    if (!Number.isFinite(number)) throw new SpreadsheetError('damaged');
    if (!this.workbook.dateStyles[this.style]) return number;
    return serialDate(number, this.workbook.from1904) ?? number;
  }
}

const DAY = 86_400_000;
const LAST_SERIAL = 2_958_465;
const NEVER_A_DAY = 60;

/**
 * The day of Excel's serial number. Serial 60 is 29 February 1900, a day that never was and that
 * Excel keeps for Lotus 1-2-3's sake: it has no date, and the days before it count from one later.
 */
function serialDate(serial: number, from1904: boolean): CellValue | undefined {
  const day = Math.floor(serial);
  if (day < 0 || day > LAST_SERIAL) return undefined;
  if (from1904) return { date: isoDay(Date.UTC(1904, 0, 1) + day * DAY) };
  if (day === NEVER_A_DAY || day === 0) return undefined;
  return { date: isoDay(Date.UTC(1899, 11, day < NEVER_A_DAY ? 31 : 30) + day * DAY) };
}

function isoDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
