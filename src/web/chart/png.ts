import type { ChartData } from './data.ts';
import { barsOption, fontFamily, inksNow, trendOption } from './options.ts';

/** Draws a chart with its title and scope at twice the size of the screen and gives it as PNG. */
export async function pngOf(
  data: ChartData,
  column: string,
  shape: 'bars' | 'trend',
  rtl: boolean,
): Promise<Blob> {
  const { init } = await import('./echarts.ts');
  await document.fonts.ready;
  const inks = inksNow();
  const width = 960;
  const height = shape === 'trend' ? 480 : 128 + data.rows.length * 36;
  const holder = document.createElement('div');
  const chart = init(holder, null, { renderer: 'canvas', width, height, devicePixelRatio: 2 });
  const header = data.columns.find((one) => one.key === column);
  const unit = header?.unit ? ` (${header.unit})` : '';
  const option =
    shape === 'trend'
      ? {
          ...trendOption(data, column, rtl, inks),
          grid: { left: 16, right: 16, top: 112, bottom: 16, containLabel: true },
        }
      : barsOption(data, column, rtl, inks);
  chart.setOption({
    ...option,
    backgroundColor: inks.sheet,
    title: {
      text: `${data.title}: ${header?.header ?? ''}${unit}`,
      subtext: data.scope,
      left: rtl ? width - 16 : 16,
      textAlign: rtl ? 'right' : 'left',
      top: 16,
      textStyle: { color: inks.ink, fontFamily, fontSize: 20, fontWeight: 700 },
      subtextStyle: { color: inks.soft, fontFamily, fontSize: 14 },
    },
  });
  const canvas = chart.renderToCanvas({ backgroundColor: inks.sheet, pixelRatio: 2 });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  chart.dispose();
  if (!blob) throw new Error('the browser gave no picture');
  return blob;
}
