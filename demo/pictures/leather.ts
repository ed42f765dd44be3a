import { block, disc, type Point, polygon, ring, row, star, stroke } from './canvas.ts';
import type { Drawing } from './drawing.ts';

const bag: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [ring(240, 138, 62, 12)]);
  canvas.fill(main, [
    polygon([
      [148, 136],
      [332, 136],
      [360, 304],
      [120, 304],
    ]),
  ]);
  canvas.fill(second, [
    polygon([
      [141, 186],
      [339, 186],
      [348, 238],
      [132, 238],
    ]),
  ]);
  canvas.fill(
    light,
    row(6, (at) => star(158 + at * 33, 212, 8, 17, 10)),
  );
  canvas.fill(
    ink,
    row(6, (at) => star(158 + at * 33, 212, 8, 7, 4)),
  );
  canvas.fill(light, [disc(184, 154, 6), disc(296, 154, 6)]);
};

const shoes: Drawing = (canvas, { ink, main, second, light }) => {
  for (const [x, y] of [
    [0, 0],
    [44, 62],
  ] as const) {
    const at = (points: readonly Point[]) =>
      polygon(points.map(([px, py]): Point => [px + x, py + y]));
    canvas.fill(ink, [block(216 + x, 226 + y, 216, 18, 9)]);
    canvas.fill(main, [
      at([
        [112, 222],
        [118, 150],
        [164, 140],
        [214, 176],
        [300, 190],
        [322, 222],
      ]),
    ]);
    canvas.fill(light, [
      at([
        [118, 156],
        [162, 146],
        [176, 168],
        [124, 176],
      ]),
    ]);
    canvas.fill(
      second,
      row(5, (nth) =>
        stroke([196 + x + nth * 22, 178 + y + nth * 5], [186 + x + nth * 24, 216 + y], 4),
      ),
    );
  }
};

const wallet: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(second, [block(240, 196, 264, 176, 18)]);
  canvas.fill(main, [block(240, 176, 264, 136, 18)]);
  canvas.fill(
    light,
    row(15, (at) => block(128 + at * 16, 236, 9, 2)),
  );
  canvas.fill(
    light,
    row(15, (at) => block(128 + at * 16, 116, 9, 2)),
  );
  canvas.fill(light, [star(240, 176, 8, 44, 30)]);
  canvas.fill(second, [star(240, 176, 8, 30, 20)]);
  canvas.fill(ink, [disc(240, 176, 9), block(352, 196, 42, 34, 10)]);
  canvas.fill(light, [disc(346, 196, 6)]);
};

/** What is made of leather, or carried. */
export const leatherDrawings: Readonly<Record<string, Drawing>> = { bag, shoes, wallet };
