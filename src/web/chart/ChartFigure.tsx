import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { type Column, DataTable } from '../table/DataTable.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Segments } from '../ui/Segments.tsx';
import { useShellWords } from '../words.ts';
import { CellLink, RowLabel } from './Bars.tsx';
import { type ChartData, type ChartRow, cellOf } from './data.ts';
import { type Drawn, Take } from './Take.tsx';

function useColumns(data: ChartData): Column<ChartRow>[] {
  return useMemo(
    () => [
      {
        key: 'name',
        header: data.keyHeader,
        cell: (row) => <RowLabel label={row.label} href={row.href} />,
      },
      ...data.columns.map(
        ({ key, header, unit }): Column<ChartRow> => ({
          key,
          header,
          ...(unit ? { unit } : {}),
          number: true,
          cell: (row) => <CellLink cell={cellOf(row, key)} />,
          sort: (row) => cellOf(row, key).value,
          ...(data.total?.[key] ? { total: <CellLink cell={data.total[key]} /> } : {}),
        }),
      ),
    ],
    [data],
  );
}

type View = 'chart' | 'table';

function ViewSwitch({
  title,
  view,
  onView,
}: {
  title: string;
  view: View;
  onView: (view: View) => void;
}) {
  const t = useShellWords();
  const name = (icon: View, word: string) => (
    <>
      <Icon name={icon} size={16} />
      {word}
    </>
  );
  return (
    <Segments
      label={t('chart.view', { title })}
      value={view}
      onChange={onView}
      options={[
        { id: 'chart', name: name('chart', t('chart.asChart')) },
        { id: 'table', name: name('table', t('chart.asTable')) },
      ]}
    />
  );
}

/** A figure that the address names is brought into sight once it is there. */
function useArrival(id: string) {
  const figure = useRef<HTMLElement>(null);
  useEffect(() => {
    if (location.hash === `#${id}`) figure.current?.scrollIntoView();
  }, [id]);
  return figure;
}

/** A chart (its drawing is the child) that is also its table, a CSV, a picture and a link. */
export function ChartFigure({ children, ...drawn }: Drawn & { children: ReactNode }) {
  const { data } = drawn;
  const [view, setView] = useState<View>('chart');
  const columns = useColumns(data);
  const figure = useArrival(data.id);
  const titleId = `${data.id}-title`;
  return (
    <section
      ref={figure}
      id={data.id}
      className="sheet min-w-0 p-4 sm:p-6"
      aria-labelledby={titleId}
    >
      <div className="flex flex-wrap items-start justify-between gap-2 pb-4">
        <h2 id={titleId}>{data.title}</h2>
        <span className="flex min-w-0 items-center gap-1">
          <ViewSwitch title={data.title} view={view} onView={setView} />
          <Take {...drawn} />
        </span>
      </div>
      {view === 'chart' ? (
        children
      ) : (
        <DataTable
          caption={data.title}
          hideCaption
          columns={columns}
          rows={data.rows}
          rowKey={(row) => row.key}
        />
      )}
    </section>
  );
}
