import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { useProblemWords } from '../../web/form/ErrorSummary.tsx';
import { useWrite } from '../../web/form/use-write.ts';
import { problemOf } from '../../web/problem.ts';
import { useAccount } from '../../web/session.ts';
import type { QueueFilters, QueueLine } from './queue-data.ts';
import { useWords } from './words.ts';

type Wish = { code: string; verb: 'claim' | 'release' } | { next: QueueFilters };

function send(wish: Wish, opId: string) {
  const headers = withKey(opId);
  if ('next' in wish) return answer(api.POST('/api/queue/next', { headers, body: wish.next }));
  const sent = { headers, params: { path: { code: wish.code } } };
  return wish.verb === 'claim'
    ? answer(api.POST('/api/cases/{code}/claim', sent))
    : answer(api.POST('/api/cases/{code}/release', sent));
}

/** Whether the reader takes cases from the queue; a bank only reads it. */
export function useMayWork(): boolean {
  return useAccount()?.permissions.includes('permits.work') ?? false;
}

/** Taking a case and giving it back, and taking the one whose turn it is; `said` tells how that went. */
export function useClaims(filters: QueueFilters, choose: (code: string) => void) {
  const t = useWords();
  const queries = useQueryClient();
  const [said, setSaid] = useState('');
  const write = useWrite(
    async (wish: Wish, opId) => ({ wish, code: (await send(wish, opId)).code }),
    async ({ wish, code }) => {
      await queries.invalidateQueries({ queryKey: ['queue'] });
      if ('next' in wish) setSaid(code === null ? t('queue.none') : t('queue.taken'));
      else setSaid(wish.verb === 'claim' ? t('queue.taken') : t('queue.released'));
      if (code !== null && 'next' in wish) choose(code);
    },
  );
  const problem = useProblemWords(problemOf(write.error));
  const { mutate, isPending } = write;
  const failed = write.error ? problem.title : '';
  return useMemo(
    () => ({
      said: failed || said,
      pending: isPending,
      change: ({ code, claim }: Pick<QueueLine, 'code' | 'claim'>) =>
        mutate({ code, verb: claim?.mine ? 'release' : 'claim' }),
      next: () => mutate({ next: filters }),
    }),
    [failed, said, isPending, mutate, filters],
  );
}
