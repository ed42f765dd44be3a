import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marksOf, mendTerms, termsOf, toTsquery } from './search-terms.ts';
import { makeVocabulary } from './vocabulary.ts';

const known = ['مانتو', 'مانتوی', 'گل', 'دار', 'گلدار', 'گلیم', 'زعفران', 'بافی'];
const vocabulary = makeVocabulary(known);
const queryOf = (text: string) => toTsquery(termsOf(text, vocabulary));

test.each([
  ['زعفران', "(('زعفران'))"],
  ['زعف', "(('زعف':*))"],
  ['گل', "(('گل'))"],
  ['گل‌دار', "(('گلدار') | ('گل' & 'دار'))"],
  ['گلدار گلیم', "(('گلدار')) & (('گلیم'))"],
  ['گل گل', "(('گل'))"],
])('%s is asked of the index as %s', (text, query) => {
  expect(queryOf(text)).toBe(query);
});

test('a word that products have is asked for with the endings that they have it with, and in other words', () => {
  const [term] = termsOf('مانتو', vocabulary);
  const words = term?.ways.flat().filter(({ begins }) => !begins);
  expect(words?.map(({ word }) => word)).toEqual(expect.arrayContaining(['مانتو', 'مانتوی']));
});

test('only what no product has is mended, and nothing where nothing is near', () => {
  const mended = mendTerms(termsOf('گلدار زعفرون', vocabulary), vocabulary);
  expect(mended?.taken).toEqual(['زعفران']);
  expect(toTsquery(mended?.terms ?? [])).toBe("(('گلدار')) & (('زعفران'))");
  expect(mendTerms(termsOf('گلدار', vocabulary), vocabulary)).toBeUndefined();
  expect(mendTerms(termsOf('گلدار xyz', vocabulary), vocabulary)).toBeUndefined();
});

test('whatever is typed is a query of words: no quote, no sign and no mark of a place comes through', () => {
  const parts = fc.constantFrom(
    "'",
    '\\',
    ':*',
    '#p4',
    '|',
    '&',
    '!',
    '(',
    '\u200c',
    ' ',
    'گل',
    'p4',
  );
  const anything = fc.oneof(
    fc.string(),
    fc.array(parts).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const rest = queryOf(text).replaceAll(/'[\p{L}\p{N}]+'(?::\*)?/gu, '');
      expect(rest).toMatch(/^[()&| ]*$/);
    }),
  );
  expect(marksOf({ province: 4, county: 401, occupation: 'tailoring' })).toEqual([
    ...['#p4', '#c401', '#otailoring'],
  ]);
});
