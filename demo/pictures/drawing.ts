import type { Canvas, Colour } from './canvas.ts';

/** The colours that a picture is drawn in. */
export type Palette = {
  readonly paper: Colour;
  readonly glow: Colour;
  readonly ink: Colour;
  readonly main: Colour;
  readonly second: Colour;
  readonly light: Colour;
};

/** Draws one kind of thing in the middle of a sheet of 480 by 360. */
export type Drawing = (canvas: Canvas, palette: Palette) => void;
