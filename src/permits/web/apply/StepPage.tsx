import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { CheckStep } from './CheckStep.tsx';
import { DocumentsStep } from './DocumentsStep.tsx';
import { type Draft, type StepName, steps, useDraft, usePlaces } from './draft.ts';
import { WhatStep } from './WhatStep.tsx';
import { WhereStep } from './WhereStep.tsx';
import { WhoStep } from './WhoStep.tsx';
import { WorkStep } from './WorkStep.tsx';
import { useApplyWords } from './words.ts';

const pages: { readonly [S in StepName]: (props: { draft: Draft }) => ReactNode } = {
  what: WhatStep,
  who: WhoStep,
  where: WhereStep,
  work: WorkStep,
  documents: DocumentsStep,
  check: CheckStep,
};

const titles = {
  what: 'find.title',
  who: 'draft.who',
  where: 'where.title',
  work: 'work.title',
  documents: 'documents.title',
  check: 'check.title',
} as const;

/** One page of an application; the way back to all its parts is always at the same place. */
export function StepPage() {
  const t = useApplyWords();
  const { draft: code = '', step: asked = '' } = useParams({ strict: false });
  const step = steps.find((one) => one === asked) ?? 'what';
  useTitle(t(titles[step]));
  const places = usePlaces();
  const Page = pages[step];
  return (
    <div className="mx-auto max-w-2xl">
      <AppLink
        href={places.draft(code)}
        className="link mb-2 inline-flex min-h-12 items-center gap-1"
      >
        <Icon name="back" />
        {t('draft.back')}
      </AppLink>
      <PageHead title={t(titles[step])} />
      <Loaded query={useDraft(code)} shape="page">
        {(draft) => <Page key={step} draft={draft} />}
      </Loaded>
    </div>
  );
}
