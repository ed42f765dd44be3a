import { useFormats } from '../../web/format.ts';
import { Sheet } from '../../web/ui/Blocks.tsx';
import { Icon, type IconName } from '../../web/ui/Icon.tsx';
import type { Meaning } from '../../web/ui/Status.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Day, Ltr, Money } from '../../web/ui/Values.tsx';
import type { Case } from './case.ts';
import { DecisionFacts } from './decision/DecisionFacts.tsx';
import { meaningOf } from './State.tsx';
import { useWords, wordFor } from './words.ts';

type Line = Case['history'][number];

const icons: Record<Meaning, IconName> = {
  waiting: 'clock',
  done: 'check',
  stopped: 'stop',
  late: 'alert',
};
const colours: Record<Meaning, string> = {
  waiting: 'text-waiting',
  done: 'text-done',
  stopped: 'text-stopped',
  late: 'text-late',
};

function Facts({ line }: { line: Line }) {
  const t = useWords();
  return (
    <div className="grid gap-1">
      {line.rial ? <Money rials={line.rial} /> : null}
      {line.people ? <p>{t('history.people', { people: line.people })}</p> : null}
      <DecisionFacts line={line} />
      {line.reason ? (
        <blockquote className="border-s-4 border-line ps-3">
          <span className="sr-only">{t('history.reason')}: </span>
          {line.reason}
        </blockquote>
      ) : null}
    </div>
  );
}

function Chain({ line }: { line: Line }) {
  const t = useWords();
  const { day, time } = useFormats().instant(line.recordedAt);
  return (
    <details className="text-sm text-soft">
      <summary className="w-fit underline decoration-dotted underline-offset-4">
        {t('history.recordedAt', { day: `\u2066${day}\u2069`, time: `\u2066${time}\u2069` })}
      </summary>
      <p>{t('history.hashHint')}</p>
      <p className="break-all">
        {t('history.hash')}: <Ltr>{line.hash}</Ltr>
      </p>
    </details>
  );
}

/** The sign of a step on the rail that joins it to the one before. */
function Rail({ line }: { line: Line }) {
  const meaning = meaningOf(line.to);
  return (
    <>
      <span
        aria-hidden="true"
        className="absolute start-[0.6875rem] top-7 bottom-0 border-s-2 border-line in-[li:last-child]:hidden"
      />
      <span className={`z-10 self-start bg-sheet pt-0.5 ${colours[meaning]}`}>
        <Icon name={line.takesBack ? 'undo' : icons[meaning]} size={24} />
      </span>
    </>
  );
}

function Step({ line }: { line: Line }) {
  const t = useWords();
  const formats = useFormats();
  const who = formats.line(formats.label(line.actor), formats.label(line.organisation?.label));
  const taken = line.takenBack
    ? ({ meaning: 'stopped', word: t('history.takenBack') } as const)
    : line.takesBack
      ? ({ meaning: 'late', word: t('history.takesBack') } as const)
      : null;
  return (
    <li className="relative grid grid-cols-[1.5rem_minmax(0,1fr)] gap-x-4 pb-6 last:pb-0">
      <Rail line={line} />
      <div className="grid min-w-0 gap-1">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className={`font-semibold ${line.takenBack ? 'text-soft line-through' : ''}`}>
            {wordFor(t, 'verb', line.verb)}
          </span>
          <span className="text-soft">
            <Day iso={line.happenedOn} />
          </span>
        </div>
        {taken ? (
          <p>
            <Status meaning={taken.meaning}>{taken.word}</Status>
          </p>
        ) : null}
        {who ? <p className="text-soft">{who}</p> : null}
        <Facts line={line} />
        <Chain line={line} />
      </div>
    </li>
  );
}

/** Every step of the case, the newest first: what, when it took effect, who, why, and its place in the chain. */
export function History({ it }: { it: Case }) {
  const t = useWords();
  const lines = [...it.history].sort((a, b) => b.seq - a.seq);
  return (
    <Sheet title={t('case.history')} id="history">
      <ol>
        {lines.map((line) => (
          <Step key={line.seq} line={line} />
        ))}
      </ol>
    </Sheet>
  );
}
