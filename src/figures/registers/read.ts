import type { IsoDate } from '../../kit/jalali.ts';
import type { SheetBatch, SheetRow } from '../../platform/spreadsheet/index.ts';
import type { RegisterKind } from './fields.ts';
import { findLayout, HEADER_SEARCH_ROWS, type Layout } from './layout.ts';
import type { Lookup } from './lookup.ts';
import { RegisterError } from './problems.ts';
import { type IgnoredRow, type RegisterRow, RowReader } from './rows.ts';
import type { AmountUnit } from './units.ts';

export interface ReadRegisterOptions {
  /** Names of counties, agencies, banks and occupations; see `buildLookup`. */
  readonly lookup: Lookup;
  /** The unit of money, when the sheet does not say it; must not differ when it does. */
  readonly unit?: AmountUnit | undefined;
  /** Events after this day are refused. */
  readonly today: IsoDate;
  readonly provinceId: number;
  /** Rows per batch; 2,000 unless told. */
  readonly batchRows?: number;
}

/** Rows of a register in the sheet's order. */
export interface RegisterBatch<K extends RegisterKind> {
  readonly rows: readonly RegisterRow<K>[];
  /** Rows of the sheet, among those of this batch, that are no entries. */
  readonly ignored: readonly IgnoredRow[];
  /** How much of the file is behind this batch (0…1). */
  readonly progress: number;
}

/** A register whose header was understood. */
export interface Register<K extends RegisterKind> {
  readonly layout: Layout;
  /** To be looped over once. */
  readonly batches: AsyncGenerator<RegisterBatch<K>, void, void>;
}

/**
 * Reads a register of one kind out of a sheet's rows (`openSpreadsheet(…).batches`). The header is
 * found before this returns: throws {@link RegisterError} when the sheet is no such register. Rows
 * then come either as records or with their problems; none is lost, none is counted twice.
 */
export async function readRegister<K extends RegisterKind>(
  kind: K,
  sheet: AsyncIterable<SheetBatch>,
  options: ReadRegisterOptions,
): Promise<Register<K>> {
  const source = sheet[Symbol.asyncIterator]();
  try {
    const head = await takeHead(source);
    const { layout, data } = findLayout(kind, head.rows, options.unit);
    if (head.rows.length <= data) throw new RegisterError('no_rows');
    const { lookup, today, provinceId } = options;
    const context = { lookup, today, provinceId, unit: layout.unit };
    const header = head.rows[data - 1]?.cells ?? [];
    const reader = new RowReader(kind, layout, context, header);
    const rest = { rows: head.rows.slice(data), progress: head.progress };
    return { layout, batches: readBatches(reader, rest, source, options.batchRows ?? 2_000) };
  } catch (error) {
    // The reading thread behind the rows must not outlive a refusal.
    await source.return?.();
    throw error;
  }
}

/** Enough rows to find the header in, and one more to know that there is something below it. */
async function takeHead(source: AsyncIterator<SheetBatch>): Promise<SheetBatch> {
  const rows: SheetRow[] = [];
  let progress = 0;
  while (rows.length <= HEADER_SEARCH_ROWS + 1) {
    const next = await source.next();
    if (next.done) return { rows, progress: 1 };
    rows.push(...next.value.rows);
    progress = next.value.progress;
  }
  return { rows, progress };
}

async function* readBatches<K extends RegisterKind>(
  reader: RowReader<K>,
  head: SheetBatch,
  source: AsyncIterator<SheetBatch>,
  batchRows: number,
): AsyncGenerator<RegisterBatch<K>, void, void> {
  let rows: RegisterRow<K>[] = [];
  let ignored: IgnoredRow[] = [];
  try {
    let batch: SheetBatch | undefined = head;
    while (batch) {
      for (const row of batch.rows) {
        const read = reader.read(row);
        if (read === undefined) continue;
        if ('why' in read) ignored.push(read);
        else rows.push(read);
        if (rows.length < batchRows) continue;
        yield { rows, ignored, progress: batch.progress };
        [rows, ignored] = [[], []];
      }
      const next: IteratorResult<SheetBatch> = await source.next();
      batch = next.done ? undefined : next.value;
    }
    if (rows.length > 0 || ignored.length > 0) yield { rows, ignored, progress: 1 };
  } finally {
    await source.return?.();
  }
}
