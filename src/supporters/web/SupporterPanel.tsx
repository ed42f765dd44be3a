import { useFormats } from '../../web/format.ts';
import { supporterPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Sheet, SummaryList } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Money } from '../../web/ui/Values.tsx';
import { CoverPanel } from './CoverPanel.tsx';
import { Members } from './Members.tsx';
import { supporterMeaning } from './meanings.ts';
import { useSupporter } from './use-supporter.ts';
import { useWords, wordFor } from './words.ts';

/** What supporter plans show of a case: of a supporter's its people and sums, of a covered person's who covers them. */
export function SupporterPanel({ code, kind }: { code: string; kind: string }) {
  const office = useAccount()?.role !== 'citizen';
  if (kind === 'covered') return <CoverPanel code={code} />;
  if (kind !== 'supporter') return null;
  return (
    <>
      <Sums code={code} />
      {office ? <Members code={code} /> : null}
    </>
  );
}

/** How many a supporter covers, what it bought and owes, and the way to its page. */
function Sums({ code }: { code: string }) {
  const t = useWords();
  const { count } = useFormats();
  const account = useAccount();
  const may = account?.permissions.includes('supporters.show') ?? false;
  const data = useSupporter(code, may);
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
