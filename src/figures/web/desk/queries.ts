import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';

/** Where cases are stuck, with what was usual between two Jalali days. */
export const stuckQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['stuck', from, to],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/stuck', { params: { query: { from, to } }, signal })),
  });

/** What borrowers owe past its day, by bank. */
export const arrearsQuery = queryOptions({
  queryKey: ['arrears'],
  queryFn: ({ signal }) => answer(api.GET('/api/arrears', { signal })),
});

/** How far plans were looked at, by agency; the same answer as on the page of supervision. */
export const coverageQuery = queryOptions({
  queryKey: ['supervision', 'coverage'],
  queryFn: () => answer(api.GET('/api/supervision/coverage')),
});
