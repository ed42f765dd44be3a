import type { ReactNode } from 'react';
import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { SummaryList } from '../../web/ui/Blocks.tsx';
import { Ltr } from '../../web/ui/Values.tsx';
import type { Place, Signature } from '../checklist-rules.ts';
import { useWords } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Question = Visit['checklist']['questions'][number];

/** A picture that came from a phone, for whoever sees its visit. */
function Picture({ visit, sha256, name }: { visit: string; sha256: string; name: string }) {
  const src = `/api/field-photos/${sha256}?visit=${visit}`;
  return (
    <a href={src} target="_blank" rel="noreferrer">
      <img src={src} alt={name} loading="lazy" className="max-h-40 rounded-md border border-line" />
    </a>
  );
}

function Signed({ visit, signatures }: { visit: string; signatures: readonly Signature[] }) {
  const { line } = useFormats();
  return signatures.map(({ name, organisation, sha256 }) => (
    <div key={sha256 ?? name} className="pb-2">
      {line(name, organisation)}
      {sha256 ? <Picture visit={visit} sha256={sha256} name={name} /> : null}
    </div>
  ));
}

function Where({ place: { latE6, lonE6, accuracyM } }: { place: Place }) {
  const t = useWords();
  const { digits } = useFormats();
  return (
    <>
      <Ltr>
        {digits((latE6 / 1e6).toFixed(5))} , {digits((lonE6 / 1e6).toFixed(5))}
      </Ltr>{' '}
      {t('visit.accuracy', { metres: digits(accuracyM) })}
    </>
  );
}

/** What was answered to a question, in words or pictures. */
function useAnswerWords(visit: string | null) {
  const t = useWords();
  const { label, line, digits, day } = useFormats();
  return ({ kind, choices = [], label: asked }: Question, value: unknown): ReactNode => {
    switch (kind) {
      case 'choice':
      case 'choices': {
        const chosen = [value].flat();
        return line(...choices.flatMap((one) => (chosen.includes(one.id) ? label(one.label) : [])));
      }
      case 'date':
        return day(String(value));
      case 'number':
        return digits(Number(value));
      case 'text':
        return String(value);
      case 'place':
        return <Where place={value as Place} />;
    }
    if (visit === null) return t('visit.yes');
    if (kind === 'signature') return <Signed visit={visit} signatures={value as Signature[]} />;
    const name = label(asked);
    return (value as string[]).map((sha256) => (
      <Picture key={sha256} visit={visit} sha256={sha256} name={name} />
    ));
  };
}

/**
 * What is asked, and beside it what was answered.
 * @param visit the code of the visit whose pictures are shown; null where they have no visit yet
 */
export function AnswerList({
  questions,
  answers,
  visit,
}: {
  questions: readonly Question[];
  answers: { readonly [question: string]: unknown } | null;
  visit: string | null;
}) {
  const { label } = useFormats();
  const wordsOf = useAnswerWords(visit);
  return (
    <SummaryList
      rows={questions.map((question) => {
        const value = answers?.[question.id];
        if (value === undefined) return [label(question.label), answers ? null : '—'];
        return [label(question.label), wordsOf(question, value)];
      })}
    />
  );
}
