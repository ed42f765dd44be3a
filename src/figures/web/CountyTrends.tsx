import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Answer } from '../../web/api.ts';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import { DrawingView } from '../../web/chart/DrawingView.tsx';
import type { ChartCell, ChartData } from '../../web/chart/data.ts';
import { multiplesDrawing, type Panel } from '../../web/chart/multiples.ts';
import { type Formats, useFormats } from '../../web/format.ts';
import { overviewPath, type Search } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useMedia } from '../../web/use-media.ts';
import { useShellWords } from '../../web/words.ts';
import { gridQuery, measuresQuery } from './queries.ts';
import { type Headline, listPath, narrowed, reachOf } from './scope.ts';
import { useWords } from './words.ts';

type Grid = Answer<'/api/figures/grid'>;
type Props = {
  readonly search: Search;
  readonly show: Headline;
  readonly over: 'month' | 'season';
  readonly scope: string;
};

const isMoney = (show: Headline) => show === 'rial_paid';

function cellOf(
  exact: string,
  href: string | undefined,
  money: boolean,
  formats: Formats,
): ChartCell {
  const text = money ? formats.money(exact, 'millionToman') : formats.count(Number(exact));
  return { value: Number(exact), text, exact, ...(href ? { href } : {}) };
}

/** The grid as the table behind the small charts: a row for each county, a column for each month or season. */
function useData({ search, show, over, scope }: Props, grid: Grid): ChartData {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  const reach = reachOf(useAccount());
  return useMemo(() => {
    const money = isMoney(show);
    const units = money
      ? { unit: shell('money.millionToman'), exactUnit: shell('money.rial') }
      : {};
    const heads = grid.columns.map(({ key, label }) => ({
      key,
      header: formats.label(label),
      ...units,
    }));
    const rows = grid.rows.map((row) => {
      const own = narrowed(search, 'county', row.key);
      const cells = row.values.map((value, at) => {
        const key = grid.columns[at]?.key ?? '';
        return [
          key,
          cellOf(value, listPath(narrowed(own, over, key), show, reach), money, formats),
        ];
      });
      const whole = cellOf(row.total, listPath(own, show, reach), money, formats);
      return {
        ...{ key: row.key, label: formats.label(row.label), href: overviewPath(own) },
        cells: { whole, ...Object.fromEntries(cells) },
      };
    });
    return {
      ...{ id: 'county-trends', title: t('overview.multiples'), scope },
      link: `${overviewPath(search)}#county-trends`,
      keyHeader: t('overview.county'),
      columns: [{ key: 'whole', header: t('overview.whole'), ...units }, ...heads],
      rows,
    };
  }, [grid, search, show, over, scope, formats, reach, t, shell]);
}

function panelsOf(data: ChartData): Panel[] {
  const [, ...times] = data.columns;
  return data.rows.map((row) => ({
    ...{ key: row.key, label: row.label, text: row.cells.whole?.text ?? '', href: row.href },
    bars: times.map(({ key, header }) => {
      const cell = row.cells[key];
      const words = `${row.label}, ${header}: ${cell?.text ?? ''}`;
      return { value: cell?.value ?? 0, words, href: cell?.value ? cell.href : undefined };
    }),
  }));
}

function Drawn(props: Props & { grid: Grid }) {
  const t = useWords();
  const { label, lang } = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const wide = useMedia('(min-width: 80rem)');
  const middle = useMedia('(min-width: 48rem)');
  const data = useData(props, props.grid);
  const room = wide ? 1136 : middle ? 640 : 176;
  const drawing = multiplesDrawing(panelsOf(data), room, lang === 'fa');
  const what = label(measures?.find(({ name }) => name === props.show)?.label);
  return (
    <ChartFigure data={data} column="whole" shape="bars" drawing={drawing}>
      <p className="pb-4 text-sm text-soft">
        {what}
        <span className="block">{t('overview.multiplesNote')}</span>
      </p>
      <DrawingView drawing={drawing} label={`${data.title}: ${what}`} />
    </ChartFigure>
  );
}

/** The chosen measure over time in each county, all on one scale. */
export function CountyTrends(props: Props) {
  const grid = useQuery(gridQuery(props.search, props.show, props.over));
  return (
    <Loaded query={grid} shape="chart">
      {(data) => <Drawn {...props} grid={data} />}
    </Loaded>
  );
}
