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

/** The whole way of an application in words: what is done, where it is now, and what comes next. */
export function Chain({ it, about }: { it: Case; about: About }) {
  const t = useApplyWords();
  const { label, line, day } = useFormats();
  const limit = useLimitWords();
  const cleared = it.clearances.length > 0 && it.clearances.every((one) => one.state === 'cleared');
  const order: Place[] = ['submitted', 'agency'];
  if (about.clearances.length > 0) order.push('clearance');
  order.push('directorate', 'issued');
  const at = places[it.state] ?? (it.permit ? 'issued' : 'agency');
  const times = {
    submitted: null,
    agency: about.days.agency,
    clearance: about.days.clearance,
    directorate: about.days.directorate,
    issued: null,
  };
  const values = {
    agency: label(about.agency.label),
    bodies: line(...about.clearances.map((one) => label(one.label))),
  };
  const tasks = order.map((place, index) => {
    const passed = index < order.indexOf(at) || (place === 'clearance' && cleared);
    const here = place === at && !(place === 'clearance' && cleared);
    const done = passed || (here && place === 'issued');
    const time = times[place];
    const sign: Meaning = done ? 'done' : stopped.includes(it.state) ? 'stopped' : 'waiting';
    const note =
      place === 'submitted' && it.submittedOn
        ? day(it.submittedOn)
        : here && !done
          ? null
          : !done && time
            ? t('case.usual', { time: limit(time) })
            : null;
    return {
      name: t(`case.chain.${place}`, values),
      note: here && !done ? <Here it={it} /> : note,
      ...(done || here ? { meaning: sign, word: t(done ? 'case.done' : 'case.now') } : {}),
    };
  });
  return (
    <Sheet title={t('case.where')} id="chain">
      <TaskList tasks={tasks} />
    </Sheet>
  );
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
