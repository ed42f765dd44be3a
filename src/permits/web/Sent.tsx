import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Answer } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { useAccount } from '../../web/session.ts';
import { Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { applicationQuery } from './apply/application.ts';
import { DocumentState } from './apply/DocumentSlot.tsx';
import { useApplyWords } from './apply/words.ts';

type Application = Answer<'/api/cases/{code}/application'>;

/** Says that somebody else has filled the application in, and who. */
export function OnBehalf({ application }: { application: Application }) {
  const t = useApplyWords();
  const { label } = useFormats();
  if (!application.onBehalf) return null;
  return (
    <p className="rounded-md bg-late-soft px-4 py-2 text-late">
      {t('case.onBehalf', { name: label(application.onBehalf.by) })}
    </p>
  );
}

/** What was sent with the application, each with its state and the way to see it. */
export function Documents({
  documents,
  children,
}: {
  documents: Application['documents'];
  children?: ReactNode;
}) {
  const t = useApplyWords();
  const { label } = useFormats();
  return (
    <Sheet title={t('case.documents')} id="documents">
      {children}
      {documents.length === 0 ? <p className="text-soft">{t('case.noDocuments')}</p> : null}
      <SummaryList
        rows={documents.map((one) => [
          label(one.label),
          <span key={one.code} className="flex flex-wrap gap-3">
            <DocumentState sent={one} />
            <a
              className="link"
              href={`/api/documents/${one.code}`}
              target="_blank"
              rel="noreferrer"
              aria-label={`${t('documents.see')}: ${label(one.label)}`}
            >
              {t('documents.see')}
            </a>
          </span>,
        ])}
      />
    </Sheet>
  );
}

/** The application as an officer needs it to decide: who filled it in, the plan, what was sent. */
export function SentApplication({ code }: { code: string }) {
  const t = useApplyWords();
  const account = useAccount();
  const may = account?.permissions.includes('permits.showApplication') ?? false;
  const { data } = useQuery({ ...applicationQuery(code), enabled: may });
  if (!data) return null;
  return (
    <Documents documents={data.documents}>
      <div className="grid gap-3 pb-3">
        <OnBehalf application={data} />
        {data.identity === 'unconfirmed' ? (
          <p>
            <Status meaning="waiting">{t('identity.unconfirmed')}</Status>
          </p>
        ) : null}
        {data.plan ? <p className="whitespace-pre-line">{data.plan}</p> : null}
      </div>
    </Documents>
  );
}
