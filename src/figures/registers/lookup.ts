import { searchKey } from '../../kit/persian-text.ts';
import words from './words.json' with { type: 'json' };

/** The reference lists that registers name things from. */
export type LookupKind = 'county' | 'agency' | 'bank' | 'occupation';

/** Ids as the record keeps them: a county's is a number, the others' a code. */
export interface LookupIds {
  county: number;
  agency: string;
  bank: string;
  occupation: string;
}

/** One row of a reference list with every name it goes by, in any language. */
export type LookupRow = {
  readonly [K in LookupKind]: {
    readonly kind: K;
    readonly id: LookupIds[K];
    readonly names: readonly string[];
  };
}[LookupKind];

/** The id a text means, 'ambiguous' when it fits several, undefined when it fits none. */
export type Found<Id> = { readonly id: Id } | 'ambiguous' | undefined;

export interface Lookup {
  find<K extends LookupKind>(kind: K, text: string): Found<LookupIds[K]>;
}

const MOST_REMEMBERED = 20_000;

/** Names as written, and names without the words that every office adds or leaves out. */
interface NameIndex {
  readonly whole: Map<string, Set<string | number>>;
  readonly bare: Map<string, Set<string | number>>;
  readonly answers: Map<string, Found<string | number>>;
}

/**
 * Finds counties, agencies, banks and occupations by the names that people write: `compactKey`
 * spelling, with or without «و», and, when that finds nothing, without generic words before («اداره
 * کل», «بانک», «شهرستان») or after («استان …», «شعبه …») the name proper. A whole name always wins
 * over a bare one; a text that fits several rows equally well is ambiguous, never the first.
 */
export function buildLookup(rows: Iterable<LookupRow>): Lookup {
  const indexes: Record<LookupKind, NameIndex> = {
    county: emptyIndex(),
    agency: emptyIndex(),
    bank: emptyIndex(),
    occupation: emptyIndex(),
  };
  for (const row of rows) {
    for (const name of row.names) addName(indexes[row.kind], row.kind, row.id, name);
  }
  return {
    find<K extends LookupKind>(kind: K, text: string): Found<LookupIds[K]> {
      return findName(indexes[kind], kind, text) as Found<LookupIds[K]>;
    },
  };
}

function emptyIndex(): NameIndex {
  return { whole: new Map(), bare: new Map(), answers: new Map() };
}

function addName(index: NameIndex, kind: LookupKind, id: string | number, name: string): void {
  const split = wordsOf(name);
  for (const key of keysOf(split)) addKey(index.whole, key, id);
  for (const key of bareKeys(kind, split)) addKey(index.bare, key, id);
}

function addKey(map: Map<string, Set<string | number>>, key: string, id: string | number): void {
  if (key === '') return;
  const ids = map.get(key);
  if (ids) ids.add(id);
  else map.set(key, new Set([id]));
}

function findName(index: NameIndex, kind: LookupKind, text: string): Found<string | number> {
  const known = index.answers.get(text);
  if (known !== undefined || index.answers.has(text)) return known;
  const split = wordsOf(text);
  const keys = [...keysOf(split), ...bareKeys(kind, split)];
  const answer = firstOf(index.whole, keys) ?? firstOf(index.bare, keys);
  // A register repeats a few names; a hostile one must not fill the memory with its own.
  if (index.answers.size >= MOST_REMEMBERED) index.answers.clear();
  index.answers.set(text, answer);
  return answer;
}

function firstOf(
  map: Map<string, Set<string | number>>,
  keys: readonly string[],
): Found<string | number> {
  for (const key of keys) {
    const ids = map.get(key);
    if (!ids) continue;
    const [id] = ids;
    return ids.size === 1 && id !== undefined ? { id } : 'ambiguous';
  }
  return undefined;
}

function wordsOf(text: string): string[] {
  const bare = searchKey(text).replace(/[^\p{L}\p{N}]+/gu, ' ');
  return bare.trim().split(' ');
}

function keysOf(name: readonly string[]): string[] {
  const whole = name.join('');
  const withoutAnd = name.filter((word) => word !== words.and).join('');
  return whole === withoutAnd ? [whole] : [whole, withoutAnd];
}

const BEFORE = phrases(words.before_name);
const AFTER = phrases(words.after_name);
const END = phrases(words.end_of_name);

type Phrases = Readonly<Record<LookupKind, readonly (readonly string[])[]>>;

function phrases(lists: Readonly<Record<LookupKind, readonly string[]>>): Phrases {
  const split = (list: readonly string[]): string[][] => list.map(wordsOf);
  return {
    county: split(lists.county),
    agency: split(lists.agency),
    bank: split(lists.bank),
    occupation: split(lists.occupation),
  };
}

/** Keys of the name without what is generic, the more specific first; none when nothing is left. */
function bareKeys(kind: LookupKind, name: readonly string[]): string[] {
  const cut = cutAfter(name, AFTER[kind]);
  const bare = dropStart(cut, BEFORE[kind]);
  const shortest = dropEnd(bare, END[kind]);
  return [...new Set([cut, bare, shortest].flatMap(keysOf))].filter((key) => key !== '');
}

function cutAfter(name: readonly string[], marks: Phrases[LookupKind]): readonly string[] {
  const at = name.findIndex(
    (_, index) => index > 0 && marks.some((mark) => isAt(name, mark, index)),
  );
  return at === -1 ? name : name.slice(0, at);
}

function dropStart(name: readonly string[], marks: Phrases[LookupKind]): readonly string[] {
  const mark = marks.find((one) => name.length > one.length && isAt(name, one, 0));
  return mark ? dropStart(name.slice(mark.length), marks) : name;
}

function dropEnd(name: readonly string[], marks: Phrases[LookupKind]): readonly string[] {
  const mark = marks.find(
    (one) => name.length > one.length && isAt(name, one, name.length - one.length),
  );
  return mark ? dropEnd(name.slice(0, -mark.length), marks) : name;
}

function isAt(name: readonly string[], mark: readonly string[], index: number): boolean {
  return mark.every((word, offset) => name[index + offset] === word);
}
