import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentenceOf } from '../../../test/newspaper.ts';
import type { Claim } from './contract.ts';
import { readAccount } from './find-claims.ts';
import { shippedKnowledge } from './knowledge.ts';

const knowledge = await shippedKnowledge();
const claimsOf = (text: string) => readAccount(text, knowledge).claims;
const told = ({ value, unit, hedge }: Claim) => `${value} ${unit} ${hedge}`;

/** A fixture's entries: lines in groups, without remarks. */
function entriesOf(name: string): string[][] {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.txt`), 'utf8');
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const groups = lines.join('\n').split(/\n{2,}/);
  return groups
    .map((group) => group.split('\n').filter(Boolean))
    .filter(({ length }) => length > 0);
}

const expected = (line = '-') => (line === '-' ? [] : line.split('; '));
const pairs = (lines: string[]) =>
  lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1]]] : []));
const sentences = entriesOf('sentences').flatMap(pairs) as [string, string][];

test.each(sentences)('«%s»', (text, claims) => {
  expect(claimsOf(text).map(told)).toEqual(expected(claims));
});

describe('published accounts', () => {
  test.each(entriesOf('published') as [string, string][])('«%s»', (text, claims) => {
    expect(claimsOf(text).map(told)).toEqual(expected(claims));
  });
});

test('there are enough sentences of our own, and enough numbers in them', () => {
  expect(sentences.length).toBeGreaterThan(60);
  expect(sentences.flatMap(([, claims]) => expected(claims)).length).toBeGreaterThan(120);
});

test.each([...sentences.map(([text]) => text), ...entriesOf('published').map(([text]) => text)])(
  'offsets cut the claims out of the text as it was given: «%s»',
  (text = '') => {
    let last = 0;
    for (const claim of claimsOf(text)) {
      expect(text.slice(claim.start, claim.end)).toBe(claim.text);
      expect(claim.start).toBeGreaterThanOrEqual(last);
      last = claim.end;
    }
  },
);

test('offsets hold where letters are dropped, joined or taken apart on the way', () => {
  const text = '\ufeffاستـــان\u200f 😀 ﻣﺠﻮﺯ‌های: ۱۲\u00a0۳۴۵ طرح\u064b و ﷼';
  const [claim] = claimsOf(text);
  expect(claim && text.slice(claim.start, claim.end)).toBe(claim?.text);
  expect(claim?.text).toContain('۳۴۵');
});

test('a number rendered in any newspaper style is read back with unit, hedge and place', () => {
  fc.assert(
    fc.property(sentenceOf, ({ text, value, unit, hedge, at }) => {
      const claims = claimsOf(text);
      expect(claims.map(told)).toEqual([`${value} ${unit} ${hedge}`]);
      const [claim] = claims;
      expect(claim?.start).toBeLessThanOrEqual(at.start);
      expect(claim?.end).toBeGreaterThanOrEqual(at.end);
    }),
    { numRuns: 3000 },
  );
});

test('any text is read without complaint, and twice alike', () => {
  const pieces = sentences.flatMap(([text]) => text.split(' '));
  const jumble = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 60 });
  fc.assert(
    fc.property(jumble, (words) => {
      const text = words.join(' ');
      const claims = claimsOf(text);
      for (const claim of claims) expect(text.slice(claim.start, claim.end)).toBe(claim.text);
      expect(claimsOf(text)).toEqual(claims);
    }),
    { numRuns: 300 },
  );
});
