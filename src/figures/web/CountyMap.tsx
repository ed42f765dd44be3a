import { useQuery } from '@tanstack/react-query';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import { DrawingView } from '../../web/chart/DrawingView.tsx';
import { type ChartData, cellOf } from '../../web/chart/data.ts';
import { type Tile, tileDrawing } from '../../web/chart/tiles.ts';
import { useFormats } from '../../web/format.ts';
import { referenceQuery } from '../../web/session.ts';
import { placesOf } from './county-tiles.ts';
import type { Headline } from './scope.ts';
import { useWords } from './words.ts';

/** The counties that there are today, those without anything too: no hole in the map without a word. */
function useTiles(data: ChartData, show: Headline) {
  const { label, collator, count } = useFormats();
  const { data: reference } = useQuery(referenceQuery);
  const found = new Map(data.rows.map((row) => [row.key, row]));
  const counties = (reference?.counties ?? []).map(({ id, label: name }) => ({
    id,
    name: label(name),
  }));
  const codes = [...new Set([...counties.map(({ id }) => id), ...found.keys()])];
  const nameOf = (code: string) =>
    found.get(code)?.label ?? counties.find(({ id }) => id === code)?.name ?? code;
  codes.sort((a, b) => collator.compare(nameOf(a), nameOf(b)));
  const { drawn, places } = placesOf(codes);
  const tiles = codes.flatMap((key): Tile[] => {
    const at = places.get(key);
    const row = found.get(key);
    const cell = row && cellOf(row, show);
    if (!at) return [];
    const { value = 0, text = count(0), href } = cell ?? {};
    return [{ key, label: nameOf(key), value, text, href, ...at }];
  });
  return { drawn, tiles };
}

/** Counties as tiles, each as dark as its number; with the table of all measures behind it. */
export function CountyMap({ data, show }: { data: ChartData; show: Headline }) {
  const t = useWords();
  const { drawn, tiles } = useTiles(data, show);
  const drawing = tileDrawing(tiles);
  const column = data.columns.find(({ key }) => key === show);
  const named = { ...data, title: t('overview.map') };
  const what = [column?.header, column?.unit ? `(${column.unit})` : ''].filter(Boolean).join(' ');
  return (
    <ChartFigure data={named} column={show} shape="bars" drawing={drawing}>
      <p className="pb-3 text-sm text-soft">
        {what}
        <span className="block">{t(drawn ? 'overview.mapNote' : 'overview.mapByName')}</span>
      </p>
      <div className="flex justify-center overflow-x-auto">
        <DrawingView drawing={drawing} label={`${named.title}: ${what}`} />
      </div>
    </ChartFigure>
  );
}
