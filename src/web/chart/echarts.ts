import { BarChart } from 'echarts/charts';
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

/*
 * Canvas, because ECharts' SVG writes style attributes, which `style-src 'self'` forbids; for the same reason
 * tooltips are drawn ('richText') and not HTML. Loaded only when a chart is on the page or a picture is asked for.
 */
use([BarChart, GridComponent, TitleComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

export type { ECharts, EChartsCoreOption } from 'echarts/core';
export { init };
