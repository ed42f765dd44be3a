import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type IsoDate, isIsoDate, isoToday } from '../kit/jalali.ts';
import { type Answer, answer, api } from './api.ts';

/** Who is signed in, with what they may do. */
export type Account = NonNullable<Answer<'/api/session'>['account']>;

/** The session as the server sees it; asked once and kept until sign-in or sign-out. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => (await answer(api.GET('/api/session'))).account,
  staleTime: 5 * 60_000,
});

/** The account that is signed in, null for a visitor, undefined while asking. */
export function useAccount(): Account | null | undefined {
  return useQuery(sessionQuery).data;
}

/** The day that the house goes by, ISO; the browser's own until somebody is signed in. */
export function useToday(): IsoDate {
  const today = useAccount()?.today;
  return today !== undefined && isIsoDate(today) ? today : isoToday(Date.now());
}

/** Names and codes that change rarely: places, organisations, occupations. */
export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  queryFn: () => answer(api.GET('/api/reference')),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Ends the session and forgets every answer that was given in it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient();
  return async () => {
    await answer(api.DELETE('/api/session'));
    queries.clear();
    location.assign('/sign-in');
  };
}
