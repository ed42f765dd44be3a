import { useQuery } from '@tanstack/react-query';
import { type Answer, answer, api } from '../../web/api.ts';

/** One of a supporter's people, as the office sees them. */
export type Cover = Answer<'/api/covers/{code}'>;

/** The supporter of a case, once it is there. */
export function useSupporter(code: string, enabled = true) {
  return useQuery({
    queryKey: ['supporter', code],
    queryFn: () => answer(api.GET('/api/supporters/{code}', { params: { path: { code } } })),
    enabled,
  }).data;
}

/** The products of a covered person's supporter. */
export function useProducts({ caseCode }: { readonly caseCode: string }) {
  return useSupporter(caseCode)?.products ?? [];
}
