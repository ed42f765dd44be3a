import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { supporterPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { CoverBody } from './CoverPage.tsx';
import { coverMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

function Mine({ code }: { code: string }) {
  const t = useWords();
  const query = useQuery({
    queryKey: ['cover', code],
    queryFn: () => answer(api.GET('/api/covers/{code}', { params: { path: { code } } })),
  });
  return (
    <Loaded query={query} shape="page">
      {(it) => (
        <section className="pb-8">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4 pb-3">
            <span className="text-lg font-semibold">
              {t('cover.bySupporter', { name: it.supporter })}
            </span>
            <Status meaning={coverMeaning(it.state)}>{wordFor(t, 'coverStates', it.state)}</Status>
          </p>
          <CoverBody it={it} />
        </section>
      )}
    </Loaded>
  );
}

/** A citizen's work with a supporter: what to make, what is owed, what is with them; or their own people. */
export function WorkPage() {
  const t = useWords();
  const query = useQuery({
    queryKey: ['my-work'],
    queryFn: () => answer(api.GET('/api/my/supporters')),
  });
  useTitle(t('work.title'));
  return (
    <div className="mx-auto max-w-3xl">
      <PageHead title={t('work.title')} />
      <Loaded query={query} shape="page">
        {({ supporters, covers }) => (
          <>
            {supporters.map((code) => (
              <p key={code} className="pb-4">
                <AppLink className={buttonClass('secondary')} href={supporterPath(code, false)}>
                  {t('work.supporterPage')}
                </AppLink>
              </p>
            ))}
            {covers.map((code) => (
              <Mine key={code} code={code} />
            ))}
            {supporters.length + covers.length === 0 ? (
              <EmptyState icon="file" title={t('work.none')}>
                {t('work.noneAbout')}
              </EmptyState>
            ) : null}
          </>
        )}
      </Loaded>
    </div>
  );
}
