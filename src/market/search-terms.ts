import { compactKey } from '../kit/persian-text.ts';
import { sayings } from '../permits/index.ts';
import { wordsOf } from './rules.ts';
import type { Vocabulary } from './vocabulary.ts';
import endings from './word-endings.json' with { type: 'json' };

/** A word that a product has to have, or one that begins so. */
type Word = { readonly word: string; readonly begins: boolean };

/** One thing that is asked for, in the ways of saying it; each way is words that all have to be there. */
export type Term = {
  /** As it was typed, in its form for searching. */
  readonly typed: string;
  readonly ways: readonly (readonly Word[])[];
};

const JOINER = '\u200c';

/**
 * What somebody asks for, word by word. A word that is written with a joiner is looked for joined or in its parts,
 * and not as three words: they come together nearly always. Pure.
 */
export function termsOf(text: string, vocabulary: Vocabulary): Term[] {
  const terms = text.split(/\s+/).flatMap((token) => {
    const parts = wordsOf([token.replaceAll(JOINER, ' ')]);
    const joined = token.includes(JOINER) ? compactKey(token).replace(/[^\p{L}\p{N}]+/gu, '') : '';
    if (joined === '' || parts.length < 2) return parts.map((word) => termOf(word, vocabulary));
    const term = termOf(joined, vocabulary);
    const apart = parts.map((word) => asWord(word, vocabulary));
    return [{ ...term, ways: [...term.ways, apart] }];
  });
  return [...new Map(terms.map((term) => [term.typed, term])).values()];
}

function termOf(typed: string, vocabulary: Vocabulary): Term {
  const ways = [...new Set(sayings(typed))].flatMap((said) => waysOf(said, vocabulary));
  return { typed, ways };
}

/**
 * A word that products have is looked for as it is, and with the endings of Persian that they have it with; one that
 * none has, as the beginning of others. A whole word's list is followed in the index, while those of everything
 * that begins alike are put together anew each time.
 */
function waysOf(word: string, vocabulary: Vocabulary): Word[][] {
  if (!vocabulary.has(word)) return [[{ word, begins: true }]];
  const inflected = endings.map((ending) => word + ending).filter(vocabulary.has);
  return [word, ...inflected].map((one) => [{ word: one, begins: false }]);
}

const asWord = (word: string, vocabulary: Vocabulary): Word => ({
  word,
  begins: !vocabulary.has(word),
});

/**
 * The terms with the known words nearest to each that no product has, and which those are; undefined where there is
 * nothing to mend. Pure.
 */
export function mendTerms(terms: readonly Term[], vocabulary: Vocabulary) {
  const isKnown = ({ word, begins }: Word) => !begins || vocabulary.knows(word);
  const mended = terms.map((term) => {
    if (term.ways.some((words) => words.every(isKnown))) return { term, taken: [] };
    const near = vocabulary.nearest(term.typed);
    const ways = near.map((word) => [{ word, begins: false }]);
    return { term: { ...term, ways }, taken: near.slice(0, 1) };
  });
  const taken = mended.flatMap((one) => one.taken);
  if (taken.length === 0 || mended.some(({ term }) => term.ways.length === 0)) return undefined;
  return { terms: mended.map(({ term }) => term), taken };
}

/** Terms as a query of the index: each of them, in any of its ways. Pure. */
export function toTsquery(terms: readonly Term[]): string {
  const quoted = ({ word, begins }: Word) =>
    `'${word.replaceAll(/['\\]/g, '')}'${begins ? ':*' : ''}`;
  const way = (words: readonly Word[]) => `(${words.map(quoted).join(' & ')})`;
  return terms.map(({ ways }) => `(${ways.map(way).join(' | ')})`).join(' & ');
}

/** Whether a product with these words is found by the terms, as the index of words would say. Pure. */
export function hasTerms(words: ReadonlySet<string>, terms: readonly Term[]): boolean {
  const has = ({ word, begins }: Word) =>
    begins ? [...words].some((one) => one.startsWith(word)) : words.has(word);
  return terms.every(({ ways }) => ways.some((way) => way.every(has)));
}

/** Where and of which trade somebody wants it. */
export type Filter = {
  readonly province?: number | undefined;
  readonly county?: number | undefined;
  readonly occupation?: string | undefined;
};

/**
 * Place and trade as marks among a product's words, so that the index of words knows them too. They begin with a
 * sign that no word has. Pure.
 */
export function marksOf({ province, county, occupation }: Filter): string[] {
  return [
    ...(province === undefined ? [] : [`#p${province}`]),
    ...(county === undefined ? [] : [`#c${county}`]),
    ...(occupation === undefined ? [] : [`#o${occupation}`]),
  ];
}
