import { keepPreviousData, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { type Answer, answer, api, type Query } from '../../web/api.ts';
import type { Search } from '../../web/paths.ts';

/** One line of the queue, as the server tells it to this officer. */
export type QueueLine = Answer<'/api/queue'>['items'][number];
export type Tab = Answer<'/api/queue'>['tab'];

/** What of a queue stands in its address, besides the part that is shown. */
export const queueFilterKeys = ['county', 'occupation', 'kind', 'state'] as const;
export type QueueFilters = { readonly [K in (typeof queueFilterKeys)[number]]?: string };

/** The parts of a queue in the order of their tabs; the last are the directorate's. */
export const tabs: readonly Tab[] = [
  'all',
  'mine',
  'unclaimed',
  'late',
  'soon',
  'toSign',
  'objections',
  'escalated',
  'atBank',
];

/** The part of the queue that an address names; everything when it names none. */
export const tabOf = (search: Search): Tab => tabs.find((tab) => tab === search.tab) ?? 'all';

/** The filters that an address names. */
export function filtersOf(search: Search): QueueFilters {
  const found: { [K in (typeof queueFilterKeys)[number]]?: string } = {};
  for (const key of queueFilterKeys) if (search[key]) found[key] = search[key];
  return found;
}

const pageSize = 100;

/** A part of the queue, page by page; looked at again every minute, because colleagues work on it too. */
export function useQueue(tab: Tab, filters: QueueFilters) {
  return useInfiniteQuery({
    queryKey: ['queue', tab, filters],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    getNextPageParam: (last: Answer<'/api/queue'>) => last.next ?? undefined,
    queryFn: ({ pageParam, signal }) => {
      const query: Query<'/api/queue'> = {
        tab,
        ...filters,
        ...(pageParam ? { cursor: pageParam } : {}),
        limit: pageSize,
      };
      return answer(api.GET('/api/queue', { params: { query }, signal }));
    },
  });
}

/** The filters that this account kept. */
export const savedFiltersQuery = queryOptions({
  queryKey: ['queue-filters'],
  queryFn: ({ signal }) => answer(api.GET('/api/queue/filters', { signal })),
});

/** Cases like one case. */
export const duplicatesQuery = (code: string) =>
  queryOptions({
    queryKey: ['duplicates', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/cases/{code}/duplicates', { params: { path: { code } }, signal })),
  });
