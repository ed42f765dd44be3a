import { useFormats } from '../../../web/format.ts';
import { wordsOf } from '../../../web/words.ts';
import materialsEn from '../../materials/en.ts';
import materialsFa from '../../materials/fa.ts';
import en from './en.ts';
import fa from './fa.ts';
import { purchaseMeaning } from './meanings.ts';
import { quantityWords } from './quantity.ts';

const wordsWith = <Page, Slice extends typeof materialsFa>(page: Page, slice: Slice) => ({
  ...page,
  verb: slice.verbs,
  units: slice.units,
});

/** The words of the pages of raw materials. */
export const useWords = wordsOf(wordsWith(fa, materialsFa), wordsWith(en, materialsEn));

type Words = ReturnType<typeof useWords>;
type Group = 'verb' | 'units' | 'states' | 'needStates' | 'offerStates' | 'kinds' | 'standings';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** Writes a quantity of a material with its unit. */
export function useQuantity() {
  const t = useWords();
  const formats = useFormats();
  return (thousandths: number, unit: string) =>
    t('quantityOf', {
      quantity: quantityWords(formats, thousandths),
      unit: wordFor(t, 'units', unit),
    });
}

/** Writes rials as toman with their unit. */
export function useToman() {
  const t = useWords();
  const { toman } = useFormats();
  return (rials: string) => t('toman', { amount: toman(rials) });
}

/** A purchase's state with its meaning. */
export function usePurchaseState() {
  const t = useWords();
  return (state: string) => ({
    meaning: purchaseMeaning(state),
    word: wordFor(t, 'states', state),
  });
}
