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
import { CountyMap } from './CountyMap.tsx';
import { type AmountUnit, chartData } from './chart-data.ts';
import { figuresQuery, measuresQuery } from './queries.ts';
import {
  type Cut,
  type Figures,
  type Headline,
  isTime,
  jalaliText,
  periodOf,
  reachOf,
  yearBefore,
} from './scope.ts';
import { useWords } from './words.ts';

const titles = {
  agency: 'agencies',
  month: 'months',
  season: 'seasons',
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

type DataProps = CutProps & { readonly figures: Figures; readonly earlier?: Figures | undefined };

function useChartData({ figures, earlier, cut, search, exact, scope }: DataProps) {
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
    const rest = { measures: measures ?? [], cut, search, unit, formats, reach, words } as const;
    const data = chartData({ ...rest, figures });
    return earlier ? { ...data, behind: chartData({ ...rest, figures: earlier }).rows } : data;
  }, [figures, earlier, measures, cut, search, exact, formats, account, t, shell, scope]);
}

/** What is drawn: the largest first; what has no bank yet is in the table, as a bar it would dwarf the banks. */
function drawnRows(data: ChartData, cut: Cut, show: Headline): ChartData {
  if (isTime(cut)) return data;
  const rows = data.rows
    .filter((row) => row.key !== '')
    .sort((a, b) => cellOf(b, show).value - cellOf(a, show).value);
  return { ...data, rows };
}

/** The same months or seasons a year earlier, where anything was recorded then. */
function useEarlier({ cut, search, show }: CutProps): Figures | undefined {
  const period = periodOf(search);
  const before = period && yearBefore(period);
  const span = before && { from: jalaliText(before.from), to: jalaliText(before.to) };
  const { data } = useQuery({
    ...figuresQuery({ ...search, ...span }, cut),
    enabled: isTime(cut) && span !== undefined && search.view !== 'cohort',
  });
  return data && Number(data.measures[show]) > 0 ? data : undefined;
}

function Drawn(props: CutProps & { figures: Figures }) {
  const { cut, show } = props;
  const t = useShellWords();
  const earlier = useEarlier(props);
  const data = useChartData({ ...props, earlier });
  const drawn = useMemo(() => drawnRows(data, cut, show), [data, cut, show]);
  const column = data.columns.find((one) => one.key === show);
  if (cut === 'county') return <CountyMap data={data} show={show} />;
  const note = [column?.header, column?.unit ? `(${column.unit})` : ''].filter(Boolean).join(' ');
  return (
    <ChartFigure data={data} column={show} shape={isTime(cut) ? 'trend' : 'bars'}>
      <p className="pb-2 text-sm text-soft">
        {note}
        {data.behind ? <span className="block">{t('chart.earlier')}</span> : null}
      </p>
      {isTime(cut) ? <Trend data={drawn} column={show} /> : <Bars data={drawn} column={show} />}
    </ChartFigure>
  );
}
