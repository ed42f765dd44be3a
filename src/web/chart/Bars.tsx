import { AppLink } from '../ui/AppLink.tsx';
import { type ChartCell, type ChartData, cellOf, largest } from './data.ts';

/** A number that opens the list behind it, when there is one. */
export function CellLink({ cell }: { cell: ChartCell }) {
  return cell.href && cell.value !== 0 ? (
    <AppLink href={cell.href} className="number-link">
      {cell.text}
    </AppLink>
  ) : (
    <span>{cell.text}</span>
  );
}

/** The name of a row, leading to the page of that row alone. */
export function RowLabel({ label, href }: { label: string; href?: string | undefined }) {
  return href ? (
    <AppLink href={href} className="text-ink no-underline hover:text-accent hover:underline">
      {label}
    </AppLink>
  ) : (
    label
  );
}

/** One measure over a few names as bars that grow with the text; each number opens its list. */
export function Bars({ data, column }: { data: ChartData; column: string }) {
  const most = largest(data, column);
  return (
    <ul className="grid gap-y-3 sm:gap-y-2">
      {data.rows.map((row) => {
        const cell = cellOf(row, column);
        return (
          <li
            key={row.key}
            className="grid grid-cols-[1fr_auto] items-center gap-x-4 sm:grid-cols-[minmax(7rem,11rem)_1fr_5rem]"
          >
            <span className="min-w-0">
              <RowLabel label={row.label} href={row.href} />
            </span>
            <span
              aria-hidden="true"
              className="order-last col-span-2 block h-2 rounded-xs bg-sunk sm:order-none sm:col-span-1 sm:h-5"
            >
              <span
                className="block h-full min-w-px rounded-xs bg-chart-1"
                style={{ inlineSize: `${(100 * cell.value) / most}%` }}
              />
            </span>
            <span className="text-end font-semibold">
              <CellLink cell={cell} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
