import { compactKey } from '../../kit/persian-text.ts';
import type { Token } from '../../kit/persian-tokens.ts';
import type { Hedge, Unit } from './contract.ts';
import words from './words.json' with { type: 'json' };

/** A set of words in the form in which tokens carry them. */
export type WordSet = ReadonlySet<string>;

const setOf = (list: readonly string[]): WordSet => new Set(list.map(compactKey));

/** Phrases, however they are spaced, each with its meaning. */
function phrasesOf<T extends string>(table: Readonly<Record<T, readonly string[]>>) {
  const found = new Map<string, T>();
  for (const [meaning, list] of Object.entries(table) as [T, readonly string[]][]) {
    for (const phrase of list) found.set(phraseKey(phrase), meaning);
  }
  return found;
}

/** Signs have no letters for `compactKey` to fold. */
const phraseKey = (phrase: string): string => compactKey(phrase) || phrase;

const units = phrasesOf<Unit>(words.units as Record<Unit, string[]>);
const before = phrasesOf<Hedge>(words.hedges as Record<Hedge, string[]>);
const after = phrasesOf<Hedge>(words.hedgesAfter as Record<Hedge, string[]>);
const adverbs = setOf(words.adverbs);
const endings = words.endings.map(compactKey);

/** The word lists that decide what a number is, by name. */
export const lists = {
  trillions: setOf(words.trillions),
  counters: setOf(words.counters),
  kinds: setOf(words.kinds),
  fillers: setOf(words.fillers),
  overVerbs: setOf(words.overVerbs),
  between: setOf(words.between),
  from: setOf(words.from),
  to: setOf(words.to),
  towards: setOf(words.towards),
  and: setOf(words.and),
  or: setOf(words.or),
  vague: setOf(words.vague),
  plural: setOf(words.plural),
  each: setOf(words.each),
  article: setOf(words.article),
  weekday: setOf(words.weekday),
  attached: setOf(words.attached),
  ordinalSigns: setOf(words.ordinalSigns),
  law: setOf(words.law),
  codes: setOf(words.codes),
  stages: setOf(words.stages),
  demonstratives: setOf(words.demonstratives),
  pronouns: setOf(words.pronouns),
  prepositions: setOf(words.prepositions),
  times: setOf(words.times),
  years: setOf(words.years),
  onlyYear: setOf(words.onlyYear),
  months: setOf(words.months),
  eras: setOf(words.eras),
  ages: setOf(words.ages),
  peopleOf: setOf(words.peopleOf),
  only: setOf(words.only),
  ofScale: setOf(words.ofScale),
  persons: setOf(words.persons),
  half: setOf(words.half),
  halfOf: setOf(words.halfOf),
  reached: setOf(words.reached),
  heads: setOf(words.heads),
  moneyNouns: setOf(words.moneyNouns),
  ageWords: setOf(words.ageWords),
  stops: setOf(words.stops),
} as const;

/** What glued words may be cut into besides numbers. */
export const glueWords: WordSet = new Set([
  ...[...units.keys()].filter((key) => key.length > 1),
  ...lists.trillions,
  ...lists.counters,
]);

const longestUnit = 4;

/** The unit that a phrase beginning at a token names, and how many tokens it takes. */
export function unitAt(
  tokens: readonly Token[],
  at: number,
): { readonly unit: Unit; readonly length: number; readonly key: string } | undefined {
  for (let length = longestUnit; length > 0; length -= 1) {
    const part = tokens.slice(at, at + length);
    if (part.length < length || part.some(({ kind }) => kind === 'number')) continue;
    const key = part.map((token) => token.key).join('');
    const unit = units.get(key) ?? (length === 1 ? units.get(stemOf(key)) : undefined);
    if (unit) return { unit, length, key };
  }
  return undefined;
}

/** A noun without plural and ezafe, where what is left is a unit: «طرح‌های» → «طرح». */
export function stemOf(key: string): string {
  for (const ending of endings) {
    const stem = key.endsWith(ending) ? key.slice(0, -ending.length) : '';
    if (stem.length > 1 && units.has(stem)) return stem;
  }
  return key;
}

/** The hedge that ends just before a token, and where it begins. */
export function hedgeBefore(tokens: readonly Token[], end: number) {
  for (let length = 4; length > 0; length -= 1) {
    const from = end - length;
    if (from < 0) continue;
    const part = tokens.slice(from, end);
    if (part.some(({ kind }) => kind !== 'word')) continue;
    const hedge = before.get(part.map(({ key }) => key).join(''));
    if (hedge) return { hedge, from };
  }
  return undefined;
}

/** «دست‌کم برای پنج نفر», «حداکثر به ۲۵ طرح»: an adverb with a preposition between it and the number. */
export function hedgeAround(tokens: readonly Token[], end: number) {
  if (!isOf(lists.prepositions, tokens[end - 1])) return undefined;
  const found = hedgeBefore(tokens, end - 1);
  const text = tokens.slice(found?.from, end - 1).map(({ key }) => key);
  return found && adverbs.has(text.join('')) ? found : undefined;
}

/** The hedge that begins at a token, and where it ends; «و بالاتر از آن» compares with something else. */
export function hedgeAfter(tokens: readonly Token[], start: number) {
  for (let length = 3; length > 0; length -= 1) {
    const key = tokens.slice(start, start + length).map((token) => token.key);
    const hedge = after.get(key.join(''));
    const next = start + length;
    if (hedge && !isOf(lists.from, tokens[next])) return { hedge, next };
  }
  return undefined;
}

/** Whether a token is one of a list's words. */
export function isOf(list: WordSet, token: Token | undefined): boolean {
  return token !== undefined && list.has(token.key);
}

/** Phrases to look for among tokens, however they are spaced. */
export function phraseSet(list: readonly string[]): WordSet {
  return setOf(list);
}

/** Whether one of the phrases begins at a token. */
export function startsWithPhrase(tokens: readonly Token[], at: number, phrases: WordSet): boolean {
  let text = '';
  for (const { kind, key } of tokens.slice(at, at + 5)) {
    if (kind !== 'word') return false;
    text += key;
    if (phrases.has(text)) return true;
  }
  return false;
}
