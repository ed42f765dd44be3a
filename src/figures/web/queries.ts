import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../web/api.ts';
import { type Search, scopeOf } from '../../web/paths.ts';

/** The registry of measures: names, units, definitions. */
export const measuresQuery = queryOptions({
  queryKey: ['measures'],
  queryFn: () => answer(api.GET('/api/measures')),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Figures for the scope of an address, whole or cut. */
export function figuresQuery(search: Search, by?: string) {
  const { view, ...scope } = scopeOf(search);
  const query = {
    ...scope,
    ...(view === 'cohort' ? { view: 'cohort' as const } : {}),
    ...(by ? { by } : {}),
  };
  return queryOptions({
    queryKey: ['figures', query],
    queryFn: ({ signal }) => answer(api.GET('/api/figures', { params: { query }, signal })),
  });
}
