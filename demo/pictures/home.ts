import { block, disc, oval, type Point, polygon, ring, row, star, stroke } from './canvas.ts';
import type { Drawing } from './drawing.ts';

const lozenge = (x: number, y: number, width: number, height: number) =>
  polygon([
    [x, y - height / 2],
    [x + width / 2, y],
    [x, y + height / 2],
    [x - width / 2, y],
  ]);

const carpet: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(
    light,
    row(23, (at) => stroke([114 + at * 11, 44], [114 + at * 11, 310], 3)),
  );
  canvas.fill(ink, [block(240, 177, 268, 244, 4)]);
  canvas.fill(main, [block(240, 177, 256, 232, 2)]);
  canvas.fill(light, [block(240, 177, 220, 196)]);
  canvas.fill(second, [block(240, 177, 208, 184)]);
  const along = row(11, (at) => star(130 + at * 22, 70, 8, 7, 4));
  const below = row(11, (at) => star(130 + at * 22, 284, 8, 7, 4));
  const sides = [121, 359].flatMap((x) => row(9, (at) => star(x, 92 + at * 21, 8, 7, 4)));
  canvas.fill(light, [...along, ...below, ...sides]);
  canvas.fill(main, [lozenge(240, 177, 184, 160)]);
  canvas.fill(light, [star(240, 177, 8, 58, 42)]);
  canvas.fill(second, [star(240, 177, 8, 44, 30)]);
  canvas.fill(ink, [star(240, 177, 8, 22, 14)]);
  canvas.fill(light, [disc(240, 177, 8)]);
  for (const [x, y] of [
    [156, 105],
    [324, 105],
    [156, 249],
    [324, 249],
  ] as const) {
    canvas.fill(ink, [lozenge(x, y, 34, 30)]);
    canvas.fill(light, [lozenge(x, y, 16, 14)]);
  }
};

const kilim: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(
    ink,
    row(18, (at) => stroke([118 + at * 14.4, 52], [118 + at * 14.4, 306], 3)),
  );
  canvas.fill(main, [block(240, 179, 268, 228)]);
  const bands = [ink, second, light, second, ink];
  for (const [at, colour] of bands.entries()) {
    const y = 87 + at * 46;
    canvas.fill(colour, [block(240, y, 268, 34)]);
    const inner = colour === light ? main : light;
    canvas.fill(
      inner,
      row(6, (nth) => lozenge(128 + nth * 44.8, y, 36, 28)),
    );
    canvas.fill(
      ink,
      row(6, (nth) => lozenge(128 + nth * 44.8, y, 16, 12)),
    );
  }
};

const quilt: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [block(240, 180, 276, 236, 18)]);
  canvas.fill(light, [block(240, 180, 264, 224, 12)]);
  const colours = [main, second];
  for (let nth = 0; nth < 20; nth += 1) {
    const [x, y] = [138 + (nth % 5) * 51, 100 + Math.floor(nth / 5) * 53];
    canvas.fill(colours[(nth + Math.floor(nth / 5)) % 2] ?? main, [block(x, y, 44, 44, 5)]);
    canvas.fill(light, [star(x, y, 4, 17, 7)]);
  }
};

/** A doll's head: hair, face, a kerchief, cheeks. */
const dollHead: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(light, [disc(240, 108, 40)]);
  canvas.fill(second, [lozenge(240, 76, 92, 44)]);
  canvas.fill(ink, [disc(226, 108, 4), disc(254, 108, 4), stroke([232, 126], [248, 126], 3)]);
  canvas.fill(main, [disc(216, 120, 6), disc(264, 120, 6)], 0.45);
};

const skirt = (half: number, top: number): Point[] => [
  [240, top],
  [240 + half, 300],
  [240 - half, 300],
];

const doll: Drawing = (canvas, palette) => {
  const { ink, main, second, light } = palette;
  canvas.fill(ink, [oval(240, 106, 96, 100)]);
  canvas.fill(main, [polygon(skirt(90, 120))]);
  canvas.fill(second, [polygon(skirt(66, 170))]);
  const hem = row(5, (at) => star(190 + at * 25, 284, 6, 9, 5));
  canvas.fill(light, hem);
  canvas.fill(main, [stroke([206, 176], [160, 214], 20), stroke([274, 176], [320, 214], 20)]);
  canvas.fill(light, [disc(158, 216, 11), disc(322, 216, 11)]);
  dollHead(canvas, palette);
};

const flower: Drawing = (canvas, { ink, main, second, light }) => {
  const heads: readonly Point[] = [
    [240, 76],
    [170, 118],
    [310, 118],
    [204, 150],
    [280, 152],
  ];
  for (const [x, y] of heads) canvas.fill(ink, [stroke([240, 240], [x, y], 5)]);
  for (const [x, y] of heads) {
    const petals = row(8, (at) => {
      const angle = (Math.PI * at) / 4;
      return oval(x + 20 * Math.cos(angle), y + 20 * Math.sin(angle), 28, 15, angle);
    });
    canvas.fill(y < 110 ? main : second, petals);
    canvas.fill(light, [disc(x, y, 10)]);
  }
  canvas.fill(main, [
    polygon([
      [192, 206],
      [288, 206],
      [270, 302],
      [210, 302],
    ]),
  ]);
  canvas.fill(
    light,
    row(4, (at) => star(211 + at * 19, 250, 8, 9, 5)),
  );
  canvas.fill(ink, [block(240, 208, 106, 12, 6)]);
};

const box: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [block(240, 220, 256, 164, 8)]);
  canvas.fill(second, [block(240, 236, 240, 120, 4)]);
  canvas.fill(main, [block(240, 152, 256, 44, 8)]);
  const rows = [208, 236, 264].flatMap((y, nth) =>
    row(8, (at) => star(140 + at * 28 + (nth % 2) * 7, y, 6, 13, 8)),
  );
  canvas.fill(light, rows);
  canvas.fill(
    ink,
    [208, 236, 264].flatMap((y, nth) =>
      row(8, (at) => star(140 + at * 28 + (nth % 2) * 7, y, 6, 6, 4)),
    ),
  );
  canvas.fill(
    light,
    row(9, (at) => lozenge(136 + at * 26, 152, 16, 22)),
  );
  canvas.fill(light, [block(240, 178, 30, 22, 5)]);
  canvas.fill(ink, [disc(240, 178, 5)]);
};

const necklace: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [block(240, 292, 110, 22, 8), stroke([240, 292], [240, 210], 30)]);
  canvas.fill(ink, [oval(240, 196, 150, 190)]);
  canvas.fill(light, [oval(240, 196, 138, 178)], 0.25);
  for (let at = 0; at < 15; at += 1) {
    const angle = Math.PI * (0.08 + (0.84 * at) / 14);
    const [x, y] = [240 + 88 * Math.cos(angle), 136 + 98 * Math.sin(angle)];
    canvas.fill(at % 3 === 1 ? second : main, [disc(x, y, 11)]);
    canvas.fill(light, [disc(x - 3, y - 3, 3)]);
  }
  canvas.fill(second, [star(240, 256, 8, 24, 15)]);
  canvas.fill(light, [disc(240, 256, 8), ring(240, 256, 17, 2)]);
};

const chair: Drawing = (canvas, { ink, main, second, light }) => {
  canvas.fill(ink, [stroke([172, 70], [172, 304], 12), stroke([308, 70], [308, 304], 12)]);
  canvas.fill(second, [block(240, 116, 124, 88, 12)]);
  canvas.fill(light, [star(240, 116, 8, 32, 20)]);
  canvas.fill(main, [star(240, 116, 8, 18, 11)]);
  canvas.fill(main, [block(240, 210, 164, 42, 14)]);
  canvas.fill(
    light,
    row(6, (at) => lozenge(180 + at * 24, 210, 14, 20)),
  );
  canvas.fill(ink, [stroke([172, 268], [308, 268], 8)]);
};

/** Things for a house: carpets, kilims, quilts, dolls, flowers, inlaid boxes, jewellery, furniture. */
export const homeDrawings: Readonly<Record<string, Drawing>> = {
  ...{ carpet, kilim, quilt, doll, flower, box, necklace, chair },
};
