import { useRouter, useSearch } from '@tanstack/react-router';
import { aheadPath, type Search } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { PageHead } from '../../../web/ui/Blocks.tsx';
import { Tabs } from '../../../web/ui/Tabs.tsx';
import { Anomalies } from './Anomalies.tsx';
import { Forecast } from './Forecast.tsx';
import { Targets } from './Targets.tsx';
import { useAheadWords } from './words.ts';

const tabs = ['targets', 'forecast', 'anomalies'] as const;

/** What the year is to bring, where it will end as it goes, and what is out of the ordinary in it. */
export function AheadPage() {
  const t = useAheadWords();
  const router = useRouter();
  const search: Search = useSearch({ from: '/office/ahead' });
  const permissions = useAccount()?.permissions ?? [];
  const open = tabs.filter((id) => permissions.includes(`figures.${id}`));
  const panels = {
    targets: <Targets search={search} />,
    forecast: <Forecast search={search} />,
    anomalies: <Anomalies />,
  };
  useTitle(t('title'));
  return (
    <>
      <PageHead title={t('title')} />
      <Tabs
        label={t('title')}
        selected={open.find((id) => id === search.tab) ?? 'targets'}
        onSelect={(id) =>
          void router.navigate({ href: aheadPath({ tab: id === 'targets' ? undefined : id }) })
        }
        tabs={open.map((id) => ({ id, name: t(`tabs.${id}`), panel: panels[id] }))}
      />
    </>
  );
}
