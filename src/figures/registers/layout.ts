import { type CellValue, isBlank, type SheetRow } from '../../platform/spreadsheet/index.ts';
import { cellText } from './cell-text.ts';
import {
  type FieldName,
  fieldTypes,
  missingFields,
  type RegisterKind,
  registerKinds,
  registerShapes,
} from './fields.ts';
import { type HeaderMeaning, readHeader } from './headers.ts';
import { RegisterError } from './problems.ts';
import { type AmountUnit, announcedUnit } from './units.ts';

/** A column that holds a field. */
export interface LayoutColumn {
  /** From 0. */
  readonly index: number;
  readonly field: FieldName;
  /** As the office wrote it. */
  readonly header: string;
}

/** Where a register's fields are in its sheet. */
export interface Layout {
  readonly kind: RegisterKind;
  /** The row numbers (as Excel shows them) of the header's first and last row. */
  readonly headerRows: readonly [number, number];
  readonly columns: readonly LayoutColumn[];
  /** Every column's header by its index, '' where there is none: for giving rows back. */
  readonly headers: readonly string[];
  /** Columns (from 0) that only count the rows («ردیف») or say why we refused them. */
  readonly notDataColumns: readonly number[];
  /** Headers that mean nothing in this kind of register: their cells are not read. */
  readonly unknownColumns: readonly string[];
  /** The unit of money; undefined in a register without an amount. */
  readonly unit: AmountUnit | undefined;
}

/** How deep a header may lie below titles and logos, in filled rows. */
export const HEADER_SEARCH_ROWS = 30;
const FEWEST_FIELDS = 2;

interface Candidate {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly LayoutColumn[];
  readonly headers: readonly string[];
  readonly units: ReadonlyMap<FieldName, AmountUnit>;
  readonly notData: readonly number[];
  readonly unknown: readonly string[];
  readonly twice: readonly LayoutColumn[];
}

/**
 * Finds the header among a sheet's first rows: the row, or two rows together, that leaves the fewest
 * required fields wanting and names the most of the others. Throws {@link RegisterError}: header_not_found, wrong_kind, missing_columns,
 * columns_twice, unit_unknown, unit_conflict. `data` is the index in `rows` of the first row below.
 */
export function findLayout(
  kind: RegisterKind,
  rows: readonly SheetRow[],
  callersUnit: AmountUnit | undefined,
): { layout: Layout; data: number } {
  const best = bestCandidate(kind, rows);
  if (!best || best.columns.length < FEWEST_FIELDS) {
    refuseOtherKind(kind, rows);
    throw new RegisterError('header_not_found');
  }
  const missing = missingIn(kind, best);
  if (missing.length > 0) {
    refuseOtherKind(kind, rows);
    throw missingColumns(missing);
  }
  const [repeated] = best.twice;
  if (repeated) throw columnsTwice(best, repeated);
  const titles = rows.slice(0, best.from).flatMap((row) => row.cells.map(cellText));
  const layout: Layout = {
    kind,
    headerRows: [rows[best.from]?.number ?? 0, rows[best.to]?.number ?? 0],
    columns: best.columns,
    headers: best.headers,
    notDataColumns: best.notData,
    unknownColumns: best.unknown,
    unit: resolveUnit(best, titles, callersUnit),
  };
  return { layout, data: best.to + 1 };
}

function bestCandidate(kind: RegisterKind, rows: readonly SheetRow[]): Candidate | undefined {
  let best: Candidate | undefined;
  const limit = Math.min(rows.length, HEADER_SEARCH_ROWS);
  const better = (next: Candidate): boolean => best === undefined || isBetter(kind, next, best);
  for (let from = 0; from < limit; from++) {
    const alone = candidate(kind, rows, from, from);
    if (better(alone)) best = alone;
  }
  // A header of two rows must say more than the better of them alone.
  for (let from = 0; from + 1 < limit; from++) {
    const pair = candidate(kind, rows, from, from + 1);
    if (better(pair)) best = pair;
  }
  return best;
}

/** A header that leaves less wanting is better, then one that says more. */
function isBetter(kind: RegisterKind, next: Candidate, best: Candidate): boolean {
  const less = missingIn(kind, best).length - missingIn(kind, next).length;
  return less > 0 || (less === 0 && next.columns.length > best.columns.length);
}

interface ReadColumn {
  readonly index: number;
  readonly header: string;
  readonly meaning: HeaderMeaning;
}

function candidate(
  kind: RegisterKind,
  rows: readonly SheetRow[],
  from: number,
  to: number,
): Candidate {
  const [top, bottom] = [rows[from]?.cells ?? [], rows[to]?.cells ?? []];
  const width = Math.max(top.length, bottom.length);
  const read: ReadColumn[] = [];
  for (let index = 0; index < width; index++) {
    const labels = from === to ? [label(top[index])] : pairLabels(top[index], bottom[index]);
    const meanings = labels.map((header) => ({ index, header, meaning: readHeader(kind, header) }));
    const meant = meanings.find(({ meaning }) => meaning.fields.length > 0 || meaning.notData);
    const column = meant ?? meanings[0];
    if (column) read.push(column);
  }
  return assign(kind, { from, to }, read);
}

function label(cell: CellValue | undefined): string {
  return isBlank(cell) ? '' : cellText(cell).replace(/\s+/g, ' ').trim();
}

/** What a column of a two-row header may be called: «تاریخ» above «معرفی» is «تاریخ معرفی». */
function pairLabels(top: CellValue | undefined, bottom: CellValue | undefined): string[] {
  const [above, below] = [label(top), label(bottom)];
  if (above === '' || above === below) return [below];
  if (below === '') return [above];
  return [`${above} ${below}`, `${below} ${above}`, below];
}

/** Headers that fit one field take it; one that fits several takes the first left over. */
function assign(
  kind: RegisterKind,
  place: { from: number; to: number },
  read: readonly ReadColumn[],
): Candidate {
  const taken = new Map<FieldName, LayoutColumn>();
  const units = new Map<FieldName, AmountUnit>();
  const twice: LayoutColumn[] = [];
  const fitting = read.filter(({ meaning }) => meaning.fields.length > 0);
  const ordered = [...fitting].sort((a, b) => a.meaning.fields.length - b.meaning.fields.length);
  for (const { index, header, meaning } of ordered) {
    const field = meaning.fields.find((one) => !taken.has(one)) ?? meaning.fields[0];
    if (field === undefined) continue;
    const column = { index, field, header };
    if (taken.has(field)) twice.push(column);
    else taken.set(field, column);
    if (meaning.unit && fieldTypes[field] === 'amount') units.set(field, meaning.unit);
  }
  const unknown = read.filter(({ meaning, header }) => {
    return header !== '' && meaning.fields.length === 0 && !meaning.notData;
  });
  const headers: string[] = [];
  for (const { index, header } of read) headers[index] = header;
  return {
    ...place,
    columns: [...taken.values()].sort((a, b) => a.index - b.index),
    headers: Array.from(headers, (header) => header ?? ''),
    units,
    notData: read.filter(({ meaning }) => meaning.notData).map(({ index }) => index),
    // Of a field that may be absent, the first column counts and the next is reported as unread.
    unknown: [...unknown, ...twice.filter(({ field }) => !needed(kind, field))].map(
      ({ header }) => header,
    ),
    twice: twice.filter(({ field }) => needed(kind, field)),
  };
}

function needed(kind: RegisterKind, field: FieldName): boolean {
  return registerShapes[kind].requires.flat(2).includes(field);
}

function missingIn(kind: RegisterKind, found: Candidate): FieldName[] {
  const fields = new Set(found.columns.map(({ field }) => field));
  return missingFields(registerShapes[kind].requires, (field) => fields.has(field));
}

/** When the sheet is a complete register of another kind, saying so helps more than a list. */
function refuseOtherKind(kind: RegisterKind, rows: readonly SheetRow[]): void {
  for (const other of registerKinds) {
    const found = other === kind ? undefined : bestCandidate(other, rows);
    if (found && found.columns.length >= FEWEST_FIELDS && missingIn(other, found).length === 0) {
      throw new RegisterError('wrong_kind', { asked: kind, found: other });
    }
  }
}

function missingColumns(missing: readonly FieldName[]): RegisterError {
  const faults = missing.map((field) => ({ pointer: `/columns/${field}`, code: 'missing' }));
  return new RegisterError('missing_columns', { columns: missing.join(',') }, faults);
}

function columnsTwice(found: Candidate, repeated: LayoutColumn): RegisterError {
  const first = found.columns.find(({ field }) => field === repeated.field);
  const columns = [first?.header ?? '', repeated.header].join(', ');
  return new RegisterError('columns_twice', { field: repeated.field, columns });
}

/** The unit of the amount column, said by its header, a title or the caller; never guessed. */
function resolveUnit(
  found: Candidate,
  titles: readonly string[],
  callersUnit: AmountUnit | undefined,
): AmountUnit | undefined {
  const amount = found.columns.find(({ field }) => fieldTypes[field] === 'amount');
  if (!amount) return undefined;
  const announced = new Set(titles.map(announcedUnit).filter((unit) => unit !== undefined));
  const stated = new Set([...announced, ...found.units.values()]);
  const [sheets] = stated;
  if (stated.size > 1) {
    throw new RegisterError('unit_conflict', {
      column: amount.header,
      units: [...stated].join(','),
    });
  }
  if (callersUnit && sheets && callersUnit !== sheets) {
    const units = [sheets, callersUnit].join(',');
    throw new RegisterError('unit_conflict', { column: amount.header, units });
  }
  const unit = sheets ?? callersUnit;
  if (!unit) throw new RegisterError('unit_unknown', { column: amount.header });
  return unit;
}
