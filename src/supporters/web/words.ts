import { wordsOf } from '../../web/words.ts';
import supportersEn from '../en.ts';
import supportersFa from '../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

const wordsWith = <Page, Slice extends typeof supportersFa>(page: Page, slice: Slice) => ({
  ...page,
  verb: slice.verbs,
  units: slice.units,
  deductions: slice.deductions,
  qualities: slice.qualities,
});

/** The words of the pages of supporter plans. */
export const useWords = wordsOf(wordsWith(fa, supportersFa), wordsWith(en, supportersEn));

type Words = ReturnType<typeof useWords>;
type Group =
  | 'states'
  | 'coverStates'
  | 'contractStates'
  | 'payStates'
  | 'orderStates'
  | 'qualities'
  | 'act'
  | 'verb'
  | 'units'
  | 'deductions'
  | 'clusters.phases'
  | 'clusters.steps'
  | 'table.verdicts'
  | 'cover.answered';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}
