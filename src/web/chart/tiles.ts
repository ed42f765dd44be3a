import type { Drawing, Shape } from './drawing.ts';

/** A place on a tile map: columns from the west, rows from the north, whatever way the text runs. */
export type Tile = {
  readonly key: string;
  readonly label: string;
  readonly value: number;
  readonly text: string;
  readonly href?: string | undefined;
  readonly column: number;
  readonly row: number;
};

const size = 96;
const gap = 4;
/** Shades of the one ink: five steps that are told apart, the number itself on each. */
const shades = [0.12, 0.3, 0.5, 0.75, 1];

/** The step of a value among five, by its share of the largest; nothing has no step. */
export function shadeOf(value: number, most: number): number {
  if (value <= 0) return 0;
  return shades[Math.min(4, Math.ceil((value / most) * 5) - 1)] ?? 1;
}

/** A name that is wider than its tile on two lines, broken at the space next to its middle. */
function linesOf(label: string): readonly string[] {
  const at = label.indexOf(' ', Math.floor(label.length / 2) - 3);
  return label.length < 14 || at < 0 ? [label] : [label.slice(0, at), label.slice(at + 1)];
}

function shapesOf(tile: Tile, most: number): Shape[] {
  const [x, y] = [tile.column * (size + gap), tile.row * (size + gap)];
  const shade = shadeOf(tile.value, most);
  const ink = shade > 0.5 ? 'on-accent' : 'ink';
  const middle = { kind: 'text', x: x + size / 2, align: 'middle', ink } as const;
  const place = { kind: 'rect', x, y, width: size, height: size, round: 8 } as const;
  return [
    { ...place, ink: 'sunk' },
    {
      ...place,
      ...{ ink: 'chart-1', opacity: shade, words: `${tile.label}: ${tile.text}` },
      href: tile.value > 0 ? tile.href : undefined,
    },
    ...linesOf(tile.label).map((text, at, all): Shape => {
      return { ...middle, y: y + size / 2 - 14 + (at - (all.length - 1) / 2) * 16, text, size: 14 };
    }),
    { ...middle, y: y + size / 2 + 14, text: tile.text, size: 20, bold: true },
  ];
}

/** Places as tiles, each as dark as its number is large. */
export function tileDrawing(tiles: readonly Tile[]): Drawing {
  const most = Math.max(1, ...tiles.map(({ value }) => value));
  const columns = Math.max(0, ...tiles.map(({ column }) => column)) + 1;
  const rows = Math.max(0, ...tiles.map(({ row }) => row)) + 1;
  return {
    width: columns * (size + gap) - gap,
    height: rows * (size + gap) - gap,
    shapes: tiles.flatMap((tile) => shapesOf(tile, most)),
  };
}
