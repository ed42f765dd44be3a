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

/** What follows from the figures, for the place and time of an address; of other scopes nothing follows. */
export function derivedQuery(search: Search) {
  const { province, from, to, county, occupation, agency, ...others } = scopeOf(search);
  const query = { province, from, to, county, occupation, agency };
  const asked = Object.entries(query).filter(([, value]) => value !== undefined);
  return queryOptions({
    queryKey: ['figures', 'derived', query],
    queryFn: ({ signal }) =>
      answer(
        api.GET('/api/figures/derived', { params: { query: Object.fromEntries(asked) }, signal }),
      ),
    enabled: Object.values(others).every((value) => value === undefined),
  });
}

/** One measure by county and month or season, for the scope of an address. */
export function gridQuery(search: Search, measure: string, over: 'month' | 'season') {
  const { view: _view, as_of: _asOf, ...scope } = scopeOf(search);
  const query = { ...scope, measure, by: 'county', over };
  return queryOptions({
    queryKey: ['figures', 'grid', query],
    queryFn: ({ signal }) => answer(api.GET('/api/figures/grid', { params: { query }, signal })),
  });
}

/** Where the cases that began in the period of an address have come. */
export function flowQuery(search: Search) {
  const { view: _view, as_of: _asOf, province: _province, ...query } = scopeOf(search);
  return queryOptions({
    queryKey: ['flow', query],
    queryFn: ({ signal }) => answer(api.GET('/api/flow', { params: { query }, signal })),
  });
}
