import { block, makeCanvas, oval, row, star } from './canvas.ts';
import { clothDrawings } from './cloth.ts';
import type { Drawing, Palette } from './drawing.ts';
import { homeDrawings } from './home.ts';
import { kitchenDrawings } from './kitchen.ts';
import { leatherDrawings } from './leather.ts';
import { workDrawings } from './work.ts';

export const WIDTH = 480;
export const HEIGHT = 360;

/** Turquoise and saffron, pomegranate and indigo, pistachio and walnut, plum and apricot. */
const palettes: readonly Palette[] = [
  {
    ...{ paper: [244, 236, 220], glow: [252, 247, 236], ink: [38, 56, 66] },
    ...{ main: [20, 126, 128], second: [226, 148, 38], light: [250, 226, 178] },
  },
  {
    ...{ paper: [238, 230, 226], glow: [250, 244, 240], ink: [52, 40, 66] },
    ...{ main: [168, 44, 58], second: [52, 72, 140], light: [244, 206, 188] },
  },
  {
    ...{ paper: [232, 238, 222], glow: [246, 249, 238], ink: [50, 52, 36] },
    ...{ main: [108, 142, 62], second: [150, 96, 54], light: [228, 232, 188] },
  },
  {
    ...{ paper: [242, 228, 222], glow: [252, 242, 236], ink: [62, 38, 58] },
    ...{ main: [128, 58, 110], second: [232, 130, 84], light: [250, 218, 200] },
  },
];

const drawings: Readonly<Record<string, Drawing>> = {
  ...homeDrawings,
  ...clothDrawings,
  ...leatherDrawings,
  ...kitchenDrawings,
  ...workDrawings,
};

/** The kinds of things that can be drawn. */
export const drawable: ReadonlySet<string> = new Set(Object.keys(drawings));

/** A picture, and its small copy for lists: PNG files. */
export type Drawn = { readonly photo: Buffer; readonly thumb: Buffer };

/**
 * Draws a kind of thing in one of a few palettes; made for the demonstration, from nothing else.
 * @throws RangeError when nobody knows how to draw it
 */
export function drawPicture(kind: string, palette: number): Drawn {
  const draw = drawings[kind];
  const colours = palettes[palette % palettes.length];
  if (!draw || !colours) throw new RangeError(`no drawing of ${kind}`);
  const canvas = makeCanvas(WIDTH, HEIGHT, colours.paper);
  canvas.fill(colours.glow, [oval(WIDTH / 2, 172, 400, 312)]);
  canvas.fill(colours.main, [block(WIDTH / 2, 346, WIDTH, 28)], 0.16);
  canvas.fill(
    colours.main,
    row(17, (at) => star(at * 30, 346, 8, 10, 6)),
    0.4,
  );
  canvas.fill(colours.ink, [oval(WIDTH / 2, 304, 260, 24)], 0.12);
  draw(canvas, colours);
  return { photo: canvas.png(), thumb: canvas.png('half') };
}
