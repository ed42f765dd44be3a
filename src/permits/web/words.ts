import platformEn from '../../platform/en.ts';
import platformFa from '../../platform/fa.ts';
import { wordsOf } from '../../web/words.ts';
import permitsEn from '../en.ts';
import permitsFa from '../fa.ts';
import decisionEn from './decision/en.ts';
import decisionFa from './decision/fa.ts';
import en from './en.ts';
import fa from './fa.ts';
import visitsEn from './supervision/en.ts';
import visitsFa from './supervision/fa.ts';
import supporterEn from './supporters/en.ts';
import supporterFa from './supporters/fa.ts';

/** The pages' own words with those that the server says too, so that a state has one name everywhere. */
const wordsWith = <
  Page extends {
    readonly verb: object;
    readonly visitVerb: object;
    readonly supporterVerb: object;
    readonly jobVerb: object;
  },
  Permit extends typeof permitsFa,
  Platform,
>(
  page: Page,
  permit: Permit,
  platform: Platform,
) => ({
  ...page,
  kind: permit.kinds,
  state: permit.states,
  holder: permit.holders,
  verb: {
    ...page.verb,
    supervision: { ...page.visitVerb },
    supporters: { ...page.supporterVerb },
    employment: { ...page.jobVerb },
    permits: permit.verbs,
  },
  problem: { platform, permits: permit.problems },
});

/** The words of the pages about cases. */
export const useWords = wordsOf(
  wordsWith({ ...fa, ...decisionFa, ...visitsFa, ...supporterFa }, permitsFa, platformFa.problems),
  wordsWith({ ...en, ...decisionEn, ...visitsEn, ...supporterEn }, permitsEn, platformEn.problems),
);

export type Words = ReturnType<typeof useWords>;

type Group =
  | 'kind'
  | 'sex'
  | 'area'
  | 'holder'
  | 'relation'
  | 'state'
  | 'planState'
  | 'verb'
  | 'unlock'
  | 'field'
  | 'clearance.state'
  | 'act.button'
  | 'act.confirm';

/** The word of a group (`state`, `verb`, …) for an id (`permits.grant`); the id itself when there is none. */
export function wordFor(t: Words, group: Group, id: string): string {
  const key = `${group}.${id}` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : id;
}

/** What stands in the way, by the code of the problem that trying would give. */
export function whyNot(t: Words, code: string): string {
  const [slice, name] = code.split('.');
  const key = `problem.${slice}.${name}.title` as Parameters<Words>[0];
  return t.has(key) ? String(t.raw(key)) : code;
}
