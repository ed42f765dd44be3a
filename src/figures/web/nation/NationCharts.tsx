import { Bars } from '../../../web/chart/Bars.tsx';
import { ChartFigure } from '../../../web/chart/ChartFigure.tsx';
import { DrawingView } from '../../../web/chart/DrawingView.tsx';
import { type ChartData, cellOf } from '../../../web/chart/data.ts';
import { multiplesDrawing, type Panel } from '../../../web/chart/multiples.ts';
import { type Tile, tileDrawing } from '../../../web/chart/tiles.ts';
import { useFormats } from '../../../web/format.ts';
import { useMedia } from '../../../web/use-media.ts';
import { provincePlaces } from '../../nation/place-rules.ts';
import { type Ingredients, monthData, type RateName, rateData } from './chart-data.ts';
import { useNationWords } from './words.ts';

type Props = { readonly from: Ingredients; readonly show: RateName };

/** Only what there is a rate for: nothing is drawn as a nought that is not known. */
function drawnOf(data: ChartData, show: RateName): ChartData {
  const rows = data.rows
    .filter((row) => cellOf(row, show).exact !== '')
    .sort((a, b) => cellOf(b, show).value - cellOf(a, show).value);
  return { ...data, rows };
}

/** Which fifth of the provinces a rate is in, from 1: rates are alike, and shades of their sizes would be one. */
function fifthsOf(data: ChartData, show: RateName) {
  const known = drawnOf(data, show).rows.map((row) => cellOf(row, show).value);
  return (value: number) => 5 - Math.floor((known.indexOf(value) * 5) / Math.max(1, known.length));
}

function tilesOf(data: ChartData, show: RateName): Tile[] {
  const fifth = fifthsOf(data, show);
  return data.rows.flatMap((row) => {
    const place = provincePlaces.get(row.key);
    if (!place) return [];
    const cell = cellOf(row, show);
    const known = cell.exact !== '';
    const told = { value: known ? fifth(cell.value) : 0, text: known ? cell.text : '–' };
    return [{ key: row.key, label: row.label, href: row.href, ...told, ...place }];
  });
}

/** Provinces where they lie, each as dark as its rate is high. */
export function NationMap({ from, show }: Props) {
  const t = useNationWords();
  const data = rateData('map', t('map'), from);
  const drawing = tileDrawing(tilesOf(data, show));
  const what = from.words.rate(show);
  return (
    <ChartFigure data={data} column={show} shape="bars" drawing={drawing}>
      <p className="pb-3 text-sm text-soft">
        {what}
        <span className="block">{t('mapNote')}</span>
      </p>
      <div className="flex justify-center overflow-x-auto">
        <DrawingView drawing={drawing} label={`${data.title}: ${what}`} />
      </div>
    </ChartFigure>
  );
}

/** Provinces by the rate, the highest first. */
export function NationBars({ from, show }: Props) {
  const t = useNationWords();
  const data = rateData('order', t('bars'), from);
  const drawn = drawnOf(data, show);
  return (
    <ChartFigure data={data} column={show} shape="bars">
      <p className="pb-3 text-sm text-soft">
        {from.words.rate(show)}
        <span className="block">{t('barsNote')}</span>
      </p>
      {drawn.rows.length === 0 ? <p>{t('noPeople')}</p> : <Bars data={drawn} column={show} />}
    </ChartFigure>
  );
}

function panelsOf(data: ChartData): Panel[] {
  const [, ...times] = data.columns;
  return data.rows.map((row) => ({
    ...{ key: row.key, label: row.label, text: cellOf(row, 'whole').text, href: row.href },
    bars: times.map(({ key, header }) => {
      const { value, text } = cellOf(row, key);
      return { value, words: `${row.label}, ${header}: ${text}` };
    }),
  }));
}

/** A small chart of permits by month for each province. */
export function NationMonths({ from }: Pick<Props, 'from'>) {
  const t = useNationWords();
  const { lang } = useFormats();
  const wide = useMedia('(min-width: 80rem)');
  const middle = useMedia('(min-width: 48rem)');
  const data = monthData(from);
  const room = wide ? 1136 : middle ? 640 : 176;
  const drawing = multiplesDrawing(panelsOf(data), room, lang === 'fa');
  return (
    <ChartFigure data={data} column="whole" shape="bars" drawing={drawing}>
      <p className="pb-4 text-sm text-soft">
        {t('permits')}
        <span className="block">{t('monthsNote')}</span>
      </p>
      <DrawingView drawing={drawing} label={`${data.title}: ${t('permits')}`} />
    </ChartFigure>
  );
}
