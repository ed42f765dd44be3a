import fc from 'fast-check';
import { expect, test } from 'vitest';
import { multiplesDrawing } from './multiples.ts';
import { type Node, sankeyDrawing } from './sankey.ts';
import { shadeOf, tileDrawing } from './tiles.ts';

const node = (id: string, value: number, parent?: string): Node => ({
  ...{ id, label: id, value, text: String(value), href: `/${id}`, ink: 'chart-1' },
  parent,
});

test('a stream is as high as its number, its parts fill it, and in Persian it runs to the left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 1, max: 900 }), (a, b) => {
      const nodes = [node('all', a + b), node('a', a, 'all'), node('b', b, 'all')];
      for (const rtl of [false, true]) {
        const { shapes, width } = sankeyDrawing(nodes, 900, rtl);
        const rects = shapes.filter((shape) => shape.kind === 'rect');
        expect(rects.map(({ href }) => href)).toEqual(['/all', '/a', '/b']);
        const [all, first, second] = rects.map(({ height }) => height);
        expect(Number(all)).toBeCloseTo(320);
        expect(Number(first)).toBeCloseTo(Math.max(1, (320 * a) / (a + b)));
        expect(Number(second)).toBeCloseTo(Math.max(1, (320 * b) / (a + b)));
        expect(rects[0]?.x).toBe(rtl ? width - 14 : 0);
      }
    }),
  );
});

test('what has nothing in it is not drawn as a stream and opens no list', () => {
  const { shapes } = sankeyDrawing([node('all', 3), node('none', 0, 'all')], 900, true);
  expect(shapes.filter(({ kind }) => kind === 'rect')).toHaveLength(1);
  const tile = { key: 'k', label: 'k', value: 0, text: '0', href: '/k', column: 1, row: 0 };
  const links = tileDrawing([tile]).shapes.filter((one) => one.kind === 'rect' && one.href);
  expect(links).toEqual([]);
});

test('the largest is the darkest, and shades follow the numbers', () => {
  expect([0, 1, 20, 50, 100].map((value) => shadeOf(value, 100))).toEqual([0, 0.12, 0.12, 0.5, 1]);
});

test('small charts share one scale, and time runs with the text', () => {
  const bar = (value: number) => ({ value, words: '', href: undefined });
  const panels = ['x', 'y'].map((key, at) => ({
    ...{ key, label: key, text: '' },
    bars: [bar(at === 0 ? 10 : 5), bar(0)],
  }));
  const heights = (rtl: boolean) =>
    multiplesDrawing(panels, 400, rtl).shapes.flatMap((one) =>
      one.kind === 'rect' && one.ink === 'chart-1' ? [{ x: one.x, height: one.height }] : [],
    );
  const [tall, none, half] = heights(false);
  expect(Number(half?.height)).toBeCloseTo(Number(tall?.height) / 2);
  expect(none?.height).toBe(0);
  const [right, left] = heights(true);
  expect(Number(right?.x)).toBeGreaterThan(Number(left?.x));
});
