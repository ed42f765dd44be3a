import { useFormats } from '../../../web/format.ts';
import { wordsOf } from '../../../web/words.ts';
import bazaarsEn from '../../bazaars/en.ts';
import bazaarsFa from '../../bazaars/fa.ts';
import en from './en.ts';
import fa from './fa.ts';
import { fairMeaning } from './meanings.ts';

const wordsWith = <Page, Slice extends typeof bazaarsFa>(page: Page, slice: Slice) => ({
  ...page,
  kinds: slice.fairKinds,
  states: slice.fairStates,
  criteria: slice.criteria,
});

/** The words of the pages of fairs. */
export const useWords = wordsOf(wordsWith(fa, bazaarsFa), wordsWith(en, bazaarsEn));

type Words = ReturnType<typeof useWords>;
type Group = 'states' | 'applicationStates' | 'kinds' | 'criteria';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** Writes rials as toman with their unit. */
export function useToman() {
  const t = useWords();
  const { toman } = useFormats();
  return (rials: string) => t('toman', { amount: toman(rials) });
}

/** A fair's state with its meaning. */
export function useFairState() {
  const t = useWords();
  return (state: string) => ({ meaning: fairMeaning(state), word: wordFor(t, 'states', state) });
}
