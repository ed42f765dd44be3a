import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';
import { type Formats, useFormats } from '../../web/format.ts';
import { overviewPath, type Search, scopeOf } from '../../web/paths.ts';
import { referenceQuery } from '../../web/session.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { DataTable } from '../../web/table/DataTable.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead } from '../../web/ui/Blocks.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { Loaded } from '../../web/ui/Loaded.tsx';
import { Money } from '../../web/ui/Values.tsx';
import { type Entry, useEntryColumns } from './entry-columns.tsx';
import { More } from './More.tsx';
import { keepQueue } from './queue.ts';
import { rowKeys, useKeys } from './use-keys.ts';
import { useWords, wordFor } from './words.ts';

const pageSize = 100;

function useEntries(search: Search) {
  const measure = search.measure ?? '';
  // The list is of what happened in a period as now known; the other two belong to figures alone.
  const { view: _view, as_of: _asOf, ...scope } = scopeOf(search);
  return useInfiniteQuery({
    queryKey: ['entries', measure, scope],
    initialPageParam: '',
    getNextPageParam: (last: Answer<'/api/entries'>) => last.next ?? undefined,
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET('/api/entries', {
          params: {
            query: {
              measure,
              ...scope,
              ...(pageParam ? { cursor: pageParam } : {}),
              limit: pageSize,
            },
          },
          signal,
        }),
      ),
  });
}

/** The scope of the list in words: its place, agency, bank, … */
function useScopeWords(search: Search): string[] {
  const t = useWords();
  const { label } = useFormats();
  const { data } = useQuery(referenceQuery);
  const named = (
    rows: readonly { id: string; label: { fa: string; en: string } }[] | undefined,
    id?: string,
  ) => (id ? label(rows?.find((row) => row.id === id)?.label) || id : '');
  const worded = (group: 'kind' | 'sex' | 'area', id?: string) => (id ? wordFor(t, group, id) : '');
  return [
    named(data?.provinces, search.province),
    named(data?.counties, search.county),
    named(data?.agencies, search.agency),
    named(data?.banks, search.bank),
    named(data?.occupations, search.occupation),
    worded('kind', search.kind),
    worded('sex', search.sex),
    worded('area', search.area),
  ].filter(Boolean);
}

function Head({ search, total, sum }: { search: Search; total: number; sum: string }) {
  const t = useWords();
  const formats: Formats = useFormats();
  const { data: measures } = useQuery({
    queryKey: ['measures'],
    queryFn: () => answer(api.GET('/api/measures')),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const measure = measures?.find(({ name }) => name === search.measure);
  const name = formats.label(measure?.label) || (search.measure ?? '');
  const scope = useScopeWords(search);
  useTitle(name);
  const period = t('entries.period', {
    from: formats.jalali(search.from ?? ''),
    to: formats.jalali(search.to ?? ''),
  });
  return (
    <PageHead
      title={t('entries.title', { measure: name })}
      end={
        <AppLink
          href={overviewPath(scopeOf(search))}
          className="link inline-flex items-center gap-1"
        >
          <Icon name="back" size={16} />
          {t('entries.back')}
        </AppLink>
      }
    >
      <p>{formats.line(...scope, period)}</p>
      {search.view === 'cohort' ? <p>{t('entries.cohort')}</p> : null}
      <p role="status">{t('entries.exactly', { total: formats.count(total) })}</p>
      {measure?.unit === 'rial' && sum ? (
        <div className="flex gap-2">
          {t('entries.sum')}: <Money rials={sum} />
        </div>
      ) : null}
    </PageHead>
  );
}

function useRows(entries: ReturnType<typeof useEntries>): Entry[] {
  const rows = useMemo(
    () =>
      entries.data?.pages.flatMap((page) => page.items).map((row, at) => ({ ...row, at })) ?? [],
    [entries.data],
  );
  useEffect(() => keepQueue(rows.map((row) => row.code)), [rows]);
  return rows;
}

/** The entries behind one number, no more and no fewer, with the scope that the number had. */
export function EntryList({ search }: { search: Search }) {
  const t = useWords();
  const entries = useEntries(search);
  const rows = useRows(entries);
  const columns = useEntryColumns(rows);
  useKeys(rowKeys);
  return (
    <Loaded query={entries} shape="table">
      {({ pages: [first] }) => (
        <>
          <Head search={search} total={first?.total ?? 0} sum={first?.sum ?? ''} />
          {first?.total ? (
            <>
              <DataTable
                caption={t('list.title')}
                hideCaption
                columns={columns}
                rows={rows}
                rowKey={(row) => String(row.at)}
              />
              <More list={entries} shown={rows.length} total={first.total} />
            </>
          ) : (
            <EmptyState icon="file" title={t('entries.empty')} />
          )}
        </>
      )}
    </Loaded>
  );
}
