import { useState } from 'react';
import { answer, api } from '../api.ts';
import { useLang } from '../locale.tsx';
import { Icon, type IconName } from '../ui/Icon.tsx';
import { Menu } from '../ui/Menu.tsx';
import { useShellWords } from '../words.ts';
import { csvOf, offerFile, tableOf } from './csv.ts';
import type { ChartData } from './data.ts';
import type { Drawing } from './drawing.ts';
import { drawingPng } from './drawing-png.ts';
import { pngOf } from './png.ts';

/** What a figure shows: which measure, drawn how. */
export type Drawn = {
  readonly data: ChartData;
  readonly column: string;
  readonly shape: 'bars' | 'trend';
  /** The chart itself where it is a drawing of ours. */
  readonly drawing?: Drawing;
};

function Line({ icon, word }: { icon: IconName; word: string }) {
  return (
    <>
      <Icon name={icon} /> {word}
    </>
  );
}

/** Copies an address; gives it back to be read where the browser keeps its clipboard to itself. */
async function copyLink(path: string, done: string): Promise<string> {
  const url = new URL(path, location.href).href;
  try {
    await navigator.clipboard.writeText(url);
    return done;
  } catch {
    return url;
  }
}

/** The table of a chart as a workbook, made by the server; amounts exact. */
async function workbookOf(data: ChartData, rtl: boolean): Promise<Blob> {
  const { title, scope } = data;
  const [header = [], ...rows] = tableOf(data);
  const exact = (cell: string) => (/^-?\d{1,15}$/.test(cell) ? { exact: cell } : cell);
  const body = {
    ...{ title, scope, header, rightToLeft: rtl },
    rows: rows.map(([name = '', ...cells]) => [name, ...cells.map(exact)]),
  };
  return (await answer(api.POST('/api/sheet', { body, parseAs: 'blob' }))) as unknown as Blob;
}

/** The picture of a chart, from the same drawing that is on the page. */
function pictureOf({ data, column, shape, drawing }: Drawn, rtl: boolean): Promise<Blob> {
  return drawing ? drawingPng(data, drawing, rtl) : pngOf(data, column, shape, rtl);
}

function useEntries(drawn: Drawn, onSaid: (word: string) => void) {
  const { data } = drawn;
  const t = useShellWords();
  const rtl = useLang() === 'fa';
  const csv = () => offerFile(`${data.id}.csv`, new Blob([csvOf(data)], { type: 'text/csv' }));
  const png = async () => offerFile(`${data.id}.png`, await pictureOf(drawn, rtl));
  const xlsx = async () => offerFile(`${data.id}.xlsx`, await workbookOf(data, rtl));
  const link = async () => onSaid(await copyLink(data.link, t('chart.linkDone')));
  return [
    { id: 'csv', name: <Line icon="download" word={t('chart.csv')} />, onAction: csv },
    {
      id: 'xlsx',
      name: <Line icon="download" word={t('chart.xlsx')} />,
      onAction: () => void xlsx(),
    },
    { id: 'png', name: <Line icon="download" word={t('chart.png')} />, onAction: () => void png() },
    { id: 'link', name: <Line icon="link" word={t('chart.link')} />, onAction: () => void link() },
  ];
}

/** Takes a chart away as CSV, as a picture, or as its address. */
export function Take(drawn: Drawn) {
  const t = useShellWords();
  const [said, setSaid] = useState('');
  const label = t('chart.more', { title: drawn.data.title });
  const entries = useEntries(drawn, setSaid);
  return (
    <span className="no-print inline-flex min-w-0 items-center gap-2">
      <span role="status" className="text-sm break-all text-done">
        {said}
      </span>
      <Menu label={label} name={label} face={<Icon name="more" />} entries={entries} />
    </span>
  );
}
