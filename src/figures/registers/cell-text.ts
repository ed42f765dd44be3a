import type { CellValue } from '../../platform/spreadsheet/index.ts';

/** What a cell shows, as text: for headers, for names, and for telling its owner what was refused. */
export function cellText(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'string') return unwrap(cell);
  if (typeof cell === 'number') return plainNumber(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return 'date' in cell ? cell.date : cell.error;
}

/** `="0012345678"` is how some systems write text to CSV so that Excel keeps its zeros. */
function unwrap(text: string): string {
  return text.startsWith('="') && text.endsWith('"') ? text.slice(2, -1) : text;
}

const SIGNIFICANT = 15;

/**
 * A number to the fifteen digits that Excel itself keeps: a sum that the file stores as
 * 0.30000000000000004 shows, and is, 0.3. Very large and very small ones stay in exponent form.
 */
function plainNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(SIGNIFICANT)));
}
