import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { deskPath, isOwnPath, myPath, overviewPath, signInPath } from '../../web/paths.ts';
import { sessionQuery } from '../../web/session.ts';

/** Asks the server who is signed in now and goes where the visitor wanted to go. */
export function useArrival(next?: string): () => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  return async () => {
    // The session's own query is asked anew in its place: whoever watches it has to hear of it.
    const kept = new Set<unknown>(['reference', 'session']);
    queries.removeQueries({ predicate: (query) => !kept.has(query.queryKey[0]) });
    const account = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    // Somebody who has come only so far goes on where the second factor is shown or set up.
    if (account?.confinedTo) return router.navigate({ href: signInPath(next) });
    const office = account?.permissions.includes('figures.desk') ? deskPath() : overviewPath();
    const home = account?.role === 'citizen' ? myPath() : office;
    await router.navigate({ href: next && isOwnPath(next) ? next : home });
  };
}
