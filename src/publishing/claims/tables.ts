import { compare, plus, whole } from '../../kit/decimal.ts';
import { isOf, lists } from './lexicon.ts';
import type { Mention, Scan } from './mentions.ts';

/**
 * Numbers without units in rows, as «۹۵: ۶۶ هزار و ۶۳۹ / ۲۳ هزار و ۴۵۷؛ ۹۶: …»: a column that adds up to a total
 * of the text counts what the total counts, and the columns behind it what the totals behind that one count.
 */
export function resolveTables(scan: Scan): void {
  const open = scan.mentions.filter(({ unit }) => unit === undefined);
  if (open.length < 2) return;
  const rows = rowsOf(open, scan);
  const totals = scan.mentions.filter(({ unit }) => unit !== undefined && isCount(unit));
  const first = rows.flatMap(([cell]) => (cell ? [cell] : []));
  const start = totals.findIndex(({ value }) => compare(value, sum(first)) === 0);
  if (start < 0) return;
  for (const row of rows) {
    const kinds = distinctFrom(totals.slice(start));
    row.forEach((cell, column) => {
      cell.unit = kinds[column];
    });
  }
}

function isCount(unit: Mention['unit']): boolean {
  return unit === 'people' || unit === 'permits' || unit === 'plans' || unit === 'jobs';
}

/** Cells of one row have a slash between them. */
function rowsOf(open: readonly Mention[], { tokens }: Scan): Mention[][] {
  const rows: Mention[][] = [];
  for (const cell of open) {
    const slash = tokens[cell.number.first - 1]?.key === '/';
    const row = rows.at(-1);
    if (slash && row) row.push(cell);
    else rows.push([cell]);
  }
  return rows.filter(([cell]) => !isOf(lists.and, tokens[cell?.next ?? 0]));
}

function sum(cells: readonly Mention[]) {
  return cells.reduce((total, { value }) => plus(total, value), whole(0));
}

/** The units in the order in which the text first counts in them. */
function distinctFrom(totals: readonly Mention[]) {
  return [...new Set(totals.map(({ unit }) => unit))];
}
