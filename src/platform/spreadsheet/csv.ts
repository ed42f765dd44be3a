import { pipeline, Readable } from 'node:stream';
import { CsvError, type Options as CsvOptions, parse } from 'csv-parse';
import { type CellValue, isBlank, type SheetBatch, type TextEncodingName } from './cells.ts';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import { type ByteReader, readPieces } from './source.ts';

const HEAD = 64 * 1024;
/** In order of preference when two are equally frequent; the last is the Persian semicolon. */
const DELIMITERS = [',', ';', '\t', '\u061b', '|'];

/**
 * The delimiter of a text: what Excel's `sep=` line says, else the one that stands most often
 * outside quotes in the first lines.
 */
export function detectDelimiter(reader: ByteReader, encoding: TextEncodingName): string {
  const head = new TextDecoder(encoding).decode(reader.read(0, HEAD));
  const stated = /^sep=(.)\r?\n/.exec(head)?.[1];
  if (stated !== undefined) return stated;
  const bare = head
    .split(/\r?\n/, 20)
    .join('\n')
    .replace(/"[^"]*"?/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/**
 * A CSV's filled rows in batches. Every value is text: a formula is only characters here. A line in
 * quotes counts as one row, as Excel shows it.
 */
export async function* readCsv(
  reader: ByteReader,
  encoding: TextEncodingName,
  delimiter: string,
  limits: SpreadsheetLimits,
  batchRows: number,
): AsyncGenerator<SheetBatch> {
  const position = { bytes: 0 };
  const records = parse({ ...csvOptions(limits), delimiter });
  // The callback only keeps a failure from being unhandled: the loop below sees it too.
  pipeline(Readable.from(decodeText(reader, encoding, position)), records, () => undefined);
  let rows: { number: number; cells: CellValue[] }[] = [];
  let number = 0;
  let filled = 0;
  try {
    for await (const record of records as AsyncIterable<string[]>) {
      number++;
      if (number === 1 && /^sep=.?$/.test(record.join(''))) continue;
      const cells = readRecord(record, number, limits);
      if (cells.length === 0) continue;
      if (++filled > limits.rows)
        throw new SpreadsheetError('too_many_rows', { most: limits.rows });
      rows.push({ number, cells });
      if (rows.length < batchRows) continue;
      yield { rows, progress: Math.min(1, position.bytes / reader.size) };
      rows = [];
    }
  } catch (error) {
    throw error instanceof CsvError ? csvProblem(error, number) : error;
  }
  if (rows.length > 0) yield { rows, progress: 1 };
}

function csvOptions(limits: SpreadsheetLimits): CsvOptions {
  return {
    relax_column_count: true,
    // A quote in the middle of a name (as in a size in inches) is a character.
    relax_quotes: true,
    max_record_size: limits.cellLength * 8,
  };
}

/** A quote that never closes swallows the rest of the file: the parser stops at its record bound. */
function csvProblem(error: CsvError, row: number): SpreadsheetError {
  const tooLong = error.code === 'CSV_MAX_RECORD_SIZE';
  return new SpreadsheetError(tooLong ? 'cell_too_long' : 'damaged', { row: row + 1 });
}

/** A record's cells up to the last filled one. */
function readRecord(record: string[], row: number, limits: SpreadsheetLimits): CellValue[] {
  let length = record.length;
  while (length > 0 && isBlank(record[length - 1])) length--;
  if (length > limits.columns) {
    throw new SpreadsheetError('too_many_columns', { most: limits.columns });
  }
  const cells: CellValue[] = [];
  for (let column = 0; column < length; column++) {
    const text = record[column] ?? '';
    if (text.length > limits.cellLength) {
      throw new SpreadsheetError('cell_too_long', { row, column: column + 1 });
    }
    cells.push(text === '' ? null : text);
  }
  return cells;
}

/** The file as UTF-8-clean text pieces. Throws `wrong_encoding` where bytes are not what was said. */
function* decodeText(
  reader: ByteReader,
  encoding: TextEncodingName,
  position: { bytes: number },
): Generator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (const piece of readPieces(reader, 0, reader.size)) {
      position.bytes += piece.length;
      const text = decoder.decode(piece, { stream: true });
      if (text.includes('\0')) throw new SpreadsheetError('not_a_spreadsheet');
      if (text !== '') yield text;
    }
    yield decoder.decode();
  } catch (error) {
    throw error instanceof SpreadsheetError
      ? error
      : new SpreadsheetError('wrong_encoding', { guess: '' });
  }
}
