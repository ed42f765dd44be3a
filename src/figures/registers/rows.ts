import { compactKey } from '../../kit/persian-text.ts';
import { type CellValue, isBlank, type SheetRow } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import { type CellContext, type CellRead, readCell } from './cells.ts';
import {
  type FieldName,
  type FieldType,
  fieldTypes,
  missingFields,
  type RegisterKind,
  type Requirement,
  registerShapes,
} from './fields.ts';
import type { Layout, LayoutColumn } from './layout.ts';
import type { CellProblem, CellProblemCode } from './problems.ts';
import { makeRecord, type RegisterRecords, type RowValues } from './records.ts';
import words from './words.json' with { type: 'json' };

interface RowBase {
  /** As Excel numbers it. */
  readonly rowNumber: number;
  /** The cells as they were, to give back when the row is refused later on. */
  readonly cells: readonly CellValue[];
  /** What was left out of the record because it could not be read and no figure needs it. */
  readonly warnings: readonly CellProblem[];
}

/** A row that says everything it must. */
export interface ReadRow<K extends RegisterKind> extends RowBase {
  readonly record: RegisterRecords[K];
}

/** A row with at least one problem; nothing of it goes into the record. */
export interface RefusedRow extends RowBase {
  readonly problems: readonly CellProblem[];
}

/** A row that is no entry: a total, a note or signature line, or the header printed again. */
export interface IgnoredRow {
  readonly rowNumber: number;
  readonly why: 'total' | 'note' | 'header_again';
  readonly text: string;
}

export type RegisterRow<K extends RegisterKind> = ReadRow<K> | RefusedRow;

/** Types whose cells hardly come twice; of the others each different cell is read once. */
const NOT_REMEMBERED: readonly FieldType[] = ['code', 'person', 'text', 'mobile'];
const MOST_REMEMBERED = 20_000;
const IDENTITIES: readonly FieldName[] = ['permit_number', 'national_id', 'worker_national_id'];
const NOTHING = new Set(words.nothing);
const LONGEST_NOTHING = 12;
const TOTALS = words.totals.map(compactKey);
const SHORTEST_TOTAL_START = 4;
const TOTAL_START = new RegExp(
  `^[^\\p{L}\\p{N}]*[${TOTALS.map((word) => word[0]).join('')}]`,
  'iu',
);

/** A column with what is known of it beforehand. */
interface ReadColumn extends LayoutColumn {
  readonly type: FieldType;
  readonly lenient: boolean;
  readonly memory: Map<CellValue, CellRead> | undefined;
}

/** Reads the rows below one layout's header. */
export class RowReader<K extends RegisterKind> {
  private readonly kind: K;
  private readonly layout: Layout;
  private readonly context: CellContext;
  private readonly header: readonly CellValue[];
  private readonly requires: readonly Requirement[];
  private readonly columns: readonly ReadColumn[];
  private readonly identities: readonly LayoutColumn[];

  /** `header` is the last row of the header, to know it again where a printed page repeats it. */
  constructor(kind: K, layout: Layout, context: CellContext, header: readonly CellValue[]) {
    this.kind = kind;
    this.layout = layout;
    this.context = context;
    this.header = header;
    const has = new Set(layout.columns.map(({ field }) => field));
    // A row is asked only for what the sheet has columns for.
    this.requires = registerShapes[kind].requires.map((alternatives) =>
      alternatives.filter((fields) => fields.every((field) => has.has(field))),
    );
    this.identities = layout.columns.filter(({ field }) => IDENTITIES.includes(field));
    this.columns = layout.columns.map((column) => {
      const type = fieldTypes[column.field];
      const lenient = registerShapes[kind].lenient.includes(column.field);
      const memory = NOT_REMEMBERED.includes(type) ? undefined : new Map();
      return { ...column, type, lenient, memory };
    });
  }

  /** One row: read, refused, ignored with its reason, or undefined when it holds no entry at all. */
  read(row: SheetRow): RegisterRow<K> | IgnoredRow | undefined {
    const ignored = this.ignore(row);
    if (ignored !== false) return ignored;
    const values: RowValues = {};
    const problems: CellProblem[] = [];
    const warnings: CellProblem[] = [];
    for (const column of this.columns) {
      const read = this.readColumn(row, column);
      if (read === undefined) continue;
      // The field's type is what its reader gives: `fieldTypes` pairs them.
      if ('value' in read) values[column.field] = read.value as never;
      else (column.lenient ? warnings : problems).push(problemIn(row, column, read.code));
    }
    problems.push(...this.missing(row, values, problems));
    const base = { rowNumber: row.number, cells: row.cells, warnings };
    if (problems.length > 0) return { ...base, problems };
    return { ...base, record: makeRecord(this.kind, values) };
  }

  private readColumn(row: SheetRow, column: ReadColumn): CellRead | undefined {
    const cell = row.cells[column.index] ?? null;
    if (cell === null && row.formulas?.includes(column.index)) {
      return { code: 'formula_without_value' };
    }
    if (saysNothing(cell)) return undefined;
    const { type, memory } = column;
    // One amount merged over several rows would be counted once for each of them.
    if (type === 'amount' && row.merged?.includes(column.index)) return { code: 'merged_amount' };
    const known = memory?.get(cell);
    if (known) return known;
    const read = readCell(type, cell, this.context);
    if (memory && (typeof cell === 'string' || typeof cell === 'number')) {
      if (memory.size >= MOST_REMEMBERED) memory.clear();
      memory.set(cell, read);
    }
    return read;
  }

  /** What is required, empty, and not already reported as unreadable. */
  private missing(
    row: SheetRow,
    values: RowValues,
    problems: readonly CellProblem[],
  ): CellProblem[] {
    const reported = (field: FieldName): boolean => problems.some((one) => one.field === field);
    const has = (field: FieldName): boolean => values[field] !== undefined || reported(field);
    return missingFields(this.requires, has).map((field) => {
      const column = this.layout.columns.find((one) => one.field === field);
      const header = column?.header ?? '';
      return { row: row.number, column: header, field, value: '', code: 'missing' as const };
    });
  }

  /** Why a row is no entry; undefined for an empty one; false for an entry. */
  private ignore(row: SheetRow): IgnoredRow | undefined | false {
    const { number: rowNumber, cells } = row;
    // «جمع کل» where the rows are counted, whatever stands beside it («۲۳۴۰ ردیف» under the numbers).
    const sum = this.layout.notDataColumns.find((index) => isTotal(cells[index]));
    if (sum !== undefined) return { rowNumber, why: 'total', text: cellText(cells[sum]) };
    const identified = this.identities.some(({ index }) => {
      const cell = cells[index] ?? null;
      return !saysNothing(cell) && !isTotal(cell);
    });
    if (identified && !this.isPrinted(cells)) return false;
    const shown = this.shown(row);
    const [text = ''] = shown;
    if (shown.size === 0) return undefined;
    if (this.isHeader(cells)) return { rowNumber, why: 'header_again', text };
    if (identified) return shown.size === 1 ? { rowNumber, why: 'note', text } : false;
    const total = cells.find(isTotal);
    if (total !== undefined) return { rowNumber, why: 'total', text: cellText(total) };
    return shown.size === 1 ? { rowNumber, why: 'note', text } : false;
  }

  /** A quick look at two cells: whether a row may be the header again, or one note merged all over. */
  private isPrinted(cells: readonly CellValue[]): boolean {
    const first = this.layout.columns[0]?.index ?? 0;
    const last = this.layout.columns.at(-1)?.index ?? 0;
    return cells[first] === this.header[first] || cells[first] === cells[last];
  }

  /** The different texts that a row shows beside its number; a note often stands in that column. */
  private shown(row: SheetRow): Set<string> {
    const counts = this.layout.notDataColumns;
    const filled = row.cells.filter((cell, index) => {
      return !isBlank(cell) && !(counts.includes(index) && isCount(cell));
    });
    const formulas = (row.formulas ?? []).filter((index) => row.cells[index] === null);
    return new Set([...filled.map(cellText), ...formulas.map((index) => `=${index}`)]);
  }

  private isHeader(cells: readonly CellValue[]): boolean {
    return this.layout.columns.every(
      ({ index }) => (cells[index] ?? null) === (this.header[index] ?? null),
    );
  }
}

function problemIn(row: SheetRow, column: LayoutColumn, code: CellProblemCode): CellProblem {
  const value = cellText(row.cells[column.index]);
  return { row: row.number, column: column.header, field: column.field, value, code };
}

function isCount(cell: CellValue): boolean {
  return typeof cell === 'number' || (typeof cell === 'string' && /^[\p{N}\s.-]*$/u.test(cell));
}

function isTotal(cell: CellValue | undefined): boolean {
  if (typeof cell !== 'string' || !TOTAL_START.test(cell)) return false;
  const key = compactKey(cell).replace(/[^\p{L}]+/gu, '');
  return TOTALS.some((total) => {
    return key === total || (total.length >= SHORTEST_TOTAL_START && key.startsWith(total));
  });
}

const PLAIN_START = /^[0-9A-Za-z\u0621-\u064a\u0660-\u06d3\u06f0-\u06f9]/;

/** An empty cell, a stroke through it, or a word that says so. */
function saysNothing(cell: CellValue): boolean {
  if (typeof cell !== 'string') return cell === null;
  if (PLAIN_START.test(cell)) return cell.length <= LONGEST_NOTHING && NOTHING.has(cell);
  return isBlank(cell) || /^[\s\-\u2013\u2014_./*\u0640]+$/.test(cell);
}
