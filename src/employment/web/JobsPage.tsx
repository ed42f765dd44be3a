import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { type Answer, answer, api } from '../../web/api.ts';
import { Filter } from '../../web/form/Filter.tsx';
import { useFormats } from '../../web/format.ts';
import { casePath, jobsPath, type Search } from '../../web/paths.ts';
import { referenceQuery, useAccount } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Button } from '../../web/ui/Button.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Tabs } from '../../web/ui/Tabs.tsx';
import { jobStates, relations } from '../rules.ts';
import { Rechecks } from './Rechecks.tsx';
import { jobMeaning, useWords, wordFor } from './words.ts';

type Page = Answer<'/api/jobs'>;
type Job = Page['items'][number];

const filters = ['state', 'relation', 'agency', 'county', 'recheck'] as const;
type Filters = { readonly [K in (typeof filters)[number]]?: string | undefined };

const filtersOf = (search: Search): Filters =>
  Object.fromEntries(filters.flatMap((key) => (search[key] ? [[key, search[key]]] : [])));

/** What stands in the address, as far as it is one of the choices. */
function queryOf({ state, relation, agency, county, recheck }: Filters) {
  const known = jobStates.find((one) => one === state);
  const related = relations.find((one) => one === relation);
  return {
    ...(known ? { state: known } : {}),
    ...(related ? { relation: related } : {}),
    ...(agency ? { agency } : {}),
    ...(county ? { county } : {}),
    ...(recheck ? { recheck: true } : {}),
  };
}

function useJobs(asked: Filters) {
  return useInfiniteQuery({
    queryKey: ['jobs', asked],
    initialPageParam: '',
    getNextPageParam: (last: Page) => last.next ?? undefined,
    queryFn: ({ pageParam: cursor }) => {
      const query = { ...queryOf(asked), ...(cursor ? { cursor } : {}) };
      return answer(api.GET('/api/jobs', { params: { query } }));
    },
  });
}

function JobFilters({ asked, byState }: { asked: Filters; byState: Page['byState'] }) {
  const t = useWords();
  const { label, count } = useFormats();
  const router = useRouter();
  const { data: reference } = useQuery(referenceQuery);
  const set = (key: keyof Filters) => (value: string | undefined) =>
    void router.navigate({ href: jobsPath({ ...asked, [key]: value }), replace: true });
  const named = (items: readonly { id: string; label: { fa: string; en: string } }[] = []) =>
    items.map((one) => ({ id: one.id, name: label(one.label) }));
  const one = (key: keyof Filters, options: readonly { id: string; name: string }[]) => (
    <Filter
      label={t(`filter.${key}`)}
      all={t('every')}
      options={options}
      value={asked[key]}
      onChange={set(key)}
    />
  );
  const inState = (id: string) => `${wordFor(t, 'state', id)} (${count(byState[id] ?? 0)})`;
  return (
    <div className="grid grid-cols-2 gap-3 pb-4 sm:grid-cols-3 lg:grid-cols-5">
      {one(
        'state',
        jobStates.map((id) => ({ id, name: inState(id) })),
      )}
      {one(
        'relation',
        relations.map((id) => ({ id, name: wordFor(t, 'relation', id) })),
      )}
      {one('agency', named(reference?.agencies))}
      {one('county', named(reference?.counties))}
      {one('recheck', [{ id: 'open', name: t('filter.recheckOpen') }])}
    </div>
  );
}

function useColumns(): Column<Job>[] {
  const t = useWords();
  const { label, day } = useFormats();
  return [
    {
      ...{ key: 'name', header: t('column.name'), wide: true },
      cell: (job) => (
        <AppLink className="link" href={`${casePath(job.caseCode)}#jobs`}>
          {job.name}
        </AppLink>
      ),
    },
    {
      ...{ key: 'state', header: t('column.state'), wide: true },
      cell: (job) => (
        <Status meaning={job.recheck === 'open' ? 'late' : jobMeaning(job.state)}>
          {job.recheck === 'open' ? t('recheck.open') : wordFor(t, 'state', job.state)}
        </Status>
      ),
    },
    {
      ...{ key: 'relation', header: t('column.relation'), wide: true },
      cell: (job) => wordFor(t, 'relation', job.relation),
    },
    {
      ...{ key: 'agency', header: t('column.agency'), wide: true },
      cell: (job) => label(job.agency.label),
    },
    { key: 'county', header: t('column.county'), cell: (job) => label(job.county.label) },
    {
      ...{ key: 'started', header: t('column.started'), number: true },
      cell: (job) => day(job.startedOn, 'short'),
    },
    {
      ...{ key: 'verified', header: t('column.verified'), number: true },
      cell: (job) => (job.verifiedOn ? day(job.verifiedOn, 'short') : ''),
    },
  ];
}

function Listed({ jobs, pages }: { jobs: ReturnType<typeof useJobs>; pages: readonly Page[] }) {
  const t = useWords();
  const { count } = useFormats();
  const columns = useColumns();
  const items = pages.flatMap((page) => page.items);
  const total = pages[0]?.total ?? 0;
  if (total === 0) return <EmptyState icon="check" title={t('none')} />;
  return (
    <>
      <DataTable
        caption={t('total', { count: count(total) })}
        columns={columns}
        rows={items}
        rowKey={(job) => job.code}
      />
      <p className="flex flex-wrap items-center justify-center gap-4 pt-4 text-soft">
        {t('shown', { shown: count(items.length), total: count(total) })}
        {jobs.hasNextPage ? (
          <Button
            look="secondary"
            compact
            pending={jobs.isFetchingNextPage}
            onPress={() => void jobs.fetchNextPage()}
          >
            {t('more')}
          </Button>
        ) : null}
      </p>
    </>
  );
}

function JobList({ search }: { search: Search }) {
  const asked = filtersOf(search);
  const jobs = useJobs(asked);
  return (
    <Loaded query={jobs} shape="table">
      {({ pages }) => (
        <>
          <JobFilters asked={asked} byState={pages[0]?.byState ?? {}} />
          <Listed jobs={jobs} pages={pages} />
        </>
      )}
    </Loaded>
  );
}

/** Every job of the office, by what became of it, and the second looks by chance. */
export function JobsPage() {
  const t = useWords();
  const router = useRouter();
  const search: Search = useSearch({ from: '/office/jobs' });
  const may = useAccount()?.permissions.includes('employment.showRechecks') ?? false;
  useTitle(t('title'));
  const list = <JobList search={search} />;
  return (
    <>
      <PageHead title={t('title')}>{t('about')}</PageHead>
      {may ? (
        <Tabs
          label={t('title')}
          selected={search.tab === 'rechecks' ? 'rechecks' : 'list'}
          onSelect={(id) =>
            void router.navigate({ href: jobsPath({ tab: id === 'list' ? undefined : id }) })
          }
          tabs={[
            { id: 'list', name: t('tabs.list'), panel: list },
            { id: 'rechecks', name: t('tabs.rechecks'), panel: <Rechecks /> },
          ]}
        />
      ) : (
        list
      )}
    </>
  );
}
