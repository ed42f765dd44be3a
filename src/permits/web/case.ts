import { queryOptions } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { type Answer, answer, api } from '../../web/api.ts';

/** The whole case, as the server tells it to this reader. */
export type Case = Answer<'/api/cases/{code}'>;

/** What later slices show of a case, by their ids: its page may not know them, `routes.tsx` puts them together. */
export type Panels = {
  readonly [id: string]: ComponentType<{ readonly code: string; readonly kind: string }>;
};

/** One case by its code. */
export const caseQuery = (code: string) =>
  queryOptions({
    queryKey: ['case', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/cases/{code}', { params: { path: { code } }, signal })),
  });
