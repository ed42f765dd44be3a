import { queryOptions } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';

/** The whole case, as the server tells it to this reader. */
export type Case = Answer<'/api/cases/{code}'>;

/** One case by its code. */
export const caseQuery = (code: string) =>
  queryOptions({
    queryKey: ['case', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/cases/{code}', { params: { path: { code } }, signal })),
  });
