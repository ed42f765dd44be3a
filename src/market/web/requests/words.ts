import { useFormats } from '../../../web/format.ts';
import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the pages of requests that several makers fill together. */
export const useWords = wordsOf(fa, en);

type Words = ReturnType<typeof useWords>;

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: 'states' | 'pledgeStates', id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** Writes rials as toman with their unit. */
export function useToman() {
  const t = useWords();
  const { toman } = useFormats();
  return (rials: string) => t('toman', { amount: toman(rials) });
}
