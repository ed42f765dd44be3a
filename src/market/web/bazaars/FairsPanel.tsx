import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { fairPath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { type Column, DataTable } from '../../../web/table/DataTable.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState } from '../../../web/ui/Blocks.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { AnnounceFair } from './AnnounceFair.tsx';
import type { Fair } from './FairFacts.tsx';
import { fairMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

const placesOf = ({ stalls }: Fair) => stalls.reduce((sum, { places }) => sum + places, 0);

function useColumns(): Column<Fair>[] {
  const t = useWords();
  const { count, label } = useFormats();
  return [
    {
      ...{ key: 'name', header: t('office.name'), wide: true, sort: ({ name }) => name },
      cell: ({ code, name }) => (
        <AppLink className="link font-semibold" href={fairPath(code)}>
          {name}
        </AppLink>
      ),
    },
    {
      ...{ key: 'state', header: t('office.state'), sort: ({ state }) => state },
      cell: ({ state }) => (
        <Status meaning={fairMeaning(state)}>{wordFor(t, 'states', state)}</Status>
      ),
    },
    {
      ...{ key: 'starts', header: t('office.starts'), sort: ({ startsOn }) => startsOn },
      cell: ({ startsOn }) => <Day iso={startsOn} short />,
    },
    {
      ...{ key: 'county', header: t('office.county') },
      ...{ sort: ({ county }) => label(county.label), cell: ({ county }) => label(county.label) },
    },
    {
      ...{ key: 'places', header: t('office.places'), number: true, sort: placesOf },
      cell: (fair) => count(placesOf(fair)),
    },
    {
      ...{ key: 'applications', header: t('office.applications'), number: true },
      sort: ({ applications }) => applications,
      cell: ({ applications }) => count(applications),
    },
  ];
}

/** Bazaars, fairs and market days of the province, and what announces one. */
export function FairsPanel() {
  const t = useWords();
  const { count } = useFormats();
  const columns = useColumns();
  const may = useAccount()?.permissions.includes('market.announceFair') ?? false;
  const query = useQuery({ queryKey: ['fairs'], queryFn: () => answer(api.GET('/api/fairs')) });
  return (
    <div className="grid gap-6">
      <Loaded query={query} shape="table">
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon="calendar" title={t('office.none')}>
              {t('office.noneHint')}
            </EmptyState>
          ) : (
            <DataTable
              caption={t('office.count', { count: count(items.length) })}
              columns={columns}
              rows={items}
              rowKey={({ code }) => code}
            />
          )
        }
      </Loaded>
      {may ? <AnnounceFair /> : null}
    </div>
  );
}
