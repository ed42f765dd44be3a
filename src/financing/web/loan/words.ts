import { wordsOf } from '../../../web/words.ts';
import financingEn from '../../en.ts';
import financingFa from '../../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of what a case's page shows of its plans and loans. */
export const useWords = wordsOf(
  { ...fa, state: financingFa.states },
  { ...en, state: financingEn.states },
);

type Words = ReturnType<typeof useWords>;
type Group = 'state' | 'order.state' | 'loan.lineState';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}
