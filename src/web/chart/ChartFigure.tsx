import { type ReactNode, useMemo, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useLang } from '../locale.tsx';
import { type Column, DataTable } from '../table/DataTable.tsx';
import { buttonClass } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { Segments } from '../ui/Tabs.tsx';
import { useShellWords } from '../words.ts';
import { CellLink, RowLabel } from './Bars.tsx';
import { csvOf, offerFile } from './csv.ts';
import { type ChartData, type ChartRow, cellOf } from './data.ts';
import { pngOf } from './png.ts';

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

function Take({
  data,
  column,
  shape,
}: {
  data: ChartData;
  column: string;
  shape: 'bars' | 'trend';
}) {
  const t = useShellWords();
  const lang = useLang();
  const [said, setSaid] = useState('');
  const copy = async () => {
    const url = new URL(location.href);
    url.hash = data.id;
    await navigator.clipboard?.writeText(url.href);
    setSaid(t('chart.linkDone'));
  };
  const line = (icon: 'download' | 'link', word: string) => (
    <>
      <Icon name={icon} /> {word}
    </>
  );
  return (
    <span className="no-print inline-flex items-center gap-2">
      <span role="status" className="text-sm text-done">
        {said}
      </span>
      <Menu
        label={t('chart.more', { title: data.title })}
        trigger={
          <AriaButton
            aria-label={t('chart.more', { title: data.title })}
            className={buttonClass('quiet', true)}
          >
            <Icon name="more" />
          </AriaButton>
        }
        entries={[
          {
            id: 'csv',
            name: line('download', t('chart.csv')),
            onAction: () =>
              offerFile(`${data.id}.csv`, new Blob([csvOf(data)], { type: 'text/csv' })),
          },
          {
            id: 'png',
            name: line('download', t('chart.png')),
            onAction: () =>
              void pngOf(data, column, shape, lang === 'fa').then((png) =>
                offerFile(`${data.id}.png`, png),
              ),
          },
          { id: 'link', name: line('link', t('chart.link')), onAction: () => void copy() },
        ]}
      />
    </span>
  );
}

/** A chart that is also its table, a CSV, a picture and a link. `column` is the measure that is drawn. */
export function ChartFigure({
  data,
  column,
  shape,
  note,
  children,
}: {
  data: ChartData;
  column: string;
  shape: 'bars' | 'trend';
  note?: ReactNode;
  children: ReactNode;
}) {
  const t = useShellWords();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  const columns = useColumns(data);
  return (
    <section id={data.id} className="sheet min-w-0 p-4 sm:p-6" aria-labelledby={`${data.id}-title`}>
      <div className="flex flex-wrap items-start justify-between gap-2 pb-4">
        <h2 id={`${data.id}-title`}>{data.title}</h2>
        <span className="flex items-center gap-1">
          <Segments
            label={t('chart.view', { title: data.title })}
            value={view}
            onChange={setView}
            options={[
              { id: 'chart', name: <ViewName icon="chart" word={t('chart.asChart')} /> },
              { id: 'table', name: <ViewName icon="table" word={t('chart.asTable')} /> },
            ]}
          />
          <Take data={data} column={column} shape={shape} />
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
      {note ? <div className="pt-4 text-sm text-soft">{note}</div> : null}
    </section>
  );
}

function ViewName({ icon, word }: { icon: 'chart' | 'table'; word: string }) {
  return (
    <>
      <Icon name={icon} size={16} />
      {word}
    </>
  );
}
