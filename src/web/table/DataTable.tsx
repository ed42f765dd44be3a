import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useMemo, useRef, useState } from 'react';
import { useFormats } from '../format.ts';
import { Icon } from '../ui/Icon.tsx';
import { useShellWords } from '../words.ts';

/** A column: its head (units are said there, once), its cells, and what it is sorted by. */
export type Column<Row> = {
  readonly key: string;
  readonly header: string;
  readonly unit?: string;
  /** Numbers stand at the end of their cell. */
  readonly number?: boolean;
  /** Words that must not be broken into a column of syllables on a narrow screen. */
  readonly wide?: boolean;
  readonly cell: (row: Row) => ReactNode;
  readonly sort?: (row: Row) => number | bigint | string;
  /** The total under the column. */
  readonly total?: ReactNode;
};

const cellClass = ({ number, wide }: { number?: boolean; wide?: boolean }): string =>
  number ? 'num' : wide ? 'min-w-40' : '';

/**
 * Which rows of a long table are in the document: those in the window and some around them. The page itself
 * scrolls, so that there is one scroll bar and the keyboard's, the finger's and the reader's way down is one.
 */
function useRowsInSight(count: number, frame: RefObject<HTMLElement | null>) {
  const long = count > virtualFrom;
  const virtual = useWindowVirtualizer({
    count: long ? count : 0,
    estimateSize: () => rowHeight,
    overscan: 16,
    scrollMargin: frame.current?.offsetTop ?? 0,
  });
  if (!long) return { first: 0, last: count, before: 0, after: 0 };
  const seen = virtual.getVirtualItems();
  const margin = virtual.options.scrollMargin;
  return {
    first: seen[0]?.index ?? 0,
    last: (seen.at(-1)?.index ?? -1) + 1,
    before: (seen[0]?.start ?? margin) - margin,
    after: virtual.getTotalSize() - ((seen.at(-1)?.end ?? margin) - margin),
    measure: virtual.measureElement,
  };
}

type Order = { readonly key: string; readonly down: boolean };

/** What a phone has room for side by side. */
const mostSideBySide = 3;

/** Above this many rows only those in sight are in the document. */
const virtualFrom = 150;
const rowHeight = 45;

function useSorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
) {
  const { collator } = useFormats();
  return useMemo(() => {
    const by = columns.find((column) => column.key === order?.key)?.sort;
    if (!by || !order) return rows;
    const turn = order.down ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [x, y] = [by(a), by(b)];
      if (typeof x === 'string' || typeof y === 'string') {
        return turn * collator.compare(String(x), String(y));
      }
      return x < y ? -turn : x > y ? turn : 0;
    });
  }, [rows, columns, order, collator]);
}

type HeadProps<Row> = {
  readonly column: Column<Row>;
  readonly order: Order | null;
  readonly onOrder: (order: Order) => void;
};

function HeadWords<Row>({ column }: { column: Column<Row> }) {
  return (
    <span>
      {column.header}
      {column.unit ? <span className="block font-normal">{column.unit}</span> : null}
    </span>
  );
}

function SortButton<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const t = useShellWords();
  const active = order?.key === column.key;
  const down = active ? !order.down : Boolean(column.number);
  return (
    <button
      type="button"
      className="inline-flex items-end gap-1 rounded text-start font-semibold hover:text-accent"
      title={t(down ? 'table.sortDown' : 'table.sortUp', { column: column.header })}
      onClick={() => onOrder({ key: column.key, down })}
    >
      <HeadWords column={column} />
      <span className={active ? 'pb-1' : 'pb-1 opacity-0'}>
        <Icon name={active && !order.down ? 'up' : 'down'} size={16} />
      </span>
    </button>
  );
}

function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const sorted = order?.key === column.key ? (order.down ? 'descending' : 'ascending') : 'none';
  return (
    <th
      scope="col"
      className={column.number ? 'num' : ''}
      {...(column.sort ? { 'aria-sort': sorted } : {})}
    >
      {column.sort ? (
        <SortButton column={column} order={order} onOrder={onOrder} />
      ) : (
        <HeadWords column={column} />
      )}
    </th>
  );
}

/** What a cell's line begins with where rows are cards and no head stands above it. */
const lineName = ({ header, unit }: { header: string; unit?: string }) =>
  unit ? `${header} (${unit})` : header;

function Cells<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return columns.map((column, index) =>
    index === 0 ? (
      <th key={column.key} scope="row" className={cellClass(column)}>
        {column.cell(row)}
      </th>
    ) : (
      <td key={column.key} className={cellClass(column)} data-label={lineName(column)}>
        {column.cell(row)}
      </td>
    ),
  );
}

function Totals<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  const t = useShellWords();
  if (columns.every((column) => column.total === undefined)) return null;
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} scope="row">
              {column.total ?? t('table.total')}
            </th>
          ) : (
            <td key={column.key} className={column.number ? 'num' : ''}>
              {column.total}
            </td>
          ),
        )}
      </tr>
    </tfoot>
  );
}

type TableProps<Row> = {
  readonly caption: string;
  /** The caption is said by something beside the table; screen readers still hear it. */
  readonly hideCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
};

/**
 * A table that reads as one: a caption, column heads, the first column as row heads, numbers end-aligned and
 * tabular, sorted by its heads. Wide ones scroll on their own, and on a phone their rows are cards; long ones
 * keep only the rows in sight.
 */
export function DataTable<Row>(props: TableProps<Row>) {
  const { caption, columns } = props;
  const t = useShellWords();
  const [order, setOrder] = useState<Order | null>(null);
  const rows = useSorted(props.rows, columns, order);
  const frame = useRef<HTMLElement>(null);
  return (
    <section
      ref={frame}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('table.scroll', { caption })}
      className="sheet relative overflow-x-auto"
    >
      <table
        className={columns.length > mostSideBySide ? 'table table-cards' : 'table'}
        aria-rowcount={rows.length + 1}
      >
        <caption className={props.hideCaption ? 'sr-only' : 'p-4 text-start font-semibold'}>
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <Body rows={rows} columns={columns} rowKey={props.rowKey} frame={frame} />
        <Totals columns={columns} />
      </table>
    </section>
  );
}

function Body<Row>({
  rows,
  columns,
  rowKey,
  frame,
}: Pick<TableProps<Row>, 'rows' | 'columns' | 'rowKey'> & {
  frame: RefObject<HTMLElement | null>;
}) {
  const { first, last, before, after, measure } = useRowsInSight(rows.length, frame);
  return (
    <tbody>
      {before > 0 ? <Gap height={before} /> : null}
      {rows.slice(first, last).map((row, at) => (
        <tr
          key={rowKey(row)}
          ref={measure}
          data-index={first + at}
          aria-rowindex={first + at + 2}
          className="hover:bg-accent-soft"
        >
          <Cells row={row} columns={columns} />
        </tr>
      ))}
      {after > 0 ? <Gap height={after} /> : null}
    </tbody>
  );
}

/** The rows that are out of sight, as height. */
function Gap({ height }: { height: number }) {
  return (
    <tr>
      <td className="border-0! p-0!" style={{ height }} />
    </tr>
  );
}
