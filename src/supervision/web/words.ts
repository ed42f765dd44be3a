import { wordsOf } from '../../web/words.ts';
import supervisionEn from '../en.ts';
import supervisionFa from '../fa.ts';
import en from './en.ts';
import fa from './fa.ts';

const wordsWith = <Page, Slice extends typeof supervisionFa>(page: Page, slice: Slice) => ({
  ...page,
  state: slice.states,
  stage: slice.stages,
  channel: slice.channels,
  deviation: slice.deviations,
  deviationState: slice.deviationStates,
  measure: slice.measures,
  verb: slice.verbs,
  problems: slice.problems,
});

/** The words of the pages of supervision. */
export const useWords = wordsOf(wordsWith(fa, supervisionFa), wordsWith(en, supervisionEn));

type Words = ReturnType<typeof useWords>;
type Group =
  | 'state'
  | 'stage'
  | 'channel'
  | 'deviation'
  | 'waits'
  | 'deviationState'
  | 'measure'
  | 'verb'
  | 'records.states'
  | 'parties.states'
  | 'ofCase.waits'
  | 'ofCase.act'
  | 'sample.sign'
  | 'form.kind'
  | 'form.fault';

/** The word of a group for an id; the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** What a problem of this slice is called; its code where there is no word for it. */
export function problemTitle(t: Words, code: string): string {
  const key = `problems.${code.replace(/^supervision\./, '')}.title` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : code;
}
