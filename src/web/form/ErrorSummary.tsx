import { useEffect, useRef } from 'react';
import { noConnection, type ProblemDocument, unexpectedAnswer } from '../problem.ts';
import { Icon } from '../ui/Icon.tsx';
import { useShellWords } from '../words.ts';

/** What happened, what was kept and what to do, in words: the server's, or the shell's when it gave none. */
export function useProblemWords(problem: ProblemDocument): { title: string; next: string } {
  const t = useShellWords();
  if (problem.code === noConnection) {
    return { title: t('form.noConnection'), next: t('form.noConnectionNext') };
  }
  if (problem.code === unexpectedAnswer) {
    const id = problem.instance || '—';
    return { title: t('form.unexpected'), next: t('form.unexpectedNext', { id }) };
  }
  return { title: problem.title, next: problem.next ?? '' };
}

/** The field of a JSON pointer: `/person/nationalId` is the field named `person/nationalId`. */
export const fieldName = (pointer: string): string => pointer.replace(/^\//, '');

function FaultLine({ text, id }: { text: string; id: string | undefined }) {
  if (!id) return <li>{text}</li>;
  return (
    <li>
      <a
        className="link"
        href={`#${id}`}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById(id)?.focus();
        }}
      >
        {text}
      </a>
    </li>
  );
}

/** The list of what is wrong, on top of the form; it takes the focus and each line leads to its field. */
export function ErrorSummary({
  problem,
  fieldId,
}: {
  problem: ProblemDocument;
  fieldId: (name: string) => string | undefined;
}) {
  const { title, next } = useProblemWords(problem);
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new problem takes the focus again
  useEffect(() => box.current?.focus(), [problem]);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-2 border-stopped bg-sheet p-4"
    >
      <p className="flex gap-2 font-bold text-stopped">
        <span className="pt-1">
          <Icon name="alert" />
        </span>
        {title}
      </p>
      {problem.faults?.length ? (
        <ul className="list-disc ps-6">
          {problem.faults.map(({ pointer, title: text }) => (
            <FaultLine key={`${pointer} ${text}`} text={text} id={fieldId(fieldName(pointer))} />
          ))}
        </ul>
      ) : null}
      {next ? <p className="text-soft">{next}</p> : null}
    </div>
  );
}
