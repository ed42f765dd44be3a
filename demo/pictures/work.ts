import {
  block,
  disc,
  oval,
  type Point,
  polygon,
  ring,
  row,
  star,
  stroke,
  strokes,
} from './canvas.ts';
import type { Drawing } from './drawing.ts';

const page: Drawing = (canvas, { ink, main, second, light, glow }) => {
  canvas.fill(ink, [block(252, 186, 196, 244, 8)], 0.3);
  canvas.fill(glow, [block(240, 180, 196, 244, 6)]);
  canvas.fill(main, [block(240, 82, 196, 48, 6)]);
  canvas.fill(
    light,
    row(6, (at) => star(172 + at * 27, 82, 8, 10, 6)),
  );
  canvas.fill(
    ink,
    row(7, (at) => block(246, 130 + at * 20, 140 - ((at * 31) % 50), 6, 3)),
    0.6,
  );
  canvas.fill(second, [block(190, 282, 60, 12, 6), disc(294, 274, 16)]);
};

/** A stroke of the reed pen, as of a letter that ends in a bowl. */
const letter: readonly Point[] = [
  [352, 140],
  [330, 196],
  [268, 224],
  [196, 220],
  [150, 180],
  [156, 150],
];
const reed: readonly Point[] = [
  [392, 60],
  [420, 84],
  [366, 138],
  [350, 142],
  [354, 122],
];

const nib: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(light, [block(240, 196, 264, 196, 10)]);
  canvas.fill(ink, [...strokes(letter, 16), stroke([300, 120], [292, 190], 13)]);
  canvas.fill(ink, [star(238, 260, 2, 11, 8), star(264, 262, 2, 11, 8)]);
  canvas.fill(second, [polygon(reed)]);
  canvas.fill(main, [polygon([reed[4], reed[3], reed[2]] as readonly Point[])]);
};

const gear: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(main, [star(216, 200, 10, 104, 82)]);
  canvas.fill(light, [disc(216, 200, 52)]);
  canvas.fill(main, [disc(216, 200, 30)]);
  canvas.fill(second, [star(326, 120, 8, 62, 48)]);
  canvas.fill(light, [disc(326, 120, 26)]);
  canvas.fill(ink, [
    ring(216, 200, 52, 5),
    ring(326, 120, 26, 4),
    disc(216, 200, 9),
    disc(326, 120, 7),
  ]);
};

const screen: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [
    block(240, 166, 276, 184, 14),
    block(240, 274, 40, 40),
    block(240, 296, 132, 14, 6),
  ]);
  canvas.fill(light, [block(240, 162, 252, 156, 4)]);
  canvas.fill(main, [block(240, 100, 252, 32, 4)]);
  canvas.fill(second, [disc(134, 100, 6), disc(154, 100, 6)]);
  canvas.fill(
    second,
    row(5, (at) => block(150 + at * 26, 216 - ((at * 17) % 40), 16, 30 + 2 * ((at * 17) % 40))),
  );
  canvas.fill(main, [star(322, 180, 8, 34, 22)]);
  canvas.fill(light, [disc(322, 180, 12)]);
};

const easel: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [
    stroke([240, 40], [150, 306], 9),
    stroke([240, 40], [330, 306], 9),
    stroke([240, 60], [240, 300], 9),
  ]);
  canvas.fill(light, [block(240, 162, 232, 172, 4)]);
  canvas.fill(second, [disc(296, 120, 22)]);
  canvas.fill(main, [
    polygon([
      [130, 244],
      [196, 140],
      [244, 210],
      [280, 166],
      [350, 244],
    ]),
  ]);
  canvas.fill(
    ink,
    [
      polygon([
        [130, 246],
        [350, 246],
        [350, 228],
        [130, 236],
      ]),
    ],
    0.5,
  );
  canvas.fill(second, [block(240, 254, 250, 12, 4)]);
};

/** A side of a box, from its near edge outwards. */
const side = (outer: number): Point[] => [
  [outer, 140],
  [240, 186],
  [240, 308],
  [outer, 256],
];

const parcel: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(second, [polygon(side(120))]);
  canvas.fill(main, [polygon(side(360))]);
  const near: Point = [240, 186];
  canvas.fill(light, [polygon([[120, 140], [240, 94], [360, 140], near])]);
  canvas.fill(ink, [stroke([180, 117], [300, 163], 8), stroke([300, 163], [300, 284], 8)]);
  canvas.fill(ink, [stroke([120, 140], near, 3), stroke(near, [360, 140], 3)]);
  canvas.fill(light, [star(176, 226, 8, 24, 15)]);
};

const plant: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [stroke([240, 236], [240, 90], 6)]);
  for (let at = 0; at < 5; at += 1) {
    const y = 214 - at * 30;
    canvas.fill(main, [
      oval(204 + at * 4, y - 14, 76 - at * 8, 32, 0.5),
      oval(276 - at * 4, y - 14, 76 - at * 8, 32, -0.5),
    ]);
  }
  canvas.fill(light, [disc(240, 78, 14)]);
  canvas.fill(second, [
    polygon([
      [176, 228],
      [304, 228],
      [288, 304],
      [192, 304],
    ]),
  ]);
  canvas.fill(ink, [block(240, 230, 142, 16, 6)]);
  canvas.fill(
    light,
    row(4, (at) => star(206 + at * 23, 268, 8, 11, 7)),
  );
};

/** What is done for others, and what has no other picture. */
export const workDrawings: Readonly<Record<string, Drawing>> = {
  ...{ page, nib, gear, screen, easel, parcel, plant },
};
