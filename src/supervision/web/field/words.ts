import { wordsOf } from '../../../web/words.ts';
import supervisionEn from '../../en.ts';
import supervisionFa from '../../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

const withSlice = <Page, Slice extends typeof supervisionFa>(page: Page, slice: Slice) => ({
  ...page,
  problems: slice.problems,
  stage: slice.stages,
  deviation: slice.deviations,
});

/** The words of the inspector's app. */
export const useWords = wordsOf(withSlice(fa, supervisionFa), withSlice(en, supervisionEn));

type Words = ReturnType<typeof useWords>;

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: 'stage' | 'deviation' | 'fault', id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** What a problem that the server named says; its code where this slice has no word for it. */
export function problemWords(t: Words, code: string): { title: string; next: string } {
  const at = (part: 'title' | 'next') => {
    const key = `problems.${code.replace(/^supervision\./, '')}.${part}` as Parameters<Words>[0];
    return t.has(key) ? String(t.raw(key)) : '';
  };
  return { title: at('title') || code, next: at('next') };
}
