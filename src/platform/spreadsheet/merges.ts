import type { CellValue } from './cells.ts';
import { SpreadsheetError } from './error.ts';
import type { SpreadsheetLimits } from './limits.ts';
import type { ByteReader } from './source.ts';
import { inflateEntry, type ZipEntry } from './zip.ts';

/** A merged range: rows from 1, columns from 0, ends included. */
export interface MergeRange {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The column (from 0) of a cell reference such as 'AB12'. Throws `damaged`. */
export function columnOf(ref: string): number {
  let column = 0;
  for (let at = 0; at < ref.length; at++) {
    const code = ref.charCodeAt(at);
    if (code < 65) break;
    column = column * 26 + (code & 31);
  }
  if (column < 1 || column > 16_384) throw new SpreadsheetError('damaged');
  return column - 1;
}

const MERGE = /<(?:[\w.-]+:)?mergeCell\s+ref=["']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})["']/g;
/** Longer than any mergeCell tag, so that one cut in two by a piece's edge is seen whole. */
const OVERLAP = 80;

/**
 * All merged ranges of a worksheet part. A search rather than a parse: the bytes pass once through
 * inflate (which also checks their number and checksum before any row is believed).
 */
export async function readMerges(
  reader: ByteReader,
  part: ZipEntry,
  limits: SpreadsheetLimits,
): Promise<MergeRange[]> {
  const ranges: MergeRange[] = [];
  let tail: Buffer = Buffer.alloc(0);
  for await (const piece of inflateEntry(reader, part)) {
    const bytes = tail.length > 0 ? Buffer.concat([tail, piece]) : piece;
    const end = collect(bytes, ranges);
    if (ranges.length > limits.merges) throw new SpreadsheetError('too_large');
    tail = Buffer.from(bytes.subarray(Math.max(end, bytes.length - OVERLAP)));
  }
  return ranges;
}

/** Adds the ranges found in a piece; returns where the last one ends. */
function collect(bytes: Buffer, ranges: MergeRange[]): number {
  const first = bytes.indexOf('mergeCell ');
  if (first === -1) return 0;
  const start = Math.max(0, first - OVERLAP);
  const text = bytes.toString('latin1', start);
  let end = 0;
  for (const match of text.matchAll(MERGE)) {
    ranges.push({
      left: columnOf(match[1] ?? ''),
      top: Number(match[2]),
      right: columnOf(match[3] ?? ''),
      bottom: Number(match[4]),
    });
    end = start + match.index + match[0].length;
  }
  return end;
}

type OpenRange = MergeRange & { readonly value: CellValue };

/** Gives every cell of a merged range the value of its top left one, row after row. */
export class MergedCells {
  private readonly starting: MergeRange[];
  private readonly limits: SpreadsheetLimits;
  private next = 0;
  private open: OpenRange[] = [];

  constructor(ranges: MergeRange[], limits: SpreadsheetLimits) {
    this.starting = [...ranges].sort((a, b) => a.top - b.top);
    this.limits = limits;
  }

  /**
   * Fills `cells` of row `number` in place. Returns the columns whose value stands for several rows,
   * in order: in the first of them, too, it is not that row's alone.
   */
  fill(number: number, cells: CellValue[]): number[] {
    if (this.open.length === 0 && this.next >= this.starting.length) return [];
    this.open = this.open.filter((range) => range.bottom >= number);
    this.begin(number, cells);
    const shared: number[] = [];
    for (const range of this.open) this.fillRange(range, cells, shared);
    return shared.sort((a, b) => a - b);
  }

  private begin(number: number, cells: CellValue[]): void {
    for (; this.next < this.starting.length; this.next++) {
      const range = this.starting[this.next];
      if (!range || range.top > number) return;
      // A range whose first row holds nothing shows nothing below either.
      const value = range.top === number ? (cells[range.left] ?? null) : null;
      if (value !== null && range.bottom >= number) this.open.push({ ...range, value });
    }
    // Excel keeps ranges apart, so one column can never be in two: more is a forged file.
    if (this.open.length > this.limits.columns) throw new SpreadsheetError('damaged');
  }

  private fillRange(range: OpenRange, cells: CellValue[], shared: number[]): void {
    const right = Math.min(range.right, this.limits.columns - 1);
    for (let column = range.left; column <= right; column++) {
      while (cells.length <= column) cells.push(null);
      cells[column] = range.value;
      if (range.bottom > range.top) shared.push(column);
    }
  }
}
