import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { ErrorSummary } from '../../web/form/ErrorSummary.tsx';
import { Form, TextArea, type Values } from '../../web/form/Form.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { useFormats } from '../../web/format.ts';
import { problemOf } from '../../web/problem.ts';
import { useAccount } from '../../web/session.ts';
import { Button } from '../../web/ui/Button.tsx';
import { Dialog } from '../../web/ui/Dialog.tsx';
import { Status } from '../../web/ui/Status.tsx';
import type { QueueLine } from './queue-data.ts';
import { useWords, whyNot, wordFor } from './words.ts';

const batchPaths = {
  'permits.sign': '/api/permits/sign-batch',
  'permits.grant': '/api/permits/grant-batch',
  'permits.returnForCorrection': '/api/permits/return-for-correction-batch',
} as const;
type Verb = keyof typeof batchPaths;
const verbs = Object.keys(batchPaths) as Verb[];

type Wish = { codes: readonly string[]; preview: boolean; reason?: string };

const send = (verb: Verb, { codes, ...wish }: Wish, opId: string) =>
  answer(
    api.POST(batchPaths[verb], { headers: withKey(opId), body: { codes: [...codes], ...wish } }),
  );

type Preview = Awaited<ReturnType<typeof send>>;

/** Each case with what would become of it; nothing is done before this list is confirmed. */
function Verdicts({ preview }: { preview: Preview }) {
  const t = useWords();
  const { label, line } = useFormats();
  return (
    <ol
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[45dvh] overflow-y-auto rounded-md border border-line"
    >
      {preview.items.map((item) => (
        <li
          key={item.code}
          className="flex flex-wrap items-center justify-between gap-x-3 border-b border-line px-3 py-2 last:border-b-0"
        >
          <span>
            <span className="font-semibold">{item.name}</span>{' '}
            <span className="text-sm text-soft">
              {line(label(item.occupation?.label), label(item.county?.label))}
            </span>
          </span>
          {item.passes ? (
            <Status meaning="done">{t('batch.passes')}</Status>
          ) : (
            <span className="text-sm text-stopped">{whyNot(t, item.why ?? '')}</span>
          )}
        </li>
      ))}
    </ol>
  );
}

/** The act itself; whatever is shown is looked at anew afterwards. */
function useAct(verb: Verb, onDone: (said: string) => void) {
  const t = useWords();
  const { count } = useFormats();
  const queries = useQueryClient();
  return useWrite(
    (wish: Wish, opId) => send(verb, wish, opId),
    async (done) => {
      await queries.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference',
      });
      onDone(t('batch.done', { count: count(done.passing) }));
    },
  );
}

/** First the list of what the act would do, then the act, on exactly those that pass. */
function Confirm({
  verb,
  preview,
  reason,
  onDone,
}: {
  verb: Verb;
  preview: Preview;
  reason: string | undefined;
  onDone: (said: string) => void;
}) {
  const t = useWords();
  const { count } = useFormats();
  const act = useAct(verb, onDone);
  const codes = preview.items.filter((item) => item.passes).map((item) => item.code);
  const words = { act: wordFor(t, 'act.button', verb.replace('permits.', '')) };
  return (
    <div className="grid gap-4">
      {act.error ? <ErrorSummary problem={problemOf(act.error)} fieldId={() => undefined} /> : null}
      <p>
        {t('batch.will', {
          ...words,
          passing: count(codes.length),
          all: count(preview.items.length),
        })}
      </p>
      <Verdicts preview={preview} />
      {codes.length > 0 ? (
        <Button
          autoFocus
          pending={act.isPending}
          onPress={() => act.mutate({ codes, preview: false, ...(reason ? { reason } : {}) })}
        >
          {t('batch.confirm', { ...words, count: count(codes.length) })}
        </Button>
      ) : null}
    </div>
  );
}

function BatchForm({
  verb,
  marked,
  onDone,
}: {
  verb: Verb;
  marked: readonly QueueLine[];
  onDone: (said: string) => void;
}) {
  const t = useWords();
  const [shown, setShown] = useState<{ preview: Preview; reason: string | undefined }>();
  const codes = marked.slice(0, 100).map(({ code }) => code);
  const look = useWrite(
    async ({ reason }: Values, opId) => {
      const wish = { codes, preview: true, ...(reason ? { reason } : {}) };
      return { preview: await send(verb, wish, opId), reason };
    },
    (found) => setShown(found),
  );
  if (shown) return <Confirm verb={verb} {...shown} onDone={onDone} />;
  const must = verb === 'permits.returnForCorrection';
  return (
    <Form write={look} submit={t('batch.preview')} ready={!must}>
      <p>{wordFor(t, 'act.confirm', verb.replace('permits.', ''))}</p>
      <TextArea
        name="reason"
        label={must ? t('act.reason') : t('act.note')}
        {...(must ? { hint: t('act.reasonHint') } : {})}
        optional={!must}
        rows={3}
      />
    </Form>
  );
}

/** One act on the marked cases, offered to those who hold it. */
export function Batch({ marked, onDone }: { marked: readonly QueueLine[]; onDone: () => void }) {
  const t = useWords();
  const { count } = useFormats();
  const account = useAccount();
  const [verb, setVerb] = useState<Verb | null>(null);
  const [said, setSaid] = useState('');
  const held = verbs.filter((one) => account?.permissions.includes(one));
  const close = () => setVerb(null);
  const end = (words: string) => {
    setSaid(words);
    close();
    onDone();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-done">
        {marked.length === 0 ? said : ''}
      </span>
      {marked.length > 0
        ? held.map((one) => (
            <Button key={one} look="secondary" compact onPress={() => setVerb(one)}>
              {wordFor(t, 'act.button', one.replace('permits.', ''))} ({count(marked.length)})
            </Button>
          ))
        : null}
      <Dialog
        title={verb ? wordFor(t, 'act.button', verb.replace('permits.', '')) : ''}
        open={verb !== null}
        onClose={close}
      >
        {verb ? <BatchForm verb={verb} marked={marked} onDone={end} /> : null}
      </Dialog>
    </div>
  );
}
