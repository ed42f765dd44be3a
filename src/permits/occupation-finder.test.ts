import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeFinder } from './occupation-finder.ts';

type Row = { id: string; name_fa: string; name_en: string; aliases: string };
const csv = readFileSync(new URL('../accounts/data/occupations.csv', import.meta.url));
const rows = parse(csv, { columns: true }) as Row[];
const find = makeFinder(
  rows.map(({ id, name_fa, name_en, aliases }) => ({
    id,
    names: [name_fa, name_en],
    aliases: aliases.split('|').filter(Boolean),
  })),
);

test.for([
  ['خیاط', 'tailoring'],
  ['خياطي', 'tailoring'],
  ['خیاتی', 'tailoring'],
  ['لباس میدوزم', 'dressmaking'],
  ['لباس می‌دوزم', 'dressmaking'],
  ['لباس می دوزم', 'dressmaking'],
  ['قالی', 'carpet-weaving'],
  ['قالیبافی', 'carpet-weaving'],
  ['قالی باف', 'carpet-weaving'],
  ['فرش می‌بافم', 'carpet-weaving'],
  ['شیرینی خونگی', 'sweet-making'],
  ['شیرنی', 'sweet-making'],
  ['کیک می‌پزم', 'cake-baking'],
  ['كيك', 'cake-baking'],
  ['مربا درست می‌کنم', 'jam-making'],
  ['ترشی', 'pickle-making'],
  ['پرورش قارج', 'mushroom-growing'],
  ['نون محلی', 'local-bread-baking'],
  ['عسل', 'beekeeping'],
  ['عروسک میسازم', 'doll-making'],
  ['سوزندوزی', 'needle-embroidery'],
  ['معرق چرم', 'leather-marquetry'],
  ['ژاکت می‌بافم', 'hand-knitting'],
  ['تایپ', 'typing'],
  ['طراحی سایت', 'web-design'],
  ['carpt weaving', 'carpet-weaving'],
  ['TAILOR', 'tailoring'],
] as const)('«%s» finds %s first', ([said, id]) => {
  expect(find(said, 5)[0]?.id).toBe(id);
});

test('who sews clothes is shown tailoring as well', () => {
  expect(find('لباس میدوزم', 6).map(({ id }) => id)).toContain('tailoring');
});

test.for(['', '   ', 'asdfgh', '؟!', '12345'])('«%s» finds nothing', (said) => {
  expect(find(said, 5)).toEqual([]);
});

test('every occupation is found first by its own name', () => {
  const lost = rows.filter(({ id, name_fa }) => find(name_fa, 1)[0]?.id !== id);
  expect(lost.map(({ id }) => id)).toEqual([]);
});

test('no text breaks it, and scores are ordered shares', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (said) => {
      const found = find(said, 8);
      expect(found.length).toBeLessThanOrEqual(8);
      for (const [at, { score }] of found.entries()) {
        expect(score).toBeGreaterThan(0);
        expect(score).toBeLessThanOrEqual(found[at - 1]?.score ?? 1);
      }
    }),
    { numRuns: 60 },
  );
});
