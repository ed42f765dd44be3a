import { isIsoDate, parseJalali } from '../../kit/jalali.ts';
import { compactKey, type Locale, parseNumber } from '../../kit/persian-text.ts';
import { Problem } from '../../kit/problem.ts';
import {
  type CellValue,
  openSpreadsheet,
  type SheetContent,
  type SheetRow,
  SpreadsheetError,
  type SpreadsheetSource,
  type WrittenCell,
} from '../../platform/spreadsheet/index.ts';
import type { PaymentOrder } from './orders.ts';
import words from './plain-words.json' with { type: 'json' };
import { Control, fineAmount, type LineSink } from './reading.ts';
import type { LineFault, LineKind } from './rules.ts';

const columns = Object.keys(words.columns) as (keyof typeof words.columns)[];
type Column = (typeof columns)[number];
const needed: readonly Column[] = ['reference', 'amount', 'status', 'bankReference', 'day'];
/** Filled rows above the header: a title, a date. */
const headerSearch = 10;

const named = new Map<string, Column>(
  columns.flatMap((column) => {
    const { fa, en, also } = words.columns[column];
    return [fa, en, ...also].map((name) => [compactKey(name), column] as const);
  }),
);
const statuses = new Map<string, LineKind>(
  Object.entries(words.statuses).flatMap(([kind, names]) =>
    names.map((name) => [compactKey(name), kind as LineKind] as const),
  ),
);
const totals = new Set(words.total.map(compactKey));

/** Where the columns of a sheet are. */
type Layout = ReadonlyMap<Column, number>;

/**
 * Reads a bank's answer in the plain form: the columns of our own list of orders, with status, bank
 * reference and day filled in, and the total in the last row. Lines go to the sink, batch by batch.
 * @throws Problem `spreadsheet.*`, `financing.columns_missing`, `financing.total_missing`,
 * `financing.control_differs` (422)
 */
export async function* readPlain(
  source: SpreadsheetSource,
  sink: LineSink,
): AsyncGenerator<void, void, void> {
  try {
    const sheet = await openSpreadsheet(source);
    const reader = new PlainReader(sink);
    for await (const { rows } of sheet.batches) {
      for (const row of rows) reader.row(row);
      yield;
    }
    reader.end();
  } catch (error) {
    if (!(error instanceof SpreadsheetError)) throw error;
    throw new Problem(`spreadsheet.${error.code}`, error.details);
  }
}

class PlainReader {
  private readonly sink: LineSink;
  private layout: Layout | undefined;
  private seen = 0;
  private readonly control = new Control();

  constructor(sink: LineSink) {
    this.sink = sink;
  }

  row({ cells }: SheetRow): void {
    if (!this.layout) {
      this.seen += 1;
      this.layout = layoutOf(cells);
      if (!this.layout && this.seen >= headerSearch) throw missing(new Map());
      return;
    }
    const at = (column: Column) => textOf(cells[this.layout?.get(column) ?? -1]);
    if (totals.has(compactKey(cells.map(textOf).find((text) => text !== '') ?? ''))) {
      this.control.statedSum = fineAmount(wholeNumber(at('amount')));
      return;
    }
    const amount = wholeNumber(at('amount'));
    this.control.add(fineAmount(amount));
    const { kind, fault } = statusOf(at('status'));
    this.sink.add({
      ...{ kind, fault, amount: amount || at('amount'), currency: 'IRR' },
      ...{ reference: at('reference'), bankReference: at('bankReference'), note: at('note') },
      ...{ iban: at('iban'), day: dayOf(at('day')) },
    });
  }

  end(): void {
    if (!this.layout) throw missing(new Map());
    if (this.control.statedSum === null) throw new Problem('financing.total_missing');
    this.control.check();
  }
}

function layoutOf(cells: readonly CellValue[]): Layout | undefined {
  const found = new Map<Column, number>();
  for (const [index, cell] of cells.entries()) {
    const column = named.get(compactKey(textOf(cell)));
    if (column && !found.has(column)) found.set(column, index);
  }
  if (found.size < 2) return undefined;
  if (needed.some((column) => !found.has(column))) throw missing(found);
  return found;
}

function missing(found: Layout): Problem {
  const wanting = needed.filter((column) => !found.has(column));
  return new Problem('financing.columns_missing', {
    columns: wanting.map((column) => words.columns[column].fa).join(' / '),
  });
}

function statusOf(text: string): { kind: LineKind; fault: LineFault | null } {
  // Not filled in: the bank has said nothing of it yet.
  if (text === '') return { kind: 'pending', fault: null };
  const kind = statuses.get(compactKey(text));
  return { kind: kind ?? 'pending', fault: kind === undefined ? 'unclear' : null };
}

function textOf(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'object') return 'date' in cell ? cell.date : '';
  // Text that a spreadsheet would compute is written with an apostrophe in front.
  return String(cell).replace(/^'/, '').trim();
}

/** Digits of a whole number of rial; '' where there is none. */
function wholeNumber(text: string): string {
  const number = parseNumber(text) ?? '';
  return /^\d{1,18}$/.test(number) ? number : '';
}

function dayOf(text: string): string {
  return isIsoDate(text) ? text : (parseJalali(text) ?? '');
}

/** The columns of a list of orders, for a bank to fill in. */
export function plainHeader(locale: Locale): string[] {
  return columns.map((column) => words.columns[column][locale]);
}

/** The rows of a list of orders: the last is the total. */
export async function* plainRows(
  orders: Iterable<PaymentOrder> | AsyncIterable<PaymentOrder>,
  locale: Locale,
): AsyncGenerator<readonly WrittenCell[]> {
  let sum = 0n;
  for await (const { reference, creditorName, iban, amountRial } of orders) {
    sum += amountRial;
    yield [reference, creditorName, iban ?? '', amountRial, '', '', '', ''];
  }
  const total = words.total[locale === 'fa' ? 0 : 2] ?? '';
  yield [total, '', '', sum, '', '', '', ''];
}

/** The same as a sheet of a workbook. */
export function plainSheet(orders: Iterable<PaymentOrder>, locale: Locale): SheetContent {
  return {
    name: words.sheet[locale],
    rightToLeft: locale === 'fa',
    header: plainHeader(locale),
    widths: [34, 26, 30, 20, 16, 22, 16, 30],
    rows: plainRows(orders, locale),
  };
}
