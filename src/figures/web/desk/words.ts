import financingEn from '../../../financing/en.ts';
import financingFa from '../../../financing/fa.ts';
import permitsEn from '../../../permits/en.ts';
import permitsFa from '../../../permits/fa.ts';
import { wordsOf } from '../../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The desk's own words with those of states and holders, so that they have one name everywhere. */
const wordsWith = <Page, Permit extends typeof permitsFa, Plan extends typeof financingFa>(
  page: Page,
  permit: Permit,
  plan: Plan,
) => ({
  ...page,
  state: permit.states,
  holderName: permit.holders,
  planState: plan.states,
});

/** The words of an office's desk. */
export const useDeskWords = wordsOf(
  wordsWith(fa, permitsFa, financingFa),
  wordsWith(en, permitsEn, financingEn),
);

type Words = ReturnType<typeof useDeskWords>;

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: 'state' | 'planState' | 'holderName', id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}
