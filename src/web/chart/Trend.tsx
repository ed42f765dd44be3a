import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect, useRef } from 'react';
import { useFormats } from '../format.ts';
import { useIsDark } from '../theme.ts';
import { type ChartData, cellOf } from './data.ts';
import type { ECharts } from './echarts.ts';
import { inksNow, trendOption } from './options.ts';

/** The row whose strip of the chart is at a point; the whole strip counts, for a small number is a short column. */
function rowAt(chart: ECharts, data: ChartData, x: number, y: number) {
  if (!chart.containPixel({ gridIndex: 0 }, [x, y])) return undefined;
  return data.rows[Number(chart.convertFromPixel({ xAxisIndex: 0 }, x))];
}

/** Draws the chart into its place and draws it again when the place, the data or the colours change. */
function useDrawing(
  place: RefObject<HTMLDivElement | null>,
  data: ChartData,
  column: string,
  rtl: boolean,
): void {
  const router = useRouter();
  const dark = useIsDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page when `dark` changes
  useEffect(() => {
    let chart: ECharts | undefined;
    let gone = false;
    const resize = new ResizeObserver(() => chart?.resize());
    void Promise.all([import('./echarts.ts'), document.fonts.ready]).then(([{ init }]) => {
      if (gone || !place.current) return;
      const drawn = init(place.current, null, { renderer: 'canvas' });
      chart = drawn;
      drawn.setOption(trendOption(data, column, rtl, inksNow()));
      drawn.getZr().on('click', ({ offsetX, offsetY }) => {
        const row = rowAt(drawn, data, offsetX, offsetY);
        const href = row && cellOf(row, column).href;
        if (href) void router.navigate({ href });
      });
      resize.observe(place.current);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart?.dispose();
    };
  }, [place, data, column, rtl, dark, router]);
}

/** One measure over months as columns; a column opens the list behind it. The table says it all in words. */
export function Trend({ data, column }: { data: ChartData; column: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { lang, line } = useFormats();
  useDrawing(place, data, column, lang === 'fa');
  const header = data.columns.find((one) => one.key === column)?.header ?? '';
  const words = line(...data.rows.map((row) => `${row.label}: ${cellOf(row, column).text}`));
  return (
    <div
      ref={place}
      dir="ltr"
      role="img"
      aria-label={`${data.title}: ${header}. ${words}`}
      className="h-80 w-full"
    />
  );
}
