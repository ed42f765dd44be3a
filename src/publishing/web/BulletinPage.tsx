import { queryOptions, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { bulletinsPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { useStateWord } from './BulletinsPage.tsx';
import { CorrectForm, DraftActs } from './DraftActs.tsx';
import { DraftForm } from './DraftForm.tsx';
import { type Draft, type Office, useMoment } from './office.ts';
import { useBulletinWords } from './words.ts';

const bulletinQuery = (code: string) =>
  queryOptions({
    queryKey: ['bulletins', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/bulletins/{code}', { signal, params: { path: { code } } })),
  });

/** The draft as it will be read, with what cannot be signed. */
function Preview({ draft, language }: { draft: Draft; language: string }) {
  const t = useBulletinWords();
  const { headline, lead, paragraphs } = draft.preview;
  return (
    <Sheet title={t('preview')} id="preview">
      {draft.unbound.length > 0 ? (
        <div role="alert" className="mb-4 rounded-lg border-2 border-stopped p-4">
          <p className="font-semibold">{t('unbound')}</p>
          <ul className="list-disc ps-6">
            {draft.unbound.map(({ part, text }) => (
              <li key={`${part} ${text}`}>{text}</li>
            ))}
          </ul>
        </div>
      ) : null}
      <div lang={language} dir={language === 'fa' ? 'rtl' : 'ltr'} className="grid gap-4">
        <h3 className="text-xl font-bold">{headline}</h3>
        <p className="font-semibold">{lead}</p>
        {paragraphs.map((one) => (
          <p key={one}>{one}</p>
        ))}
      </div>
    </Sheet>
  );
}

/** The numbers that a text may name. */
function Figures({ draft }: { draft: Draft }) {
  const t = useBulletinWords();
  return (
    <details className="sheet p-4 sm:p-6">
      <summary className="cursor-pointer font-semibold">{t('figures')}</summary>
      <p className="py-2 text-soft">{t('figuresHint')}</p>
      <dl>
        {draft.figures.map(({ code, label, said }) => (
          <div key={code} className="grid gap-x-4 border-b border-line py-2 sm:grid-cols-2">
            <dt>
              {label} <code className="ltr block text-sm text-soft">{code}</code>
            </dt>
            <dd className="font-semibold">{said}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Versions({ office }: { office: Office }) {
  const t = useBulletinWords();
  const { count, digits } = useFormats();
  const moment = useMoment();
  const { number } = office.bulletin;
  if (office.versions.length === 0) return null;
  return (
    <Sheet title={t('states.published', { version: count(office.versions.length) })} id="versions">
      <ul>
        {office.versions.map(({ version, publicFrom, reason }) => (
          <li key={version} className="border-b border-line py-2 last:border-b-0">
            <a className="link" href={`/bulletins/${number}?version=${version}`}>
              {t('public')} {digits(number)}، {count(version)}
            </a>
            <span className="block text-sm text-soft">{moment(publicFrom)}</span>
            {reason ? <span className="block">{reason}</span> : null}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

/** What is written on one side, how it reads and what can be done on the other. */
function Parts({ office, onTold }: { office: Office; onTold: (text: string) => void }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      <div className="grid gap-6">
        {office.draft ? (
          <>
            <DraftForm key={office.draft.revision} office={office} onTold={onTold} />
            <Figures draft={office.draft} />
          </>
        ) : (
          <CorrectForm office={office} onTold={onTold} />
        )}
      </div>
      <div className="grid gap-6">
        {office.draft ? (
          <>
            <Preview draft={office.draft} language={office.bulletin.language} />
            <DraftActs office={office} draft={office.draft} onTold={onTold} />
          </>
        ) : null}
        <Versions office={office} />
      </div>
    </div>
  );
}

/** One bulletin: its draft, what can be done with it, its versions. */
export function BulletinPage() {
  const t = useBulletinWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const [told, setTold] = useState('');
  const stateWord = useStateWord();
  const { digits } = useFormats();
  const query = useQuery(bulletinQuery(code));
  const number = query.data?.bulletin.number ?? '';
  useTitle(`${t('title')} ${digits(number)}`);
  return (
    <Loaded query={query} shape="page">
      {(office) => (
        <>
          <PageHead
            title={`${t('number')} ${digits(number)}`}
            end={
              <AppLink href={bulletinsPath()} className="link">
                {t('back')}
              </AppLink>
            }
          >
            {stateWord(office.bulletin.state)}
          </PageHead>
          <p role="status" className={told ? 'pb-4 font-semibold' : ''}>
            {told}
          </p>
          <Parts office={office} onTold={setTold} />
        </>
      )}
    </Loaded>
  );
}
