import { toPng } from './png.ts';

export type Point = readonly [x: number, y: number];
/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

/** A shape: how far a point is from its edge, less than nought inside, and the box it lies in. */
export type Shape = {
  readonly box: readonly [left: number, top: number, right: number, bottom: number];
  readonly distance: (x: number, y: number) => number;
};

/** A sheet that shapes are laid on, one over another. */
export type Canvas = {
  readonly fill: (colour: Colour, shapes: readonly Shape[], opacity?: number) => void;
  /** As a PNG file, or as one of half the width and the height, for lists. */
  readonly png: (size?: 'whole' | 'half') => Buffer;
};

/** A sheet of one colour. */
export function makeCanvas(width: number, height: number, paper: Colour): Canvas {
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) pixels.set(paper, at);
  const lay = (colour: Colour, { box, distance }: Shape, opacity: number) => {
    const [left, top, right, bottom] = box;
    const [fromX, toX] = [Math.max(0, Math.floor(left - 1)), Math.min(width, right + 1)];
    const toY = Math.min(height, bottom + 1);
    for (let y = Math.max(0, Math.floor(top - 1)); y < toY; y += 1) {
      for (let x = fromX; x < toX; x += 1) {
        const covered = 0.5 - distance(x + 0.5, y + 0.5);
        if (covered > 0) blend(pixels, (y * width + x) * 3, colour, Math.min(1, covered) * opacity);
      }
    }
  };
  return {
    fill: (colour, shapes, opacity = 1) => {
      for (const shape of shapes) lay(colour, shape, opacity);
    },
    png: (size = 'whole') =>
      size === 'whole'
        ? toPng(pixels, width, height)
        : toPng(halved(pixels, width, height), width / 2, height / 2),
  };
}

/** The mean of each four neighbours, of a sheet whose sides are even. */
function halved(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const small = new Uint8Array((pixels.length / 4) | 0);
  const line = width * 3;
  let to = 0;
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      for (let at = y * line + x * 3; at < y * line + x * 3 + 3; at += 1, to += 1) {
        const [a = 0, b = 0] = [pixels[at], pixels[at + 3]];
        const [c = 0, d = 0] = [pixels[at + line], pixels[at + line + 3]];
        // Thirty-two steps of a colour are enough at this size, and make a third of the bytes.
        small[to] = Math.min(255, ((a + b + c + d + 2) >> 2) + 4) & 0xf8;
      }
    }
  }
  return small;
}

function blend(pixels: Uint8Array, at: number, colour: Colour, share: number): void {
  for (let channel = 0; channel < 3; channel += 1) {
    const below = pixels[at + channel] as number;
    pixels[at + channel] = below + ((colour[channel] as number) - below) * share + 0.5;
  }
}

/** A disc. */
export function disc(x: number, y: number, radius: number): Shape {
  return {
    box: [x - radius, y - radius, x + radius, y + radius],
    distance: (px, py) => Math.sqrt((px - x) ** 2 + (py - y) ** 2) - radius,
  };
}

/** A ring: a circle drawn with a pen. */
export function ring(x: number, y: number, radius: number, pen: number): Shape {
  const outer = radius + pen / 2;
  return {
    box: [x - outer, y - outer, x + outer, y + outer],
    distance: (px, py) => Math.abs(Math.sqrt((px - x) ** 2 + (py - y) ** 2) - radius) - pen / 2,
  };
}

/** An upright rectangle by its middle and size, its corners rounded. */
export function block(x: number, y: number, width: number, height: number, round = 0): Shape {
  const [halfX, halfY] = [width / 2 - round, height / 2 - round];
  return {
    box: [x - width / 2, y - height / 2, x + width / 2, y + height / 2],
    distance: (px, py) => {
      const dx = Math.abs(px - x) - halfX;
      const dy = Math.abs(py - y) - halfY;
      const outside = Math.sqrt(Math.max(dx, 0) ** 2 + Math.max(dy, 0) ** 2);
      return outside + Math.min(Math.max(dx, dy), 0) - round;
    },
  };
}

/** A stroke from one point to another with a round pen. */
export function stroke([ax, ay]: Point, [bx, by]: Point, pen: number): Shape {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy || 1;
  const r = pen / 2;
  return {
    box: [Math.min(ax, bx) - r, Math.min(ay, by) - r, Math.max(ax, bx) + r, Math.max(ay, by) + r],
    distance: (px, py) => {
      const along = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length));
      return Math.sqrt((px - ax - along * dx) ** 2 + (py - ay - along * dy) ** 2) - r;
    },
  };
}

/** Strokes through points, one after another. */
export function strokes(points: readonly Point[], pen: number): Shape[] {
  return points.slice(1).map((to, at) => stroke(points[at] as Point, to, pen));
}

/** The inside of a line that closes (signed distance as at https://iquilezles.org/articles/distfunctions2d). */
export function polygon(points: readonly Point[]): Shape {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    distance: (px, py) => {
      let nearest = Number.POSITIVE_INFINITY;
      let sign = 1;
      let bx = xs.at(-1) ?? 0;
      let by = ys.at(-1) ?? 0;
      for (let at = 0; at < points.length; at += 1) {
        const ax = xs[at] ?? 0;
        const ay = ys[at] ?? 0;
        const ex = bx - ax;
        const ey = by - ay;
        const wx = px - ax;
        const wy = py - ay;
        const along = Math.max(0, Math.min(1, (wx * ex + wy * ey) / (ex * ex + ey * ey)));
        const square = (wx - ex * along) ** 2 + (wy - ey * along) ** 2;
        if (square < nearest) nearest = square;
        const above = py >= ay;
        if (above === py < by && above === ex * wy > ey * wx) sign = -sign;
        bx = ax;
        by = ay;
      }
      return sign * Math.sqrt(nearest);
    },
  };
}

/** A star of so many points, or with one radius a regular polygon. */
export function star(x: number, y: number, count: number, outer: number, inner = outer): Shape {
  return polygon(
    Array.from({ length: count * 2 }, (_, at): Point => {
      const radius = at % 2 === 0 ? outer : inner;
      const angle = (Math.PI * at) / count - Math.PI / 2;
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    }),
  );
}

/** An ellipse, turned clockwise by so many radians; its distance is near enough at the edge. */
export function oval(x: number, y: number, width: number, height: number, turn = 0): Shape {
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const a = width / 2;
  const b = height / 2;
  const reachX = Math.sqrt((a * cos) ** 2 + (b * sin) ** 2);
  const reachY = Math.sqrt((a * sin) ** 2 + (b * cos) ** 2);
  return {
    box: [x - reachX, y - reachY, x + reachX, y + reachY],
    distance: (px, py) => {
      const along = ((px - x) * cos + (py - y) * sin) / a;
      const across = ((py - y) * cos - (px - x) * sin) / b;
      const size = Math.sqrt(along * along + across * across);
      const slope = Math.sqrt((along / a) ** 2 + (across / b) ** 2);
      return slope === 0 ? -Math.min(a, b) : (size * (size - 1)) / slope;
    },
  };
}

/** Whatever is made for each of so many places in a row. */
export function row(count: number, make: (at: number) => Shape): Shape[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
