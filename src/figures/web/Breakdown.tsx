import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Bars } from '../../web/chart/Bars.tsx';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import { type ChartData, cellOf } from '../../web/chart/data.ts';
import { Trend } from '../../web/chart/Trend.tsx';
import { useFormats } from '../../web/format.ts';
import type { Search } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useShellWords } from '../../web/words.ts';
import { type AmountUnit, chartData } from './chart-data.ts';
import { figuresQuery, measuresQuery } from './queries.ts';
import { type Cut, type Figures, type Headline, reachOf } from './scope.ts';
import { useWords } from './words.ts';

const titles = {
  agency: 'agencies',
  month: 'months',
  county: 'counties',
  bank: 'banks',
  kind: 'kinds',
} as const satisfies Record<Cut, string>;

/** Money columns are in millions of toman, which every loan is a whole number of. */
const usualUnit: AmountUnit = 'millionToman';

type CutProps = {
  readonly cut: Cut;
  readonly search: Search;
  readonly show: Headline;
  readonly exact: boolean;
  readonly scope: string;
};

/** One cut of the figures: a chart of the chosen measure, with the table of all of them behind it. */
export function Breakdown(props: CutProps) {
  const figures = useQuery(figuresQuery(props.search, props.cut));
  return (
    <Loaded query={figures} shape="chart">
      {(data) => <Drawn figures={data} {...props} />}
    </Loaded>
  );
}

function useChartData({ figures, cut, search, exact, scope }: CutProps & { figures: Figures }) {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const account = useAccount();
  return useMemo((): ChartData => {
    const unit = exact ? 'exact' : usualUnit;
    const words = {
      title: t(`overview.${titles[cut]}`),
      key: t(`overview.${cut}`),
      scope,
      exactUnit: shell('money.rial'),
      unit: exact ? shell('money.rial') : shell(`money.${usualUnit}`),
    };
    const reach = reachOf(account);
    return chartData({
      figures,
      measures: measures ?? [],
      cut,
      search,
      unit,
      formats,
      reach,
      words,
    });
  }, [figures, measures, cut, search, exact, formats, account, t, shell, scope]);
}

/** What is drawn: the largest first; what has no bank yet is in the table, as a bar it would dwarf the banks. */
function drawnRows(data: ChartData, cut: Cut, show: Headline): ChartData {
  if (cut === 'month') return data;
  const rows = data.rows
    .filter((row) => row.key !== '')
    .sort((a, b) => cellOf(b, show).value - cellOf(a, show).value);
  return { ...data, rows };
}

function Drawn(props: CutProps & { figures: Figures }) {
  const { cut, show } = props;
  const data = useChartData(props);
  const drawn = useMemo(() => drawnRows(data, cut, show), [data, cut, show]);
  const column = data.columns.find((one) => one.key === show);
  const note = [column?.header, column?.unit ? `(${column.unit})` : ''].filter(Boolean).join(' ');
  return (
    <ChartFigure data={data} column={show} shape={cut === 'month' ? 'trend' : 'bars'}>
      <p className="pb-2 text-sm text-soft">{note}</p>
      {cut === 'month' ? <Trend data={drawn} column={show} /> : <Bars data={drawn} column={show} />}
    </ChartFigure>
  );
}
