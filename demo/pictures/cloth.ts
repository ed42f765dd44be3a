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

const mirror = (points: readonly Point[]): Point[] => [
  ...points,
  ...points.toReversed().map(([x, y]): Point => [480 - x, y]),
];

const coat: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(main, [
    polygon(
      mirror([
        [240, 66],
        [206, 62],
        [160, 86],
        [112, 196],
        [146, 212],
        [176, 150],
        [158, 304],
      ]),
    ),
  ]);
  canvas.fill(second, [
    polygon([
      [206, 62],
      [240, 122],
      [226, 60],
    ]),
    polygon([
      [274, 62],
      [240, 122],
      [254, 60],
    ]),
  ]);
  canvas.fill(ink, [stroke([240, 122], [240, 302], 3)]);
  canvas.fill(
    light,
    row(5, (at) => disc(252, 148 + at * 30, 5)),
  );
  canvas.fill(
    light,
    row(9, (at) => star(176 + at * 16, 292, 6, 8, 4)),
  );
  canvas.fill(second, [stroke([120, 190], [146, 202], 9), stroke([360, 190], [334, 202], 9)]);
};

const dress: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(main, [
    polygon(
      mirror([
        [226, 74],
        [196, 66],
        [166, 104],
        [188, 124],
        [204, 112],
        [206, 160],
        [132, 304],
      ]),
    ),
  ]);
  canvas.fill(second, [block(240, 164, 76, 18, 6)]);
  for (const [at, y] of [224, 256, 288].entries()) {
    const half = 42 + at * 22;
    canvas.fill(
      light,
      row(5 + at * 2, (nth) => star(240 - half + (nth * half) / (2 + at), y, 6, 8, 4)),
    );
  }
  canvas.fill(
    ink,
    strokes(
      [
        [222, 74],
        [240, 94],
        [258, 74],
      ],
      5,
    ),
  );
};

const shirt: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(main, [
    polygon(
      mirror([
        [218, 76],
        [190, 70],
        [120, 116],
        [146, 160],
        [174, 142],
        [174, 230],
      ]),
    ),
  ]);
  canvas.fill(second, [
    polygon(
      mirror([
        [174, 238],
        [162, 304],
        [230, 304],
        [240, 262],
      ]),
    ),
  ]);
  canvas.fill(light, [star(240, 160, 5, 40, 18)]);
  canvas.fill(
    ink,
    strokes(
      [
        [214, 76],
        [240, 98],
        [266, 76],
      ],
      6,
    ),
  );
  canvas.fill(
    light,
    row(3, (at) => disc(204 + at * 36, 244, 4)),
  );
};

const yarn: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [stroke([128, 92], [318, 286], 9), stroke([352, 92], [162, 286], 9)]);
  canvas.fill(second, [disc(124, 88, 12), disc(356, 88, 12)]);
  canvas.fill(main, [disc(240, 206, 92)]);
  canvas.fill(
    light,
    row(5, (at) => ring(240 - 60 + at * 8, 206 + 20, 40 + at * 18, 3)),
    0.6,
  );
  canvas.fill(
    second,
    row(4, (at) => stroke([176 + at * 16, 142 + at * 2], [292 + at * 6, 262 - at * 22], 4)),
    0.8,
  );
  canvas.fill(
    main,
    strokes(
      [
        [312, 264],
        [360, 292],
        [404, 284],
      ],
      7,
    ),
  );
};

const hoop: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(second, [ring(240, 186, 114, 14), block(240, 64, 24, 18, 4)]);
  canvas.fill(light, [disc(240, 186, 107)]);
  for (let at = 0; at < 8; at += 1) {
    const angle = (Math.PI * at) / 4;
    const [x, y] = [240 + 46 * Math.cos(angle), 186 + 46 * Math.sin(angle)];
    canvas.fill(main, [oval(x, y, 62, 30, angle)]);
    canvas.fill(ink, [
      oval(
        240 + 84 * Math.cos(angle + 0.39),
        186 + 84 * Math.sin(angle + 0.39),
        24,
        10,
        angle + 0.9,
      ),
    ]);
  }
  canvas.fill(second, [disc(240, 186, 22)]);
  canvas.fill(
    light,
    row(6, (at) => disc(240 + 11 * Math.cos(at * 1.05), 186 + 11 * Math.sin(at * 1.05), 3)),
  );
};

const scarf: Drawing = (canvas, { ink, main, second, light }) => {
  const square = (half: number) =>
    polygon([
      [240, 184 - half],
      [240 + half, 184],
      [240, 184 + half],
      [240 - half, 184],
    ]);
  canvas.fill(ink, [square(134)]);
  canvas.fill(main, [square(128)]);
  canvas.fill(light, [square(104)]);
  canvas.fill(second, [square(98)]);
  canvas.fill(light, [star(240, 184, 12, 50, 36)]);
  canvas.fill(main, [star(240, 184, 12, 32, 22)]);
  const edge = row(8, (at) => disc(240 + 115 - at * 16, 184 + at * 16 - 1, 4));
  const other = row(8, (at) => disc(240 - 115 + at * 16, 184 - at * 16 + 1, 4));
  canvas.fill(light, [...edge, ...other]);
};

const curtain: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(light, [block(240, 184, 220, 220)]);
  canvas.fill(ink, [block(240, 184, 4, 220), block(240, 184, 220, 4)]);
  canvas.fill(main, [
    polygon([
      [112, 72],
      [226, 72],
      [176, 190],
      [150, 304],
      [112, 304],
    ]),
  ]);
  canvas.fill(main, [
    polygon([
      [368, 72],
      [254, 72],
      [304, 190],
      [330, 304],
      [368, 304],
    ]),
  ]);
  canvas.fill(second, [block(170, 200, 50, 12, 6), block(310, 200, 50, 12, 6)]);
  canvas.fill(
    light,
    row(4, (at) => star(130, 100 + at * 50, 6, 9, 5)),
  );
  canvas.fill(
    light,
    row(4, (at) => star(350, 100 + at * 50, 6, 9, 5)),
  );
  canvas.fill(ink, [stroke([96, 66], [384, 66], 10), disc(94, 66, 10), disc(386, 66, 10)]);
};

/** What is sewn, knitted and worn. */
export const clothDrawings: Readonly<Record<string, Drawing>> = {
  ...{ coat, dress, shirt, yarn, hoop, scarf, curtain },
};
