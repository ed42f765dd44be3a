import { useFormats } from '../../../web/format.ts';
import { usePhone } from './app-state.ts';
import { RecordState } from './State.tsx';
import type { KeptRecord } from './shapes.ts';
import { problemWords, useWords, wordFor } from './words.ts';

/** One record as the phone knows it: what it says, when, where it stands, and what the server objects to. */
export function RecordLine({ record }: { record: KeptRecord }) {
  const t = useWords();
  const { line, instant, digits } = useFormats();
  const clockOffMs = usePhone()?.clockOffMs ?? 0;
  const { sent, draft, problem, seq, madeAt } = record;
  const { day, time } = instant(new Date(madeAt + clockOffMs).toISOString());
  const said = problem ? problemWords(t, problem.code) : undefined;
  const next = record.state === 'conflict' ? t('sent.officeDecides') : said?.next;
  return (
    <li className="grid gap-1 border-b border-line p-3 last:border-b-0">
      <span className="flex flex-wrap items-baseline justify-between gap-2">
        <span className="text-lg font-semibold">{draft.name}</span>
        <RecordState record={record} />
      </span>
      <span>
        {line(
          wordFor(t, 'stage', draft.stage),
          t(`outcome.${sent.verb.replace('supervision.', '') as 'pass'}`),
        )}
      </span>
      <span className="text-sm text-soft">
        {line(t('sent.number', { seq: digits(seq) }), day, time)}
        {sent.photos.length > 0
          ? ` · ${t('sent.photos', { count: digits(sent.photos.length) })}`
          : ''}
      </span>
      {said ? (
        <span>
          <span className="block font-semibold">{said.title}</span>
          {next ? <span className="block text-soft">{next}</span> : null}
        </span>
      ) : null}
    </li>
  );
}
