import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { isOwnPath, myPath, overviewPath } from '../../web/paths.ts';
import { sessionQuery } from '../../web/session.ts';

/** Asks the server who is signed in now and goes where the visitor wanted to go. */
export function useArrival(next?: string): () => Promise<void> {
  const queries = useQueryClient();
  const router = useRouter();
  return async () => {
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'reference' });
    const account = await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    const home = account?.role === 'citizen' ? myPath() : overviewPath();
    await router.navigate({ href: next && isOwnPath(next) ? next : home });
  };
}
