import { Fragment, type ReactNode } from 'react';
import { CellLink } from './Bars.tsx';
import type { ChartCell } from './data.ts';

/** One stage of a funnel. */
export type Stage = { readonly key: string; readonly label: string; readonly cell: ChartCell };

/** Stages under one another, each as wide as its number; between two, what share of the first the second is. */
export function Funnel({
  stages,
  between,
}: {
  stages: readonly Stage[];
  between: (before: Stage, after: Stage) => ReactNode;
}) {
  const most = Math.max(1, ...stages.map((stage) => stage.cell.value));
  return (
    <ol className="grid">
      {stages.map((stage, index) => {
        const before = stages[index - 1];
        return (
          <Fragment key={stage.key}>
            {before ? (
              <li className="flex items-center gap-2 ps-4 text-sm text-soft">
                <span aria-hidden="true" className="h-8 border-s-2 border-dotted border-strong" />
                {between(before, stage)}
              </li>
            ) : null}
            <li>
              <span className="flex items-baseline justify-between gap-4">
                <span className="font-semibold">{stage.label}</span>
                <span className="text-xl font-bold">
                  <CellLink cell={stage.cell} />
                </span>
              </span>
              <span aria-hidden="true" className="block h-8 rounded bg-sunk">
                <span
                  className="block h-full min-w-px rounded bg-chart-1"
                  style={{ inlineSize: `${(100 * stage.cell.value) / most}%` }}
                />
              </span>
            </li>
          </Fragment>
        );
      })}
    </ol>
  );
}
