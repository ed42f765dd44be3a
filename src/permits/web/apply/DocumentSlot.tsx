import { useId, useRef, useState } from 'react';
import { useProblemWords } from '../../../web/form/ErrorSummary.tsx';
import { useFormats } from '../../../web/format.ts';
import { noConnection, type ProblemDocument, problemOf } from '../../../web/problem.ts';
import { Progress } from '../../../web/ui/Blocks.tsx';
import { Button, buttonClass } from '../../../web/ui/Button.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { type Meaning, Status } from '../../../web/ui/Status.tsx';
import type { Draft } from './draft.ts';
import { begin, finish, type Sending, type Target } from './upload.ts';
import { useApplyWords } from './words.ts';

export type Sent = Draft['documents'][number];

const meanings: { readonly [state: string]: Meaning } = {
  kept: 'done',
  refused: 'stopped',
  checking: 'waiting',
};

/** A document's state in its one colour and word. */
export function DocumentState({ sent }: { sent: Sent | undefined }) {
  const t = useApplyWords();
  const word = sent && sent.state in meanings ? (sent.state as 'kept' | 'refused') : 'missing';
  return <Status meaning={meanings[word] ?? 'late'}>{t(`documents.${word}`)}</Status>;
}

function useUpload(target: Target, onDone: () => void) {
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<ProblemDocument | null>(null);
  const sending = useRef<Sending | null>(null);
  const run = async (file?: Blob) => {
    setProblem(null);
    setShare(0);
    try {
      if (file) sending.current = await begin(target, file);
      if (sending.current) await finish(sending.current, setShare);
      sending.current = null;
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setShare(null);
  };
  return { share, problem, run, waits: problem !== null && sending.current !== null };
}

function Trouble({ problem }: { problem: ProblemDocument }) {
  const t = useApplyWords();
  const { title, next } = useProblemWords(problem);
  return (
    <p role="alert" className="font-semibold text-stopped">
      {problem.code === noConnection ? t('documents.failed') : `${title} ${next}`}
    </p>
  );
}

/** The place of one document: what it is, whether it came, and the way to send it. */
export function DocumentSlot({
  name,
  target,
  sent,
  onDone,
}: {
  name: string;
  target: Target;
  sent: Sent | undefined;
  onDone: () => void;
}) {
  const t = useApplyWords();
  const { percent } = useFormats();
  const id = useId();
  const { share, problem, run, waits } = useUpload(target, onDone);
  return (
    <li className="grid gap-2 border-b border-line py-4 last:border-b-0">
      <Heading id={id} name={name} sent={sent} />
      <Fault sent={sent} />
      {problem ? <Trouble problem={problem} /> : null}
      {share === null ? (
        <Picker id={id} sent={sent} onPick={(file) => void run(file)} />
      ) : (
        <Progress share={share} label={t('documents.sending')} word={percent(share)} />
      )}
      <span className="flex flex-wrap gap-4">
        {waits && share === null ? (
          <Button look="secondary" onPress={() => void run()}>
            {t('documents.retry')}
          </Button>
        ) : null}
        {sent?.state === 'kept' ? <KeptLink name={name} code={sent.code} /> : null}
      </span>
    </li>
  );
}

function Heading({ id, name, sent }: { id: string; name: string; sent: Sent | undefined }) {
  return (
    <span className="flex flex-wrap items-center justify-between gap-2">
      <label htmlFor={id} className="font-semibold">
        {name}
      </label>
      <DocumentState sent={sent} />
    </span>
  );
}

function Fault({ sent }: { sent: Sent | undefined }) {
  const t = useApplyWords();
  const fault = sent?.fault ? (`documents.fault.${sent.fault}` as 'documents.fault.type') : null;
  return fault && t.has(fault) ? <p className="text-stopped">{t(fault)}</p> : null;
}

function Picker({
  id,
  sent,
  onPick,
}: {
  id: string;
  sent: Sent | undefined;
  onPick: (file: Blob) => void;
}) {
  const t = useApplyWords();
  return (
    <span>
      <input
        id={id}
        type="file"
        accept="image/*,application/pdf"
        className="peer sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onPick(file);
        }}
      />
      <label
        htmlFor={id}
        className={`${buttonClass('secondary')} cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-accent`}
      >
        <Icon name="upload" />
        {t(sent?.state === 'kept' ? 'documents.again' : 'documents.pick')}
      </label>
    </span>
  );
}

function KeptLink({ name, code }: { name: string; code: string }) {
  const t = useApplyWords();
  return (
    <a
      className="link"
      href={`/api/documents/${code}`}
      target="_blank"
      rel="noreferrer"
      aria-label={`${t('documents.see')}: ${name}`}
    >
      {t('documents.see')}
    </a>
  );
}

/** The last document under a number: the one that is kept before one that is on its way. */
export function sentUnder(documents: readonly Sent[], number: number): Sent | undefined {
  const those = documents.filter((one) => one.number === number);
  return those.findLast(({ state }) => state === 'kept') ?? those.at(-1);
}
