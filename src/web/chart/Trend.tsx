import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useFormats } from '../format.ts';
import { useIsDark } from '../theme.ts';
import { type ChartData, cellOf } from './data.ts';
import type { ECharts } from './echarts.ts';
import { inksNow, trendOption } from './options.ts';

/** One measure over months as columns; a column opens the list behind it. The table says it all in words. */
export function Trend({ data, column }: { data: ChartData; column: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const { lang, line } = useFormats();
  const rtl = lang === 'fa';
  const dark = useIsDark();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours are read from the page when `dark` changes
  useEffect(() => {
    let chart: ECharts | undefined;
    let gone = false;
    const resize = new ResizeObserver(() => chart?.resize());
    void Promise.all([import('./echarts.ts'), document.fonts.ready]).then(([{ init }]) => {
      if (gone || !holder.current) return;
      chart = init(holder.current, null, { renderer: 'canvas' });
      chart.setOption(trendOption(data, column, rtl, inksNow()));
      chart.getZr().on('click', ({ offsetX, offsetY }) => {
        // The whole of a month's strip opens its list, for a small number has a small column.
        if (!chart?.containPixel({ gridIndex: 0 }, [offsetX, offsetY])) return;
        const at = Number(chart.convertFromPixel({ xAxisIndex: 0 }, offsetX));
        const row = data.rows[at];
        const href = row && cellOf(row, column).href;
        if (href) void router.navigate({ href });
      });
      resize.observe(holder.current);
    });
    return () => {
      gone = true;
      resize.disconnect();
      chart?.dispose();
    };
  }, [data, column, rtl, dark, router]);
  const header = data.columns.find((one) => one.key === column)?.header ?? '';
  const words = line(...data.rows.map((row) => `${row.label}: ${cellOf(row, column).text}`));
  return (
    <div
      ref={holder}
      dir="ltr"
      role="img"
      aria-label={`${data.title}: ${header}. ${words}`}
      className="h-80 w-full"
    />
  );
}
