import { useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useLang } from '../locale.tsx';
import { useIsDark } from '../theme.ts';
import { type ChartData, cellOf } from './data.ts';
import type { ECharts } from './echarts.ts';
import { inksNow, trendOption } from './options.ts';

/** One measure over months as columns; a column opens the list behind it. The table says it all in words. */
export function Trend({ data, column }: { data: ChartData; column: string }) {
  const holder = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const rtl = useLang() === 'fa';
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
      chart.on('click', ({ dataIndex }) => {
        const row = data.rows[dataIndex];
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
  const words = data.rows.map((row) => `${row.label}: ${cellOf(row, column).text}`).join('؛ ');
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
