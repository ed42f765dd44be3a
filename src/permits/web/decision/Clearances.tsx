import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import { Ltr } from '../../../web/ui/Values.tsx';
import type { Case } from '../case.ts';
import { useWords, wordFor } from '../words.ts';

type Line = Case['clearances'][number];

const meanings: { readonly [state: string]: Meaning } = { cleared: 'done', denied: 'stopped' };

function Answer({ line }: { line: Line }) {
  const t = useWords();
  const { label, digits } = useFormats();
  return (
    <>
      {line.reference ? (
        <p>
          {t('clearance.reference')}: <Ltr>{line.reference}</Ltr>
        </p>
      ) : null}
      {line.condition ? (
        <p>
          {t('history.condition', {
            number: digits(line.condition.number),
            label: label(line.condition.label),
          })}
        </p>
      ) : null}
      {line.reason ? (
        <blockquote className="border-s-4 border-line ps-3">{line.reason}</blockquote>
      ) : null}
    </>
  );
}

/** Who has been asked to clear the case, since when, and what they said; nothing where nobody has to. */
export function Clearances({ it }: { it: Case }) {
  const t = useWords();
  const { label, day, line: joined } = useFormats();
  if (it.clearances.length === 0) return null;
  const dated = (line: Line) =>
    joined(
      line.askedOn ? t('clearance.askedOn', { day: day(line.askedOn) }) : '',
      line.answeredOn ? t('clearance.answeredOn', { day: day(line.answeredOn) }) : '',
      line.dueOn && !line.answeredOn ? t('clearance.dueOn', { day: day(line.dueOn) }) : '',
    );
  return (
    <Sheet title={t('clearance.title')} id="clearances">
      <ul>
        {it.clearances.map((line) => (
          <li key={line.body.id} className="grid gap-1 border-b border-line py-3 last:border-b-0">
            <span className="flex flex-wrap items-center justify-between gap-x-4">
              <span className="font-semibold">{label(line.body.label)}</span>
              <Status meaning={line.late ? 'late' : (meanings[line.state] ?? 'waiting')}>
                {wordFor(t, 'clearance.state', line.state)}
              </Status>
            </span>
            <span className="text-sm text-soft">{dated(line)}</span>
            <Answer line={line} />
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
