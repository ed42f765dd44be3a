import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Bars } from '../../web/chart/Bars.tsx';
import { ChartFigure } from '../../web/chart/ChartFigure.tsx';
import { type ChartData, cellOf } from '../../web/chart/data.ts';
import { Trend } from '../../web/chart/Trend.tsx';
import { useFormats } from '../../web/format.ts';
import type { Search } from '../../web/paths.ts';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useShellWords } from '../../web/words.ts';
import { type AmountUnit, chartData } from './chart-data.ts';
import { figuresQuery, measuresQuery } from './queries.ts';
import type { Cut, Figures, Headline } from './scope.ts';
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

/** One cut of the figures: a chart of the chosen measure, with the table of all of them behind it. */
export function Breakdown({
  cut,
  search,
  show,
  exact,
  scope,
}: {
  cut: Cut;
  search: Search;
  show: Headline;
  exact: boolean;
  scope: string;
}) {
  const figures = useQuery(figuresQuery(search, cut));
  return (
    <Loaded query={figures} shape="chart">
      {(data) => (
        <Drawn figures={data} cut={cut} search={search} show={show} exact={exact} scope={scope} />
      )}
    </Loaded>
  );
}

function Drawn({
  figures,
  cut,
  search,
  show,
  exact,
  scope,
}: {
  figures: Figures;
  cut: Cut;
  search: Search;
  show: Headline;
  exact: boolean;
  scope: string;
}) {
  const t = useWords();
  const shell = useShellWords();
  const formats = useFormats();
  const { data: measures } = useQuery(measuresQuery);
  const data: ChartData = useMemo(
    () =>
      chartData({
        figures,
        measures: measures ?? [],
        cut,
        search,
        unit: exact ? 'exact' : usualUnit,
        formats,
        words: {
          title: t(`overview.${titles[cut]}`),
          key: t(`overview.${cut}`),
          scope,
          exactUnit: shell('money.rial'),
          unit: exact ? shell('money.rial') : shell(`money.${usualUnit}`),
        },
      }),
    [figures, measures, cut, search, exact, formats, t, shell, scope],
  );
  const drawn = useMemo(
    () =>
      cut === 'month'
        ? data
        : {
            ...data,
            // What has no bank yet is in the table; as a bar it would dwarf the banks.
            rows: data.rows
              .filter((row) => row.key !== '')
              .sort((a, b) => cellOf(b, show).value - cellOf(a, show).value),
          },
    [data, cut, show],
  );
  const column = data.columns.find((one) => one.key === show);
  const note = [column?.header, column?.unit ? `(${column.unit})` : ''].filter(Boolean).join(' ');
  return (
    <ChartFigure data={data} column={show} shape={cut === 'month' ? 'trend' : 'bars'}>
      <p className="pb-2 text-sm text-soft">{note}</p>
      {cut === 'month' ? <Trend data={drawn} column={show} /> : <Bars data={drawn} column={show} />}
    </ChartFigure>
  );
}
