import type { Meaning } from '../../web/ui/Status.tsx';
import { wordsOf } from '../../web/words.ts';
import employmentEn from '../en.ts';
import employmentFa from '../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

const wordsWith = <Page, Slice extends typeof employmentFa>(page: Page, slice: Slice) => ({
  ...page,
  state: slice.states,
  relation: slice.relations,
  way: slice.ways,
  kind: slice.evidence,
});

/** The words of the pages of jobs. */
export const useWords = wordsOf(wordsWith(fa, employmentFa), wordsWith(en, employmentEn));

type Words = ReturnType<typeof useWords>;
type Group = 'state' | 'relation' | 'way' | 'kind' | 'recheck' | 'uncounted' | 'act';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

const meanings: { readonly [state: string]: Meaning } = {
  verified: 'done',
  alive: 'done',
  disputed: 'late',
  uncounted: 'stopped',
  ended: 'stopped',
};

/** What the state of a job means to whoever looks after it. */
export const jobMeaning = (state: string): Meaning => meanings[state] ?? 'waiting';
