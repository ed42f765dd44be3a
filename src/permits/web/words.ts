import { wordsOf } from '../../web/words.ts';
import en from './en.ts';
import fa from './fa.ts';

/** The words of the pages about cases. */
export const useWords = wordsOf(fa, en);

type Words = ReturnType<typeof useWords>;

/** The words of a group (`state`, `kind`, …) by id; an id without a word is shown as it is. */
export function wordFor(
  t: Words,
  group: 'state' | 'kind' | 'sex' | 'area' | 'holder' | 'relation',
  id: string,
): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** The name of a verb such as `permits.grant`, as history and buttons say it. */
export function verbFor(t: Words, group: 'verb' | 'unlock' | 'act.confirm', verb: string): string {
  const key = `${group}.${verb}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : '';
}
