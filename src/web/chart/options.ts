import { type ChartData, cellOf } from './data.ts';
import type { EChartsCoreOption } from './echarts.ts';

/** The colours of the page as it is now, light or dark; a canvas cannot read the stylesheet itself. */
export type Inks = {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  readonly sheet: string;
  readonly bar: string;
  readonly ghost: string;
};

/** Reads the colours off the document. */
export function inksNow(): Inks {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: of('--ink'),
    soft: of('--ink-soft'),
    line: of('--line'),
    sheet: of('--sheet'),
    bar: of('--chart-1'),
    ghost: of('--chart-ghost'),
  };
}

export const fontFamily = "'Vazirmatn Persian', 'Vazirmatn Latin', Tahoma, sans-serif";

type Cells = readonly { readonly value: number; readonly text: string }[];

const barLabel = (cells: Cells, position: string, size: number, inks: Inks) => ({
  show: true,
  position,
  color: inks.ink,
  fontFamily,
  fontSize: size,
  formatter: (point: { dataIndex: number }) => cells[point.dataIndex]?.text ?? '',
});

/** Columns over time. In Persian time runs from right to left and the scale stands on the right. */
export function trendOption(
  data: ChartData,
  column: string,
  rtl: boolean,
  inks: Inks,
): EChartsCoreOption {
  const cells = data.rows.map((row) => cellOf(row, column));
  return {
    animation: false,
    textStyle: { fontFamily, fontSize: 13, color: inks.ink },
    grid: { left: 16, right: 16, top: 32, bottom: 8, containLabel: true },
    xAxis: timeAxes(data, rtl, inks),
    yAxis: {
      type: 'value',
      position: rtl ? 'right' : 'left',
      axisLabel: { show: false },
      splitLine: { lineStyle: { color: inks.line } },
    },
    series: [...behindSeries(data, column, inks), columnSeries(cells, inks)],
  };
}

/** The axis of time, and a second one like it for the columns behind, which are wider. */
function timeAxes(data: ChartData, rtl: boolean, inks: Inks) {
  const axis = {
    type: 'category',
    inverse: rtl,
    data: data.rows.map((row) => row.label.replace(' ', '\n')),
    axisLine: { lineStyle: { color: inks.soft } },
    axisTick: { show: false },
    axisLabel: { color: inks.soft, fontFamily, interval: 0, hideOverlap: true, lineHeight: 20 },
  };
  return data.behind ? [axis, { ...axis, show: false }] : axis;
}

/** Last year's columns, wider and pale, under this year's. */
function behindSeries({ behind }: ChartData, column: string, inks: Inks) {
  if (!behind) return [];
  return [
    {
      type: 'bar',
      barCategoryGap: '6%',
      xAxisIndex: 1,
      silent: true,
      itemStyle: { color: inks.ghost, borderRadius: [2, 2, 0, 0] },
      data: behind.map((row) => cellOf(row, column).value),
    },
  ];
}

function columnSeries(cells: Cells, inks: Inks) {
  return {
    type: 'bar',
    barCategoryGap: '24%',
    itemStyle: { color: inks.bar, borderRadius: [2, 2, 0, 0] },
    cursor: 'pointer',
    data: cells.map((cell) => cell.value),
    labelLayout: { hideOverlap: true },
    label: barLabel(cells, 'top', 13, inks),
  };
}

/** Bars with their names, for the picture of a chart: the first row on top, growing with the text. */
export function barsOption(
  data: ChartData,
  column: string,
  rtl: boolean,
  inks: Inks,
): EChartsCoreOption {
  const cells = data.rows.map((row) => cellOf(row, column));
  return {
    animation: false,
    textStyle: { fontFamily, fontSize: 14, color: inks.ink },
    grid: { left: rtl ? 96 : 16, right: rtl ? 16 : 96, top: 96, bottom: 24, containLabel: true },
    xAxis: { type: 'value', inverse: rtl, show: false },
    yAxis: {
      type: 'category',
      inverse: true,
      position: rtl ? 'right' : 'left',
      data: data.rows.map((row) => row.label),
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { color: inks.ink, fontFamily, fontSize: 14 },
    },
    series: [
      {
        type: 'bar',
        barCategoryGap: '30%',
        itemStyle: { color: inks.bar, borderRadius: 2 },
        data: cells.map((cell) => cell.value),
        label: barLabel(cells, rtl ? 'left' : 'right', 14, inks),
      },
    ],
  };
}
