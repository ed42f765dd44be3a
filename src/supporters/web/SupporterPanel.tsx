import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { supporterPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Money } from '../../web/ui/Values.tsx';
import { supporterMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

function useSupporter(code: string, enabled: boolean) {
  return useQuery({
    queryKey: ['supporter', code],
    queryFn: () => answer(api.GET('/api/supporters/{code}', { params: { path: { code } } })),
    enabled,
  }).data;
}

/** On a supporter's case: how many it covers, what it bought and owes, and the way to its page. */
export function SupporterPanel({ code, kind }: { code: string; kind: string }) {
  const t = useWords();
  const { count } = useFormats();
  const account = useAccount();
  const may = account?.permissions.includes('supporters.show') ?? false;
  const data = useSupporter(code, may && kind === 'supporter');
  if (!data) return null;
  const live = data.people.filter(({ state }) => state === 'named' || state === 'covered');
  const sum = (key: 'takenRial' | 'owedRial' | 'lateRial') =>
    String(data.people.reduce((total, one) => total + BigInt(one[key]), 0n));
  return (
    <Sheet
      title={t('supporter.title')}
      id="supporter"
      end={
        data.state ? (
          <Status meaning={supporterMeaning(data.state)}>{wordFor(t, 'states', data.state)}</Status>
        ) : null
      }
    >
      <SummaryList
        rows={[
          [t('people'), count(live.length)],
          [t('supporter.capacity'), data.capacity === null ? '' : count(data.capacity)],
          [t('taken'), <Money key="taken" rials={sum('takenRial')} />],
          [t('owed'), <Money key="owed" rials={sum('owedRial')} />],
          [t('late'), <Money key="late" rials={sum('lateRial')} />],
        ]}
      />
      <p className="pt-4">
        <AppLink
          className={buttonClass('secondary')}
          href={supporterPath(code, account?.role !== 'citizen')}
        >
          {t('supporter.open')}
        </AppLink>
      </p>
    </Sheet>
  );
}
