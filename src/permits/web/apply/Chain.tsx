import { useFormats } from '../../../web/format.ts';
import { Sheet, TaskList } from '../../../web/ui/Blocks.tsx';
import type { Meaning } from '../../../web/ui/Status.tsx';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';
import { useLimitWords } from './About.tsx';
import type { About } from './draft.ts';
import { useApplyWords } from './words.ts';

type Place = 'submitted' | 'agency' | 'clearance' | 'directorate' | 'issued';

/** How far along the chain a case is in each of its states; the rest have left the chain. */
const places: { readonly [state: string]: Place } = {
  submitted: 'agency',
  needs_correction: 'agency',
  refused: 'agency',
  upheld: 'agency',
  clearance: 'clearance',
  objected: 'directorate',
  agency_signed: 'directorate',
  issued: 'issued',
};

const stopped: readonly string[] = ['refused', 'upheld', 'withdrawn', 'revoked', 'ended', 'void'];

/** The links of this application's chain, in their order. */
const chainOf = (about: About): Place[] =>
  about.clearances.length > 0
    ? ['submitted', 'agency', 'clearance', 'directorate', 'issued']
    : ['submitted', 'agency', 'directorate', 'issued'];

/** The whole way of an application in words: what is done, where it is now, and what comes next. */
export function Chain({ it, about }: { it: Case; about: About }) {
  const t = useApplyWords();
  const { label, line } = useFormats();
  const noteOf = useNote(it, about);
  const cleared = it.clearances.length > 0 && it.clearances.every((one) => one.state === 'cleared');
  const order = chainOf(about);
  const at = places[it.state] ?? (it.permit ? 'issued' : 'agency');
  const values = {
    agency: label(about.agency.label),
    bodies: line(...about.clearances.map((one) => label(one.label))),
  };
  const tasks = order.map((place, index) => {
    const passed = index < order.indexOf(at) || (place === 'clearance' && cleared);
    const here = place === at && !(place === 'clearance' && cleared);
    const done = passed || (here && place === 'issued');
    const sign: Meaning = done ? 'done' : stopped.includes(it.state) ? 'stopped' : 'waiting';
    return {
      name: t(`case.chain.${place}`, values),
      note: here && !done ? <Here it={it} /> : noteOf(place, done),
      ...(done || here ? { meaning: sign, word: t(done ? 'case.done' : 'case.now') } : {}),
    };
  });
  return (
    <Sheet title={t('case.where')} id="chain">
      <TaskList tasks={tasks} />
    </Sheet>
  );
}

/** What is said of a link where the case is not: the day it was sent, or how long the link takes. */
function useNote(it: Case, about: About) {
  const t = useApplyWords();
  const { day } = useFormats();
  const limit = useLimitWords();
  const times = {
    submitted: null,
    agency: about.days.agency,
    clearance: about.days.clearance,
    directorate: about.days.directorate,
    issued: null,
  };
  return (place: Place, done: boolean) => {
    if (place === 'submitted' && it.submittedOn) return day(it.submittedOn);
    const time = times[place];
    return !done && time ? t('case.usual', { time: limit(time) }) : null;
  };
}

/** Who holds the case, since when, and until when. */
function Here({ it }: { it: Case }) {
  const t = useApplyWords();
  const words = useWords();
  const { label, day } = useFormats();
  const { holder, holderLabel, since, dueOn } = it.where;
  if (holder === 'nobody') return wordFor(words, 'state', it.state);
  const who = label(holderLabel) || wordFor(words, 'holder', holder);
  return (
    <>
      {holder === 'applicant'
        ? t('case.withYou')
        : t('case.holder', { holder: who, day: day(since) })}
      {dueOn ? <span className="block">{t('case.due', { day: day(dueOn) })}</span> : null}
    </>
  );
}
