import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { answer, api } from '../../web/api.ts';
import { supporterPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { PageHead, Sheet } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Contract } from './Contract.tsx';
import { CoverForms } from './CoverForms.tsx';
import { Ledger, Materials, Pay } from './CoverParts.tsx';
import { Orders } from './Lists.tsx';
import { coverMeaning } from './meanings.ts';
import { Asks, Others, Said } from './Receipts.tsx';
import type { Cover } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

/** A covered person's part of the supporter's books, as the covered person reads it on a phone. */
export function CoverBody({ it }: { it: Cover }) {
  const t = useWords();
  return (
    <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-4">
      <Others it={it} />
      <Asks it={it} />
      <Orders
        orders={it.orders}
        title={t('cover.orders')}
        named={false}
        office={false}
        mayCancel={it.acts.includes('supporters.cancelOrder')}
      />
      <Pay it={it} />
      <Said it={it} />
      <Materials it={it} />
      <Contract it={it} />
      <Ledger it={it} />
    </div>
  );
}

function Body({ it, office }: { it: Cover; office: boolean }) {
  const t = useWords();
  return (
    <>
      <PageHead
        title={it.name}
        end={
          <Status meaning={coverMeaning(it.state)}>{wordFor(t, 'coverStates', it.state)}</Status>
        }
      >
        <AppLink className="link" href={supporterPath(it.caseCode, office)}>
          {t('cover.bySupporter', { name: it.supporter })}
        </AppLink>
      </PageHead>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <CoverBody it={it} />
        {it.acts.length > 0 ? (
          <Sheet title={t('acts')} id="acts">
            <CoverForms it={it} />
          </Sheet>
        ) : null}
      </div>
    </>
  );
}

/** One covered person, for the supporter and the office. */
export function CoverPage() {
  const t = useWords();
  const { code = '' } = useParams({ strict: false }) as { code?: string };
  const office = useAccount()?.role !== 'citizen';
  const query = useQuery({
    queryKey: ['cover', code],
    queryFn: () => answer(api.GET('/api/covers/{code}', { params: { path: { code } } })),
  });
  useTitle(t('cover.contract'));
  return (
    <Loaded query={query} shape="page">
      {(it) => <Body it={it} office={office} />}
    </Loaded>
  );
}
