import { searchKey } from '../kit/persian-text.ts';

/** How alike a mistyped word has to be to one that is known: of 1, by the trigrams of both. */
const leastLike = 0.4;
const mostLike = 3;

/** The words that products are found by, and the nearest of them to a word that is none. */
export type Vocabulary = {
  /** Whether a product has this very word. */
  readonly has: (word: string) => boolean;
  /** Whether a product has a word that begins so. */
  readonly knows: (beginning: string) => boolean;
  readonly nearest: (word: string) => readonly string[];
};

/** Puts words in order for looking up by beginning and by trigram. Pure. */
export function makeVocabulary(given: readonly string[]): Vocabulary {
  const words = [...new Set(given)].sort();
  const byGram = new Map<string, number[]>();
  const sizes = words.map((word, at) => {
    const grams = gramsOf(word);
    for (const gram of grams) {
      const places = byGram.get(gram);
      if (places) places.push(at);
      else byGram.set(gram, [at]);
    }
    return grams.size;
  });
  return {
    has: (word) => words[firstFrom(words, word)] === word,
    knows: (beginning) => words[firstFrom(words, beginning)]?.startsWith(beginning) ?? false,
    nearest(word) {
      const grams = gramsOf(word);
      const both = new Map<number, number>();
      for (const gram of grams) {
        for (const at of byGram.get(gram) ?? []) both.set(at, (both.get(at) ?? 0) + 1);
      }
      return [...both]
        .map(([at, shared]) => ({ at, like: (2 * shared) / (grams.size + (sizes[at] ?? 0)) }))
        .filter(({ like }) => like >= leastLike)
        .sort((one, other) => other.like - one.like || one.at - other.at)
        .slice(0, mostLike)
        .map(({ at }) => words[at] ?? '');
    },
  };
}

/** The place of the first word that is not before `beginning`. */
function firstFrom(words: readonly string[], beginning: string): number {
  let [low, high] = [0, words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((words[middle] ?? '') < beginning) low = middle + 1;
    else high = middle;
  }
  return low;
}

function gramsOf(word: string): ReadonlySet<string> {
  const padded = `  ${searchKey(word)} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3));
  return grams;
}
