import type { Values } from '../../../web/form/Form.tsx';
import { Conflict } from './Conflict.tsx';
import { type Answers, type Draft, useSave } from './draft.ts';
import { Finder } from './Finder.tsx';
import { useApplyWords } from './words.ts';

type What = NonNullable<Answers['what']>;

/** Which occupation, and how it is done. */
export function WhatStep({ draft }: { draft: Draft }) {
  const t = useApplyWords();
  const save = useSave(draft, 'what');
  const write = {
    ...save,
    mutate: ({ kind, occupationId = '' }: Values) =>
      save.mutate({ what: { kind: kind as What['kind'], occupationId } }),
  };
  return (
    <>
      <Conflict draft={draft} error={save.error} />
      <Finder first={draft.answers.what} write={write} submit={t('find.save')} />
    </>
  );
}
