import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { SummaryList } from '../../web/ui/Blocks.tsx';
import { useWords } from './words.ts';

type Visit = Answer<'/api/visits/{code}'>;
type Question = Visit['checklist']['questions'][number];

/** What is asked, and beside it what was answered; evidence that is no text is said to be there. */
export function Answers({ visit }: { visit: Visit }) {
  const t = useWords();
  const { label, line, digits, day } = useFormats();
  const answers = visit.answers ?? {};
  const wordsOf = ({ kind, choices = [] }: Question, value: unknown) => {
    if (value === undefined) return visit.answers ? null : '—';
    if (kind === 'choice' || kind === 'choices') {
      const chosen = [value].flat();
      return line(
        ...choices.filter(({ id }) => chosen.includes(id)).map((one) => label(one.label)),
      );
    }
    if (kind === 'date') return day(String(value));
    if (kind === 'number') return digits(Number(value));
    return kind === 'text' ? String(value) : t('visit.yes');
  };
  return (
    <SummaryList
      rows={visit.checklist.questions.map((question) => [
        label(question.label),
        wordsOf(question, answers[question.id]),
      ])}
    />
  );
}
