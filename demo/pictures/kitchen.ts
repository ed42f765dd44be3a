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

/** A jar with a cloth over its lid; what is in it is drawn by whoever asks. */
const jarOf =
  (inside: Drawing): Drawing =>
  (canvas, palette) => {
    canvas.fill(palette.ink, [block(240, 204, 190, 204, 38)]);
    canvas.fill(palette.light, [block(240, 204, 178, 192, 34)]);
    inside(canvas, palette);
    canvas.fill(palette.glow, [block(168, 200, 10, 120, 5)], 0.6);
    canvas.fill(palette.main, [block(240, 96, 166, 34, 8)]);
    canvas.fill(palette.ink, [block(240, 118, 150, 8, 4)]);
    canvas.fill(
      palette.light,
      row(7, (at) => star(174 + at * 22, 96, 6, 8, 4)),
    );
  };

const honey = jarOf((canvas, { second, light }) => {
  canvas.fill(second, [block(240, 222, 178, 156, 34)]);
  const cells = [180, 212, 244, 276].flatMap((y, nth) =>
    row(5, (at) => star(168 + at * 36 + (nth % 2) * 18 - 8, y, 6, 17, 15)),
  );
  canvas.fill(light, cells, 0.45);
});

const jam = jarOf((canvas, { main, second, ink }) => {
  canvas.fill(main, [block(240, 226, 178, 148, 34)]);
  const fruit: readonly Point[] = [
    [186, 196],
    [236, 186],
    [288, 202],
    [206, 244],
    [262, 240],
    [300, 262],
    [180, 276],
    [240, 284],
  ];
  canvas.fill(
    second,
    fruit.map(([x, y]) => disc(x, y, 18)),
  );
  canvas.fill(
    ink,
    fruit.map(([x, y]) => disc(x + 5, y - 5, 4)),
    0.5,
  );
});

const pickle = jarOf((canvas, { main, second, light }) => {
  canvas.fill(main, [block(240, 226, 178, 148, 34)], 0.55);
  canvas.fill(
    second,
    row(4, (at) => oval(182 + at * 38, 208, 30, 52, 0.3)),
  );
  canvas.fill(
    main,
    row(4, (at) => oval(186 + at * 38, 264, 28, 50, -0.3)),
  );
  canvas.fill(
    light,
    row(5, (at) => disc(176 + at * 32, 236, 7)),
  );
});

const plate: Drawing = (canvas, { ink, light }) => {
  canvas.fill(ink, [oval(240, 232, 300, 132)]);
  canvas.fill(light, [oval(240, 226, 296, 128)]);
  canvas.fill(ink, [oval(240, 226, 240, 96)], 0.1);
};

const sweets: Drawing = (canvas, palette) => {
  const { main, second, glow } = palette;
  plate(canvas, palette);
  const places: readonly Point[] = [
    [160, 222],
    [212, 240],
    [268, 240],
    [320, 222],
    [186, 190],
    [240, 200],
    [294, 190],
    [212, 158],
    [268, 158],
    [240, 126],
  ];
  for (const [x, y] of places) {
    canvas.fill(second, [disc(x, y, 30)]);
    canvas.fill(glow, [star(x, y, 8, 20, 11)]);
    canvas.fill(main, [disc(x, y, 6)]);
  }
};

const noghl: Drawing = (canvas, palette) => {
  const { main, glow, second } = palette;
  plate(canvas, palette);
  for (let layer = 0; layer < 5; layer += 1) {
    const count = 8 - layer;
    canvas.fill(
      second,
      row(count, (at) => disc(240 + (at - (count - 1) / 2) * 32, 248 - layer * 28, 19)),
      0.35,
    );
    canvas.fill(
      glow,
      row(count, (at) => disc(240 + (at - (count - 1) / 2) * 32, 245 - layer * 28, 17)),
    );
  }
  canvas.fill(
    main,
    row(9, (at) => oval(180 + ((at * 53) % 130), 140 + ((at * 37) % 110), 12, 6, at)),
  );
};

const bread: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [oval(240, 232, 320, 120)], 0.15);
  canvas.fill(main, [block(240, 250, 300, 26, 12)]);
  for (const [at, y] of [218, 184, 150].entries()) {
    canvas.fill(ink, [oval(240, y + 5, 262 - at * 14, 86)], 0.5);
    canvas.fill(second, [oval(240, y, 262 - at * 14, 84)]);
    canvas.fill(light, [oval(240, y - 3, 226 - at * 14, 60)], 0.35);
  }
  canvas.fill(
    main,
    row(5, (at) => stroke([160 + at * 40, 128], [150 + at * 44, 168], 5)),
    0.6,
  );
  canvas.fill(
    light,
    row(12, (at) => oval(150 + ((at * 67) % 180), 126 + ((at * 29) % 44), 9, 5, at)),
  );
};

const bowl: Drawing = (canvas, { ink, main, second, light }) => {
  const pieces = row(18, (at) =>
    oval(
      150 + ((at * 61) % 184),
      176 - ((at * 23) % 64) + Math.abs(((at * 61) % 184) - 92) / 3,
      46,
      30,
      at * 0.7,
    ),
  );
  canvas.fill(second, pieces);
  canvas.fill(
    light,
    row(18, (at) =>
      oval(
        150 + ((at * 61) % 184),
        174 - ((at * 23) % 64) + Math.abs(((at * 61) % 184) - 92) / 3,
        22,
        12,
        at * 0.7,
      ),
    ),
    0.6,
  );
  canvas.fill(main, [
    polygon([
      [112, 186],
      [368, 186],
      [336, 262],
      [288, 300],
      [192, 300],
      [144, 262],
    ]),
  ]);
  canvas.fill(ink, [block(240, 188, 268, 14, 7)]);
  canvas.fill(
    light,
    row(8, (at) => star(156 + at * 24, 232, 8, 12, 7)),
  );
};

const mushroom: Drawing = (canvas, { ink, main, second, light }) => {
  const caps: readonly (readonly [number, number, number])[] = [
    [176, 214, 0.8],
    [308, 220, 0.75],
    [240, 176, 1.15],
  ];
  for (const [x, y, size] of caps) {
    canvas.fill(ink, [block(x, y + 62 * size, 46 * size, 96 * size, 18 * size)], 0.25);
    canvas.fill(light, [block(x, y + 60 * size, 42 * size, 96 * size, 18 * size)]);
    const cap = Array.from({ length: 21 }, (_, at): Point => {
      const angle = Math.PI + (Math.PI * at) / 20;
      return [x + 78 * size * Math.cos(angle), y + 22 * size + 84 * size * Math.sin(angle)];
    });
    canvas.fill(size > 1 ? main : second, [polygon(cap)]);
    canvas.fill(
      light,
      row(4, (at) =>
        disc(x - 42 * size + at * 28 * size, y - 12 * size - (at % 2) * 22 * size, 7 * size),
      ),
    );
  }
};

const dairy: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(light, [
    polygon([
      [110, 262],
      [250, 152],
      [372, 222],
      [372, 296],
      [110, 296],
    ]),
  ]);
  canvas.fill(
    second,
    [
      polygon([
        [110, 262],
        [250, 152],
        [372, 222],
        [372, 236],
        [110, 274],
      ]),
    ],
    0.45,
  );
  canvas.fill(
    ink,
    [disc(170, 276, 10), disc(252, 270, 14), disc(322, 264, 11), disc(214, 286, 6)],
    0.25,
  );
  canvas.fill(main, [block(318, 134, 76, 90, 14), block(318, 84, 44, 26, 8)]);
  canvas.fill(light, [block(318, 140, 76, 30)]);
  canvas.fill(
    main,
    row(3, (at) => star(296 + at * 22, 140, 6, 9, 5)),
  );
};

const eggs: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(light, [
    oval(186, 192, 84, 112, 0.1),
    oval(296, 192, 84, 112, -0.1),
    oval(240, 176, 88, 118),
  ]);
  canvas.fill(second, [oval(240, 176, 88, 118)], 0.25);
  canvas.fill(main, [
    polygon([
      [112, 212],
      [368, 212],
      [340, 296],
      [140, 296],
    ]),
  ]);
  for (let line = 0; line < 4; line += 1) {
    canvas.fill(
      line % 2 ? light : second,
      row(12, (at) =>
        stroke([126 + at * 20, 222 + line * 19], [138 + at * 19, 234 + line * 19], 5),
      ),
      0.8,
    );
  }
  canvas.fill(ink, [block(240, 212, 268, 12, 6)]);
};

const saffron: Drawing = (canvas, { ink, main, second, light }) => {
  for (let at = 0; at < 6; at += 1) {
    const angle = (Math.PI * at) / 3 - Math.PI / 2;
    canvas.fill(main, [
      oval(240 + 62 * Math.cos(angle), 176 + 62 * Math.sin(angle), 118, 58, angle),
    ]);
    canvas.fill(
      light,
      [stroke([240, 176], [240 + 92 * Math.cos(angle), 176 + 92 * Math.sin(angle)], 3)],
      0.6,
    );
  }
  const threads: readonly Point[] = [
    [196, 108],
    [240, 92],
    [284, 108],
  ];
  for (const tip of threads)
    canvas.fill(second, [...strokes([[240, 180], tip], 8), disc(tip[0], tip[1], 8)]);
  canvas.fill(ink, [ring(240, 178, 14, 5)]);
};

/** What is eaten and drunk. */
export const kitchenDrawings: Readonly<Record<string, Drawing>> = {
  ...{ honey, jam, pickle, sweets, noghl, bread, bowl, mushroom, dairy, eggs, saffron },
};
