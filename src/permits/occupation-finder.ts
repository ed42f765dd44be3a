import { compactKey, searchKey } from '../kit/persian-text.ts';
import plain from './finder-words.json' with { type: 'json' };

/** What the finder knows of an occupation: how it is called, first its own names, then by the people. */
export type FinderEntry = {
  readonly id: string;
  readonly names: readonly string[];
  readonly aliases: readonly string[];
};

export type Found = {
  readonly id: string;
  /** 0 to 1; what is under the least is not shown. */
  readonly score: number;
};

type Phrase = {
  readonly compact: string;
  readonly grams: ReadonlySet<string>;
  readonly words: readonly string[];
};
type Known = { readonly id: string; readonly phrases: readonly Phrase[] };

/** An alias that fits as well as a name comes after it. */
const aliasWorth = 0.97;
const leastScore = 0.34;
/** Beside a good answer, far worse ones only confuse. */
const leastOfBest = 0.6;
/** Letters from which a word begins another ("tailor", "tailoring"). */
const leastStem = 3;

const ignored = new Set(plain.ignored.map(compactKey));
const means = new Map(
  Object.entries(plain.means).map(([word, said]) => [compactKey(word), said.map(compactKey)]),
);

/**
 * A finder of occupations by plain words, whole in memory: words a person uses for what they make are
 * put beside names and aliases by equal words, beginnings and trigrams (so typos and joined or split
 * words still meet), rare words weighing more than common ones. Pure: the same words, the same answer.
 */
export function makeFinder(entries: readonly FinderEntry[]) {
  const known = entries.map(toKnown);
  const weight = weights(known.flatMap(({ phrases }) => phrases));
  return (query: string, limit: number): Found[] => {
    const asked = toQuery(query);
    if (asked.words.length === 0) return [];
    const scored = known.map(({ id, phrases }) => ({ id, score: bestOf(asked, phrases, weight) }));
    const least = Math.max(leastScore, leastOfBest * Math.max(...scored.map(({ score }) => score)));
    return scored
      .filter(({ score }) => score >= least)
      .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  };
}

function toKnown({ id, names, aliases }: FinderEntry): Known {
  return { id, phrases: [...names, ...aliases].map(toPhrase) };
}

function toPhrase(text: string): Phrase {
  const compact = compactKey(text);
  return { compact, grams: gramsOf(compact), words: wordsOf(text) };
}

function wordsOf(text: string): string[] {
  return searchKey(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

type Query = Phrase & { readonly wholes: readonly string[] };

/** What was asked, without the words that say nothing; all of them when nothing else is left. */
function toQuery(text: string): Query {
  const all = joinVerbs(wordsOf(text));
  const telling = all.filter((word) => !ignored.has(word));
  const words = telling.length > 0 ? telling : all;
  return { ...toPhrase(words.join(' ')), words, wholes: [compactKey(text), words.join('')] };
}

/** The prefix of the present tense is often a word by itself; its verb is looked up with it. */
function joinVerbs(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && means.has(before + word) && before.length === 2) joined.pop();
    joined.push(before?.length === 2 && means.has(before + word) ? before + word : word);
  }
  return joined;
}

/** Rarer words tell more: the weight of a word falls with the number of phrases that hold it. */
function weights(phrases: readonly Phrase[]): (word: string) => number {
  const counts = new Map<string, number>();
  for (const { words } of phrases) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const most = Math.log(1 + phrases.length);
  return (word) => Math.log(1 + phrases.length / (1 + (counts.get(word) ?? 0))) / most;
}

function bestOf(asked: Query, phrases: readonly Phrase[], weight: (word: string) => number) {
  return phrases.reduce((best, phrase, at) => {
    const score = likeness(asked, phrase, weight) * (at === 0 ? 1 : aliasWorth);
    return Math.max(best, score);
  }, 0);
}

function likeness(asked: Query, phrase: Phrase, weight: (word: string) => number): number {
  if (asked.wholes.includes(phrase.compact)) return 1;
  const covered = coverage(asked.words, phrase.words, weight);
  const filling = coverage(phrase.words, asked.words.flatMap(saidAs), weight);
  const shape = dice(asked.grams, phrase.grams);
  return Math.min(0.99, 0.55 * covered + 0.2 * filling + 0.25 * shape);
}

/** A word, in its form for searching, and what people mean by it: the same words that the finder knows. */
export function sayings(word: string): readonly string[] {
  return saidAs(compactKey(word));
}

/** A word and what it stands for. */
function saidAs(word: string): readonly string[] {
  return [word, ...(means.get(word) ?? [])];
}

/** How much of the words, by weight, finds itself among others. */
function coverage(
  words: readonly string[],
  others: readonly string[],
  weight: (word: string) => number,
): number {
  let sum = 0;
  let found = 0;
  for (const word of words) {
    const worth = weight(word);
    sum += worth;
    found += worth * bestWord(word, others);
  }
  return sum === 0 ? 0 : found / sum;
}

function bestWord(word: string, others: readonly string[]): number {
  const ways = saidAs(word);
  return others.reduce(
    (best, other) =>
      Math.max(best, ...ways.map((way, at) => sameWord(way, other) * (at === 0 ? 1 : 0.92))),
    0,
  );
}

function sameWord(one: string, other: string): number {
  if (one === other) return 1;
  const likenesses = held(wordsHeld, one, () => new Map<string, number>());
  return held(likenesses, other, () => compareWords(one, other));
}

function compareWords(one: string, other: string): number {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= leastStem && long.startsWith(short)) return 0.9;
  if (short.length >= leastStem && long.endsWith(short)) return 0.75;
  const near = dice(gramsOf(one), gramsOf(other));
  return near < 0.4 ? 0 : near * 0.85;
}

/** The trigrams of a text, its beginning and end marked. */
function gramsOf(text: string): ReadonlySet<string> {
  return held(gramsHeld, text, () => {
    const padded = `  ${text} `;
    const grams = new Set<string>();
    for (let at = 0; at + 3 <= padded.length; at += 1) grams.add(padded.slice(at, at + 3));
    return grams;
  });
}

const gramsHeld = new Map<string, ReadonlySet<string>>();
const wordsHeld = new Map<string, Map<string, number>>();
/** What anybody types is remembered, but not for ever. */
const mostHeld = 5000;

function held<V>(memory: Map<string, V>, key: string, make: () => V): V {
  const before = memory.get(key);
  if (before !== undefined) return before;
  if (memory.size >= mostHeld) memory.clear();
  const made = make();
  memory.set(key, made);
  return made;
}

/** Sørensen and Dice: twice what both have, over what each has. */
function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let both = 0;
  for (const gram of one) if (other.has(gram)) both += 1;
  return (2 * both) / (one.size + other.size);
}
