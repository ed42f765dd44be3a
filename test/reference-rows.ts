import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { shippedTables } from '../src/platform/distribution.ts';

/** One row of a reference file, by column. */
export type Row = Readonly<Record<string, string>>;

/** The reference files of `src/accounts/data`, without their ending. */
export const FILES = shippedTables;

type File = (typeof FILES)[number];

/** The text of a reference file. */
export const read = (file: string) =>
  readFileSync(new URL(`../src/accounts/data/${file}.csv`, import.meta.url), 'utf8');
const table = (file: string): Row[] => parse(read(file), { columns: true });
const tables = new Map(FILES.map((file) => [file, table(file)]));

/** The rows of a reference file. */
export const rows = (file: File): Row[] => tables.get(file) ?? [];

/** A cell that must exist: a misspelt column is a failure, not an empty string. */
export function cell(row: Row, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`No column ${column}`);
  return value;
}

/** One column of some rows. */
export const column = (list: Row[], name: string) => list.map((row) => cell(row, name));

/** The ids of a reference file. */
export const ids = (file: File) => new Set(column(rows(file), 'id'));

/** What a cell lists. */
export const list = (row: Row, name: string, separator = '|') =>
  cell(row, name).split(separator).filter(Boolean);

/** The values that were there before. */
export const repeated = (values: string[]) =>
  values.filter((value, at) => values.indexOf(value) !== at);

/** The values that are not among the known ones. */
export const missing = (values: string[], known: ReadonlySet<string>) =>
  values.filter((value) => !known.has(value));

/** Rows grouped by the columns that name one dated fact. */
export function grouped(list: Row[], columns: string[]): Row[][] {
  const groups = Object.groupBy(list, (row) => columns.map((name) => cell(row, name)).join(' / '));
  return Object.values(groups).map((group) => group ?? []);
}

/** The rows that hold on a day; both ends are inclusive, blank is open. */
export const holding = (list: Row[], day: string) =>
  list.filter((row) => cell(row, 'from_on') <= day && day <= (cell(row, 'to_on') || day));
