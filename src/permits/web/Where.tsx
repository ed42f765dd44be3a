import { daysBetween, type IsoDate } from '../../kit/jalali.ts';
import { useFormats } from '../../web/format.ts';
import { useToday } from '../../web/session.ts';
import { Sheet, SummaryList, TaskList } from '../../web/ui/Blocks.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Day } from '../../web/ui/Values.tsx';
import { useShellWords } from '../../web/words.ts';
import { Acts } from './Acts.tsx';
import type { Case } from './case.ts';
import { chainOf } from './chain.ts';
import { State } from './State.tsx';
import { useWords, wordFor } from './words.ts';

function Due({ it, today }: { it: Case; today: IsoDate }) {
  const t = useWords();
  const { dueOn, late } = it.where;
  if (!dueOn) return null;
  const days = daysBetween(today, dueOn as IsoDate);
  return (
    <span className="grid justify-items-start gap-1">
      <Day iso={dueOn} />
      {late ? (
        <Status meaning="late">{t('case.dueLate', { days: Math.abs(days) })}</Status>
      ) : (
        <span className="text-sm font-normal text-soft">
          {t('case.dueIn', { days: Math.max(0, days) })}
        </span>
      )}
    </span>
  );
}

/** How far the case has come, from application to job. */
function Chain({ it }: { it: Case }) {
  const t = useWords();
  const shell = useShellWords();
  const { day } = useFormats();
  const tasks = chainOf(it).map(({ name, meaning, on }) => ({
    name: t(`chain.${name}`),
    ...(on ? { note: day(on) } : {}),
    ...(meaning ? { meaning, word: shell(`meaning.${meaning}`) } : {}),
  }));
  return (
    <Sheet title={t('chain.title')} id="chain">
      <TaskList tasks={tasks} />
    </Sheet>
  );
}

function Unlocks({ it }: { it: Case }) {
  const t = useWords();
  const { unlockedBy, holder } = it.where;
  if (holder !== 'nobody' && unlockedBy.length === 0) return null;
  return (
    <div className="pt-4">
      <h3>{t('case.unlocks')}</h3>
      {holder === 'nobody' ? <p className="text-soft">{t('case.ended')}</p> : null}
      <ul className="grid gap-1">
        {(holder === 'nobody' ? [] : unlockedBy).map((verb) => (
          <li key={verb} className="flex items-start gap-2">
            <span className="pt-1 text-accent">
              <Icon name="forward" />
            </span>
            {wordFor(t, 'unlock', verb.replace('permits.', ''))}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The corner that answers first: state, holder, since, deadline, what unlocks it, and what the reader can do. */
export function Where({ it }: { it: Case }) {
  const t = useWords();
  const { label } = useFormats();
  const today = useToday();
  const since = it.where.since as IsoDate;
  return (
    <aside className="grid gap-6 lg:sticky lg:top-24" aria-label={t('case.where')}>
      <Sheet title={t('case.where')} id="where">
        <p className="flex flex-wrap gap-2 pb-3">
          <State state={it.state} />
          {it.planState ? <State of="plan" state={it.planState} /> : null}
        </p>
        <SummaryList
          rows={[
            [
              t('case.holder'),
              label(it.where.holderLabel) || wordFor(t, 'holder', it.where.holder),
            ],
            [
              t('case.since'),
              <span key="since" className="grid">
                <Day iso={since} />
                <span className="text-sm font-normal text-soft">
                  {t('case.days', { days: Math.max(0, daysBetween(since, today)) })}
                </span>
              </span>,
            ],
            [t('case.dueOn'), it.where.dueOn ? <Due key="due" it={it} today={today} /> : null],
          ]}
        />
        <Unlocks it={it} />
      </Sheet>
      <Acts it={it} />
      {it.history.length > 0 ? <Chain it={it} /> : null}
    </aside>
  );
}
