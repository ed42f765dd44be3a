import { useFormats } from '../../web/format.ts';
import { wordsOf } from '../../web/words.ts';
import marketEn from '../en.ts';
import marketFa from '../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

const wordsWith = <Page, Slice extends typeof marketFa>(page: Page, slice: Slice) => ({
  ...page,
  verb: slice.verbs,
  orderState: slice.orderStates,
  party: slice.parties,
  transferKind: slice.transferKinds,
  allergen: slice.allergens,
  standing: slice.standings,
});

/** The words of the market's pages. */
export const useWords = wordsOf(wordsWith(fa, marketFa), wordsWith(en, marketEn));

type Words = ReturnType<typeof useWords>;
type Group =
  | 'verb'
  | 'orderState'
  | 'party'
  | 'transferKind'
  | 'allergen'
  | 'standing'
  | 'kinds'
  | 'reach';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** Writes rials as toman with their unit. */
export function useToman(): (rials: string) => string {
  const t = useWords();
  const { toman } = useFormats();
  return (rials) => t('toman', { amount: toman(rials) });
}
