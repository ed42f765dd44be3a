import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { fairPath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import type { Column } from '../../../web/table/DataTable.tsx';
import { Day } from '../../../web/ui/Values.tsx';
import { headColumns, OfficeList } from '../OfficeList.tsx';
import { AnnounceFair } from './AnnounceFair.tsx';
import type { Fair } from './FairFacts.tsx';
import { useFairState, useWords } from './words.ts';

const placesOf = ({ stalls }: Fair) => stalls.reduce((sum, { places }) => sum + places, 0);

function useColumns(): Column<Fair>[] {
  const t = useWords();
  const { count, label } = useFormats();
  const stateOf = useFairState();
  return [
    ...headColumns<Fair>(
      { key: 'name', header: t('office.name'), name: ({ name }) => name, href: fairPath },
      { header: t('office.state'), words: stateOf },
    ),
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
  const columns = useColumns();
  const may = useAccount()?.permissions.includes('market.announceFair') ?? false;
  const query = useQuery({ queryKey: ['fairs'], queryFn: () => answer(api.GET('/api/fairs')) });
  const words = {
    ...{ none: t('office.none'), noneHint: t('office.noneHint') },
    caption: (count: string) => t('office.count', { count }),
  };
  return (
    <OfficeList query={query} columns={columns} icon="calendar" words={words}>
      {may ? <AnnounceFair /> : null}
    </OfficeList>
  );
}
