import type { Database, Tx } from '../platform/database.ts';
import { type Commonness, readCommonness } from './commonness.ts';
import { makeVocabulary, type Vocabulary } from './vocabulary.ts';

/** How long what was read is good for, milliseconds: a new word is found by its own spelling at once. */
const freshMs = 60_000;

/** The words of a catalogue, and which of them are common, where that is known. */
export type Known = {
  readonly vocabulary: Vocabulary;
  readonly common: Commonness | undefined;
};

/** The same with the words that it was made of, in the database's order. */
type Read = Known & { readonly words: readonly string[] };
type Held = { readonly read: Promise<Read>; readonly readAt: number };
const held = new WeakMap<Database, Held>();

/** What is known of a database's words, read anew once a minute where it is asked for; meanwhile what was before serves. */
export async function knownOf(database: Database): Promise<Known> {
  const before = held.get(database);
  const now = performance.now();
  if (before && now - before.readAt < freshMs) return before.read;
  const fresh = readAnew(database, before?.read);
  held.set(database, { read: before?.read ?? fresh, readAt: now });
  fresh.then(
    () => held.set(database, { read: fresh, readAt: now }),
    () => held.delete(database),
  );
  return before?.read ?? fresh;
}

/** Putting tens of thousands of words in order takes a moment in which nobody is served: only new ones do. */
async function readAnew(database: Database, before: Promise<Read> | undefined): Promise<Read> {
  const everywhere = { province: 'all', organisation: '', person: '' } as const;
  const words = await database.transaction(everywhere, readWords);
  const common = await readCommonness(database);
  const old = await before;
  const same =
    old?.words.length === words.length && words.every((word, at) => word === old.words[at]);
  return { words, common, vocabulary: same && old ? old.vocabulary : makeVocabulary(words) };
}

async function readWords(tx: Tx): Promise<string[]> {
  const query = tx.selectFrom('catalogue_words').select('word').distinct();
  return (await query.orderBy('word').execute()).map(({ word }) => word);
}
