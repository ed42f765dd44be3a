import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { type Answer, answer, api, type Query } from '../../web/api.ts';
import { useFormats } from '../../web/format.ts';
import { casePath, casesPath, type Search } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { type Column, DataTable } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Skeleton } from '../../web/ui/Blocks.tsx';
import { LoadFailed } from '../../web/ui/Loaded.tsx';
import { Status } from '../../web/ui/Status.tsx';
import { Code, Day } from '../../web/ui/Values.tsx';
import { hasRoom, useMedia } from '../../web/use-media.ts';
import { type FlowBranch, flowBranchNames } from '../flow-rules.ts';
import { CaseFilters, type FilterKey, type Filters, filterKeys } from './CaseFilters.tsx';
import { More } from './More.tsx';
import { keepQueue } from './queue.ts';
import { State } from './State.tsx';
import { rowKeys, useKeys } from './use-keys.ts';
import { useWords, wordFor } from './words.ts';

type Line = Answer<'/api/cases'>['items'][number];

const pageSize = 50;

function filtersOf(search: Search): Filters {
  const chosen: { [K in FilterKey]?: string } = {};
  for (const key of filterKeys) if (search[key]) chosen[key] = search[key];
  return chosen;
}

const isBranch = (flow: string | undefined): flow is FlowBranch =>
  flowBranchNames.some((name) => name === flow);

function useCases(filters: Filters) {
  const { late, referable, expiring, flow, ...words } = filters;
  return useInfiniteQuery({
    queryKey: ['cases', filters],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    getNextPageParam: (last: Answer<'/api/cases'>) => last.next ?? undefined,
    queryFn: ({ pageParam, signal }) => {
      const query: Query<'/api/cases'> = {
        ...words,
        ...(late === 'true' ? { late: true } : {}),
        ...(referable === 'true' ? { referable: true } : {}),
        ...(expiring === 'true' ? { expiring: true } : {}),
        ...(isBranch(flow) ? { flow } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
        limit: pageSize,
      };
      return answer(api.GET('/api/cases', { params: { query }, signal }));
    },
  });
}

function Due({ line }: { line: Line }) {
  const t = useWords();
  if (!line.dueOn) return null;
  return line.late ? (
    <Status meaning="late">
      <span className="sr-only">{t('column.dueOn')}</span>
      <Day iso={line.dueOn} short />
    </Status>
  ) : (
    <Day iso={line.dueOn} short />
  );
}

function Name({ line }: { line: Line }) {
  return (
    <AppLink
      href={casePath(line.code)}
      data-row-link
      className="link font-semibold md:whitespace-nowrap"
    >
      {line.name}
    </AppLink>
  );
}

function Holder({ line }: { line: Line }) {
  const t = useWords();
  const { label } = useFormats();
  const organisation =
    line.holder === 'agency' ? line.agency : line.holder === 'bank' ? line.bank : null;
  return (
    <>
      {label(organisation?.label) || wordFor(t, 'holder', line.holder)}
      <span className="block text-sm text-soft">
        <Day iso={line.since} short />
      </span>
    </>
  );
}

function States({ line }: { line: Line }) {
  return (
    <span className="grid justify-items-start gap-1">
      <State state={line.state} />
      {line.planState ? <State of="plan" state={line.planState} /> : null}
    </span>
  );
}

function Occupation({ line }: { line: Line }) {
  const { label } = useFormats();
  return (
    <>
      {label(line.occupation.label)}
      <span className="block text-sm text-soft">{label(line.county.label)}</span>
    </>
  );
}

const cells = {
  name: (line: Line) => <Name line={line} />,
  nationalId: (line: Line) => <Code>{line.nationalId}</Code>,
  permitNumber: (line: Line) => (line.permitNumber ? <Code>{line.permitNumber}</Code> : '—'),
  occupation: (line: Line) => <Occupation line={line} />,
  state: (line: Line) => <States line={line} />,
  holder: (line: Line) => <Holder line={line} />,
  dueOn: (line: Line) => <Due line={line} />,
};
const columnKeys = Object.keys(cells) as (keyof typeof cells)[];

function useColumns(): Column<Line>[] {
  const t = useWords();
  return useMemo(
    () => columnKeys.map((key) => ({ key, header: t(`column.${key}`), cell: cells[key] })),
    [t],
  );
}

/** One case on a phone: the same facts, one under the other. */
function Card({ line }: { line: Line }) {
  const t = useWords();
  const { label, day, line: facts } = useFormats();
  return (
    <li className="sheet grid gap-2 p-4">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <Name line={line} />
        <span className="text-sm text-soft">
          <Code>{line.permitNumber ?? line.nationalId}</Code>
        </span>
      </div>
      <div className="text-soft">
        {facts(label(line.occupation.label), label(line.county.label))}
      </div>
      <div className="flex flex-wrap gap-2">
        <State state={line.state} />
        {line.planState ? <State of="plan" state={line.planState} /> : null}
        {line.late ? <Due line={line} /> : null}
      </div>
      <div className="text-sm text-soft">
        {facts(wordFor(t, 'holder', line.holder), day(line.since))}
      </div>
    </li>
  );
}

function Rows({ lines }: { lines: readonly Line[] }) {
  const t = useWords();
  const columns = useColumns();
  return useMedia(hasRoom) ? (
    <DataTable
      caption={t('list.title')}
      hideCaption
      columns={columns}
      rows={lines}
      rowKey={(line) => line.code}
    />
  ) : (
    <ul className="grid gap-3">
      {lines.map((line) => (
        <Card key={line.code} line={line} />
      ))}
    </ul>
  );
}

/** How many cases there are, as far as they were counted. */
function Counted({ page }: { page: { total: number; more: boolean } | undefined }) {
  const t = useWords();
  const { count } = useFormats();
  const said = page && t(page.more ? 'list.countMore' : 'list.count', { total: count(page.total) });
  return <span role="status">{said ?? '\u00a0'}</span>;
}

/** Cases by name, national ID, permit number and filters, all of it in the address. */
export function CaseList({ search }: { search: Search }) {
  const t = useWords();
  const router = useRouter();
  const filters = filtersOf(search);
  const cases = useCases(filters);
  const pages = cases.data?.pages;
  const lines = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const total = pages?.[0]?.total;
  useTitle(t('list.title'));
  useKeys(rowKeys);
  useEffect(() => keepQueue(lines.map((line) => line.code)), [lines]);
  const change = (part: { [key: string]: string | undefined }) =>
    void router.navigate({ href: casesPath({ ...filters, ...part }), replace: true });
  return (
    <>
      <PageHead title={t('list.title')}>
        <Counted page={pages?.[0]} />
        <span className="hidden text-sm md:block">{t('list.keys')}</span>
      </PageHead>
      <CaseFilters filters={filters} onChange={change} />
      {cases.error && !cases.data ? (
        <LoadFailed error={cases.error} onRetry={() => void cases.refetch()} />
      ) : total === undefined ? (
        <Skeleton shape="table" />
      ) : total === 0 ? (
        <EmptyState icon="search" title={t('list.empty')}>
          {t('list.emptyNext')}
        </EmptyState>
      ) : (
        <div className={cases.isPlaceholderData ? 'opacity-60' : ''}>
          <Rows lines={lines} />
          <More list={cases} shown={lines.length} total={total} />
        </div>
      )}
    </>
  );
}
