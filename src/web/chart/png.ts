import type { ChartData } from './data.ts';
import { barsOption, fontFamily, type Inks, inksNow, trendOption } from './options.ts';

const width = 960;
/** Pixels of the picture for one of the drawing: sharp on paper too. */
const sharpness = 2;

function titleOption(data: ChartData, column: string, rtl: boolean, inks: Inks) {
  const header = data.columns.find((one) => one.key === column);
  const unit = header?.unit ? ` (${header.unit})` : '';
  return {
    text: `${data.title}: ${header?.header ?? ''}${unit}`,
    subtext: data.scope,
    left: rtl ? width - 16 : 16,
    textAlign: rtl ? 'right' : 'left',
    top: 16,
    textStyle: { color: inks.ink, fontFamily, fontSize: 20, fontWeight: 700 },
    subtextStyle: { color: inks.soft, fontFamily, fontSize: 14 },
  };
}

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
  const height = shape === 'trend' ? 480 : 128 + data.rows.length * 36;
  const place = document.createElement('div');
  const chart = init(place, null, { renderer: 'canvas', width, height });
  const grid = { left: 16, right: 16, top: 112, bottom: 16, containLabel: true };
  chart.setOption({
    ...(shape === 'trend'
      ? { ...trendOption(data, column, rtl, inks), grid }
      : barsOption(data, column, rtl, inks)),
    title: titleOption(data, column, rtl, inks),
  });
  const canvas = chart.renderToCanvas({ backgroundColor: inks.sheet, pixelRatio: sharpness });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  chart.dispose();
  if (!blob) throw new Error('the browser gave no picture');
  return blob;
}
