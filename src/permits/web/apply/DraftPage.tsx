import { useQueryClient } from '@tanstack/react-query';
import { useParams, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api, withKey } from '../../../web/api.ts';
import { Form } from '../../../web/form/Form.tsx';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { type Draft, draftsQuery, type StepName, steps, useDraft, usePlaces } from './draft.ts';
import { useApplyWords } from './words.ts';

/** The parts of an application, each with what is done: it can be left and gone on with at any of them. */
export function DraftPage() {
  const t = useApplyWords();
  useTitle(t('draft.title'));
  const { draft: code = '' } = useParams({ strict: false });
  return (
    <div className="mx-auto max-w-2xl">
      <Loaded query={useDraft(code)} shape="page">
        {(draft) => <Tasks draft={draft} />}
      </Loaded>
    </div>
  );
}

function Tasks({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const { label, count } = useFormats();
  const done = steps.length - 1 - draft.lacking.length;
  return (
    <div className="grid gap-6">
      <PageHead title={label(draft.about?.label) || t('draft.title')}>
        {t('draft.progress', { done: count(done), all: count(steps.length - 1) })}
      </PageHead>
      {draft.onBehalf ? (
        <p className="rounded-md bg-late-soft px-4 py-2 text-late">{t('draft.onBehalf')}</p>
      ) : null}
      <Sheet>
        <ol>
          {steps.map((step) => (
            <Task key={step} draft={draft} step={step} />
          ))}
        </ol>
      </Sheet>
      {draft.state === 'open' ? <Discard draft={draft} /> : null}
    </div>
  );
}

function Task({ draft, step }: { draft: Draft; step: StepName }) {
  const t = useApplyWords();
  const places = usePlaces();
  const ready = step === 'check' ? draft.lacking.length === 0 : true;
  const done = step === 'check' ? draft.state === 'submitted' : !draft.lacking.includes(step);
  return (
    <li className="border-b border-line last:border-b-0">
      <span className="flex min-h-14 flex-wrap items-center justify-between gap-2 py-1">
        {ready ? (
          <AppLink
            href={places.step(draft.code, step)}
            className="link inline-flex min-h-12 items-center"
          >
            {t(`draft.${step}`)}
          </AppLink>
        ) : (
          <span className="text-soft">{t(`draft.${step}`)}</span>
        )}
        {done ? (
          <Status meaning="done">{t('draft.done')}</Status>
        ) : ready ? (
          <Status meaning="waiting">{t('draft.todo')}</Status>
        ) : (
          <span className="text-sm text-soft">{t('draft.later')}</span>
        )}
      </span>
    </li>
  );
}

function Discard({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const queries = useQueryClient();
  const router = useRouter();
  const places = usePlaces();
  const [sure, setSure] = useState(false);
  const write = useWrite(
    (_: object, opId) =>
      answer(
        api.POST('/api/drafts/{code}/discard', {
          params: { path: { code: draft.code } },
          body: { version: draft.version },
          headers: withKey(opId),
        }),
      ),
    async () => {
      await queries.invalidateQueries({ queryKey: draftsQuery.queryKey });
      await router.navigate({ href: places.home });
    },
  );
  if (!sure) {
    return (
      <Button look="quiet" onPress={() => setSure(true)}>
        {t('draft.discard')}
      </Button>
    );
  }
  return (
    <Form write={write} submit={t('draft.discardSure')} look="danger">
      <p>{t('draft.discard')}</p>
    </Form>
  );
}
