import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Static } from 'typebox';
import { occupationLabel, type Reference } from '../accounts/index.ts';
import { checkPermitNumber } from '../kit/identifiers.ts';
import { formatJalali, type IsoDate } from '../kit/jalali.ts';
import { compactKey } from '../kit/persian-text.ts';
import { Problem } from '../kit/problem.ts';
import type { Language, Say } from '../platform/language.ts';
import {
  type CellValue,
  openSpreadsheet,
  type SpreadsheetSource,
  type WrittenCell,
  writeCsv,
  writeWorkbook,
} from '../platform/spreadsheet/index.ts';
import type { VerifiedNumber } from './contract.ts';
import { mostNumbers, numberForms } from './rules.ts';

/** A spreadsheet as it came, and the numbers that stand in it. */
export type NumberSheet = {
  readonly format: 'xlsx' | 'csv';
  /** The line above the numbers, where there is one. */
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
  /** The number of each row, as written. */
  readonly numbers: readonly string[];
};

/**
 * Reads the permit numbers of a stranger's spreadsheet: from the column whose header says so, else from
 * the one with most numbers of ours, else from the first.
 * @param headers names that such a column may have
 * @throws SpreadsheetError when the file cannot be read
 * @throws Problem `publishing.too_many_numbers` (422)
 */
export async function readNumbers(
  source: SpreadsheetSource,
  headers: readonly string[],
): Promise<NumberSheet> {
  const sheet = await openSpreadsheet(source, {
    limits: { fileBytes: 16 * 1024 * 1024, inflatedBytes: 256 * 1024 * 1024, silenceMs: 20_000 },
  });
  const all: string[][] = [];
  for await (const { rows } of sheet.batches) {
    for (const { cells } of rows) all.push(cells.map(textOf));
    if (all.length > mostNumbers + 1) {
      throw new Problem('publishing.too_many_numbers', { most: mostNumbers });
    }
  }
  const keys = headers.map(compactKey);
  const [first = []] = all;
  const named = first.findIndex((cell) => keys.includes(compactKey(cell)));
  const column = named >= 0 ? named : likeliestColumn(all);
  const headed = named >= 0 || !/\d/.test(numberForms(first[column] ?? '')[0] ?? '');
  const rows = headed ? all.slice(1) : all;
  return {
    format: sheet.info.format,
    header: headed ? first : undefined,
    rows,
    numbers: rows.map((row) => row[column] ?? ''),
  };
}

function textOf(cell: CellValue): string {
  if (cell === null) return '';
  if (typeof cell !== 'object') return String(cell);
  return 'date' in cell ? cell.date : cell.error;
}

function likeliestColumn(rows: readonly (readonly string[])[]): number {
  const hits = new Map<number, number>();
  for (const row of rows.slice(0, 200)) {
    for (const [column, cell] of row.entries()) {
      const ours = numberForms(cell).some((form) => checkPermitNumber(form).ok);
      if (ours) hits.set(column, (hits.get(column) ?? 0) + 1);
    }
  }
  const [best] = [...hits].sort(([, a], [, b]) => b - a);
  return best?.[0] ?? 0;
}

type Line = Static<typeof VerifiedNumber>;

/** The sheet as it came, with what each number is worth beside it, in the format it came in. */
export async function annotateSheet(
  sheet: NumberSheet,
  lines: readonly Line[],
  around: { readonly reference: Reference; readonly language: Language; readonly say: Say },
): Promise<Buffer> {
  const { say, language } = around;
  const width = Math.max(1, ...sheet.rows.map((row) => row.length), sheet.header?.length ?? 0);
  const added = ['number', 'status', 'occupation', 'since', 'validUntil'];
  const names = added.map((name) => say(`publishing.batch.columns.${name}`));
  const header = [...padded(sheet.header ?? [], width), ...names];
  const rows = sheet.rows.map((row, at) => [
    ...padded(row, width),
    ...answerCells(lines[at] as Line, around),
  ]);
  const out = new PassThrough();
  const name = say('publishing.batch.sheet');
  const rightToLeft = language === 'fa';
  const written =
    sheet.format === 'csv'
      ? writeCsv(out, header, rows)
      : writeWorkbook(out, [{ name, rightToLeft, header, rows }]);
  const [bytes] = await Promise.all([buffer(out), written]);
  return bytes;
}

function padded(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => cells[at] ?? '');
}

function answerCells(
  line: Line,
  { reference, language, say }: Parameters<typeof annotateSheet>[2],
): WrittenCell[] {
  const day = (iso: string | null) =>
    iso === null ? '' : formatJalali(iso as IsoDate, language, 'short');
  return [
    line.number ?? '',
    say(`publishing.permit.tag.${line.status}`),
    line.occupation === null ? '' : occupationLabel(reference, line.occupation).label[language],
    day(line.since),
    day(line.validUntil),
  ];
}
