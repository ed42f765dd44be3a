import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeVocabulary } from './vocabulary.ts';

const words = ['زعفران', 'شیرینی', 'گلیم', 'مانتو', 'مربا'];
const vocabulary = makeVocabulary(words);

test.each([
  ['زعفرون', 'زعفران'],
  ['شیرنی', 'شیرینی'],
  ['مانطو', 'مانتو'],
])('%s is taken for %s', (typed, meant) => {
  expect(vocabulary.nearest(typed)[0]).toBe(meant);
});

test('what is like nothing is taken for nothing', () => {
  expect(vocabulary.nearest('xyz')).toEqual([]);
});

test('a beginning is known exactly if a word begins with it', () => {
  const letters = fc.string({ unit: fc.constantFrom('ا', 'ب', 'پ'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(letters), letters, (given, beginning) => {
      const known = given.some((word) => word.startsWith(beginning));
      expect(makeVocabulary(given).knows(beginning)).toBe(known);
    }),
  );
});
