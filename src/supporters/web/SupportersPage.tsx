import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type Answer, answer, api } from '../../web/api.ts';
import { monthWords } from '../../web/form/typed.ts';
import { useFormats } from '../../web/format.ts';
import { coverPath, type Search, supporterPath, supportersPath } from '../../web/paths.ts';
import { useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { ActForm } from './ActForm.tsx';
import { Clusters } from './Clusters.tsx';
import { FoundField } from './FoundField.tsx';
import { supporterMeaning } from './meanings.ts';
import { useWords, wordFor } from './words.ts';

type Line = Answer<'/api/supporters'>['items'][number];

function StateOf({ row }: { row: Line }) {
  const t = useWords();
  return row.mayDefault ? (
    <Status meaning="late">{t('office.mayDefault')}</Status>
  ) : (
    <Status meaning={supporterMeaning(row.state)}>{wordFor(t, 'states', row.state)}</Status>
  );
}

function useColumns(): Column<Line>[] {
  const t = useWords();
  const { label, count, toman } = useFormats();
  const money = (key: 'promised' | 'taken' | 'owed' | 'late'): Column<Line> => ({
    ...{ key, header: t(key), unit: t('toman'), number: true },
    cell: (row) => toman(row[`${key}Rial`]),
    sort: (row) => BigInt(row[`${key}Rial`]),
  });
  return [
    {
      ...{ key: 'name', header: t('name'), wide: true, sort: ({ name }) => name },
      cell: ({ code, name }) => (
        <AppLink className="link font-semibold" href={supporterPath(code, true)}>
          {name}
        </AppLink>
      ),
    },
    {
      ...{ key: 'state', header: t('state') },
      cell: (row) => <StateOf row={row} />,
      sort: ({ state }) => state,
    },
    {
      ...{ key: 'county', header: t('county'), cell: ({ county }) => label(county.label) },
      sort: ({ county }) => label(county.label),
    },
    {
      ...{ key: 'people', header: t('people'), number: true, sort: ({ people }) => people },
      cell: ({ people, capacity }) =>
        capacity === null
          ? count(people)
          : t('ofCapacity', { people: count(people), capacity: count(capacity) }),
    },
    ...(['promised', 'taken', 'owed', 'late'] as const).map(money),
  ];
}

function List() {
  const t = useWords();
  const { count } = useFormats();
  const columns = useColumns();
  const query = useQuery({
    queryKey: ['supporters'],
    queryFn: () => answer(api.GET('/api/supporters')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon="file" title={t('office.none')} />
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
  );
}

type Enquiry = Answer<'/api/supporter-enquiries'>['items'][number];

function EnquiryLine({ one, may }: { one: Enquiry; may: boolean }) {
  const t = useWords();
  const formats = useFormats();
  return (
    <li className="border-b border-line p-3 last:border-b-0">
      <AppLink className="link font-semibold" href={coverPath(one.code, true)}>
        {one.name}
      </AppLink>
      <span className="block">
        {formats.line(
          `${formats.toman(one.amountRial)} ${t('toman')}`,
          monthWords(formats, one.month),
          one.answeredRial
            ? t('office.saidOther', { amount: formats.toman(one.answeredRial) })
            : t('office.saidNot'),
          one.bySms ? t('bySms') : null,
        )}
      </span>
      {may ? (
        <ActForm
          of="covers"
          code={one.code}
          act="closeEnquiry"
          path="close-receipt"
          name={t('office.closeEnquiry')}
          toBody={({ reason }) => ({ stepId: one.stepId, reason })}
        >
          <FoundField />
        </ActForm>
      ) : null}
    </li>
  );
}

function Enquiries() {
  const t = useWords();
  const may = useAccount()?.permissions.includes('supporters.closeReceipt') ?? false;
  const query = useQuery({
    queryKey: ['supporter-enquiries'],
    queryFn: () => answer(api.GET('/api/supporter-enquiries')),
  });
  return (
    <Loaded query={query} shape="table">
      {({ items }) => (
        <ul className="sheet">
          {items.length === 0 ? <EmptyState icon="check" title={t('office.noEnquiries')} /> : null}
          {items.map((one) => (
            <EnquiryLine key={one.stepId} one={one} may={may} />
          ))}
        </ul>
      )}
    </Loaded>
  );
}

const tabs = ['list', 'enquiries', 'clusters'] as const;

/** The office's view of supporters: their people and sums, what payments are disputed, and the clusters. */
export function SupportersPage() {
  const t = useWords();
  const router = useRouter();
  const search: Search = useSearch({ from: '/office/supporters' });
  const panels = { list: <List />, enquiries: <Enquiries />, clusters: <Clusters /> };
  useTitle(t('office.title'));
  return (
    <>
      <PageHead title={t('office.title')}>{t('office.about')}</PageHead>
      <Tabs
        label={t('office.title')}
        selected={tabs.find((id) => id === search.tab) ?? 'list'}
        onSelect={(id) =>
          void router.navigate({ href: supportersPath({ tab: id === 'list' ? undefined : id }) })
        }
        tabs={tabs.map((id) => ({ id, name: t(`office.tabs.${id}`), panel: panels[id] }))}
      />
    </>
  );
}
