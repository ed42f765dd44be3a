import { queryOptions } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';

/** What hangs on a case from its application: documents, what the registry said, who filled it in. */
export const applicationQuery = (code: string) =>
  queryOptions({
    queryKey: ['application', code],
    queryFn: ({ signal }) =>
      answer(api.GET('/api/cases/{code}/application', { params: { path: { code } }, signal })),
  });
