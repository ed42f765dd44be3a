/** The inks that shapes are drawn in, by the names of the stylesheet. */
export const inkNames = [
  'ink',
  'ink-soft',
  'line',
  'sheet',
  'sunk',
  'on-accent',
  'chart-1',
  'chart-2',
  'chart-3',
  'chart-4',
  'chart-ghost',
] as const;
export type Ink = (typeof inkNames)[number];

type Linked = {
  /** The list behind the shape. */
  readonly href?: string | undefined;
  /** What the shape says, for those who hear it. */
  readonly words?: string;
  readonly ink: Ink;
  readonly opacity?: number;
};

export type Shape =
  | ({
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly round?: number;
    } & Linked)
  | ({ readonly kind: 'path'; readonly d: string } & Linked)
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly bold?: boolean;
      readonly ink: Ink;
      readonly align: 'left' | 'middle' | 'right';
    };

/** What a chart looks like, in pixels from the upper left corner: the page and the picture draw the same. */
export type Drawing = {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
};
