import type { SheetBatch, SheetInfo, TextEncodingName } from './cells.ts';
import { detectDelimiter, readCsv } from './csv.ts';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import { readSheet } from './sheet.ts';
import { sniff } from './sniff.ts';
import type { ByteReader } from './source.ts';
import { openWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts';

/** What the caller decides about a reading; travels to the reading thread as it is. */
export interface ReadChoices {
  /** A sheet by its tab's name; without it the first visible one that has a filled row. */
  readonly sheet: string | undefined;
  /** For text without a mark that is not UTF-8. */
  readonly encoding: TextEncodingName | undefined;
  readonly batchRows: number;
  readonly limits: SpreadsheetLimits;
}

/** What the reading thread says to its caller. */
export type ReaderMessage =
  | { readonly kind: 'opened'; readonly info: SheetInfo }
  | { readonly kind: 'batch'; readonly batch: SheetBatch }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly code: string; readonly details: Record<string, unknown> };

/**
 * Reads a spreadsheet in this thread: first an `opened`, then batches. Called inside the reading
 * thread; everyone else goes through `openSpreadsheet`. Throws {@link SpreadsheetError}.
 */
export async function* readSpreadsheet(
  reader: ByteReader,
  choices: ReadChoices,
): AsyncGenerator<ReaderMessage> {
  if (reader.size > choices.limits.fileBytes) {
    throw new SpreadsheetError('too_large', { most: choices.limits.fileBytes });
  }
  const sniffed = sniff(reader, choices.encoding);
  if (sniffed.format === 'xlsx') yield* readXlsx(reader, choices);
  else yield* readText(reader, sniffed.encoding, choices);
}

async function* readXlsx(reader: ByteReader, choices: ReadChoices): AsyncGenerator<ReaderMessage> {
  const workbook = await openWorkbook(reader, choices.limits);
  for (const sheet of candidates(workbook, choices.sheet)) {
    let opened = false;
    for await (const batch of readSheet(
      reader,
      workbook,
      sheet,
      choices.limits,
      choices.batchRows,
    )) {
      if (!opened) yield { kind: 'opened', info: workbookInfo(workbook, sheet) };
      opened = true;
      yield { kind: 'batch', batch };
    }
    if (opened) return;
  }
  throw new SpreadsheetError('empty');
}

function candidates(workbook: Workbook, wanted: string | undefined): readonly WorkbookSheet[] {
  if (wanted === undefined) return workbook.sheets;
  const found = workbook.sheets.filter((sheet) => sheet.name === wanted);
  if (found.length === 0) throw new SpreadsheetError('no_such_sheet', { sheet: wanted });
  return found;
}

function workbookInfo(workbook: Workbook, read: WorkbookSheet): SheetInfo {
  const others = workbook.sheets.filter((sheet) => sheet !== read);
  return {
    format: 'xlsx',
    sheet: read.name,
    otherSheets: others.map((sheet) => sheet.name),
    encoding: undefined,
    delimiter: undefined,
  };
}

async function* readText(
  reader: ByteReader,
  encoding: TextEncodingName,
  choices: ReadChoices,
): AsyncGenerator<ReaderMessage> {
  const delimiter = detectDelimiter(reader, encoding);
  const info: SheetInfo = {
    format: 'csv',
    sheet: undefined,
    otherSheets: [],
    encoding,
    delimiter,
  };
  let opened = false;
  for await (const batch of readCsv(
    reader,
    encoding,
    delimiter,
    choices.limits,
    choices.batchRows,
  )) {
    if (!opened) yield { kind: 'opened', info };
    opened = true;
    yield { kind: 'batch', batch };
  }
  if (!opened) throw new SpreadsheetError('empty');
}
