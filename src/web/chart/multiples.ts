import type { Drawing, Shape } from './drawing.ts';

/** One small chart of many: a name, its sum, and its values over time. */
export type Panel = {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly href?: string | undefined;
  readonly bars: readonly {
    readonly value: number;
    readonly words: string;
    readonly href?: string | undefined;
  }[];
};

const panelWidth = 176;
const panelHeight = 104;
const gap = 16;
const head = 28;

function panelShapes(panel: Panel, left: number, top: number, most: number, rtl: boolean): Shape[] {
  const room = panelHeight - head;
  const step = panelWidth / Math.max(1, panel.bars.length);
  const bars = panel.bars.map(({ value, words, href }, at): Shape => {
    const height = value <= 0 ? 0 : Math.max(1, (value / most) * (room - 4));
    const place = rtl ? panel.bars.length - 1 - at : at;
    const x = left + place * step + step * 0.12;
    const y = top + panelHeight - height;
    return {
      kind: 'rect',
      x,
      y,
      width: step * 0.76,
      height,
      ink: 'chart-1',
      round: 1,
      words,
      href,
    };
  });
  const [start, end] = rtl ? [left + panelWidth, left] : [left, left + panelWidth];
  const text = { kind: 'text', y: top + 10, size: 14, ink: 'ink' } as const;
  return [
    { kind: 'rect', x: left, y: top + panelHeight, width: panelWidth, height: 1, ink: 'line' },
    ...bars,
    { ...text, x: start, text: panel.label, align: rtl ? 'right' : 'left' },
    { ...text, x: end, text: panel.text, align: rtl ? 'left' : 'right', bold: true },
  ];
}

/**
 * Many small charts on one scale, so that they can be held against each other. In Persian the first stands on
 * the right, and time runs from right to left.
 */
export function multiplesDrawing(panels: readonly Panel[], width: number, rtl: boolean): Drawing {
  const perRow = Math.max(1, Math.floor((width + gap) / (panelWidth + gap)));
  const most = Math.max(1, ...panels.flatMap(({ bars }) => bars.map(({ value }) => value)));
  const whole = perRow * (panelWidth + gap) - gap;
  const shapes = panels.flatMap((panel, at) => {
    const column = at % perRow;
    const left = (rtl ? perRow - 1 - column : column) * (panelWidth + gap);
    const top = Math.floor(at / perRow) * (panelHeight + 2 * gap);
    return panelShapes(panel, left, top, most, rtl);
  });
  const rows = Math.ceil(panels.length / perRow);
  return { width: whole, height: rows * (panelHeight + 2 * gap) - gap, shapes };
}
