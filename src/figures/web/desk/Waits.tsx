import { useQueries, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { useAccount } from '../../../web/session.ts';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, Skeleton } from '../../../web/ui/Blocks.tsx';
import { queuePart, queueParts, workLists } from './waits.ts';
import { useDeskWords } from './words.ts';

type Wait = {
  readonly id: string;
  readonly name: string;
  readonly count: number;
  readonly more?: boolean | undefined;
  readonly href: string;
  readonly late?: boolean;
};

const overdue: readonly string[] = ['late', 'escalated', 'lateVisits', 'atBank'];

/** The parts of the account's own queue that have something in them. */
function useQueueWaits(): Wait[] | undefined {
  const t = useDeskWords();
  const may = useAccount()?.permissions.includes('permits.queue') ?? false;
  const { data } = useQuery({
    queryKey: ['queue', 'counts'],
    queryFn: () => answer(api.GET('/api/queue', { params: { query: { limit: 1 } } })),
    enabled: may,
  });
  if (!may) return [];
  return data
    ? queueParts.map((id) => ({
        ...{ id, name: t(`queue.${id}`), count: data.counts[id] },
        ...{ href: queuePart(id), late: overdue.includes(id) },
      }))
    : undefined;
}

/** Everything else that waits; a list that did not answer has no number here. */
function useWorkWaits(): Wait[] | undefined {
  const t = useDeskWords();
  const permissions = useAccount()?.permissions ?? [];
  const mine = workLists.filter(({ permission }) => permissions.includes(permission));
  const found = useQueries({
    queries: mine.map(({ id, read }) => ({ queryKey: ['waits', id], queryFn: () => read() })),
  });
  if (found.some(({ isPending }) => isPending)) return undefined;
  return mine.flatMap(({ id, href }, at) => {
    const length = found[at]?.data;
    if (length === undefined) return [];
    const more = 'more' in length && length.more === true;
    const name = t(`work.${id}`);
    return [{ id, name, href, count: length.count, more, late: overdue.includes(id) }];
  });
}

function Tile({ wait }: { wait: Wait }) {
  const t = useDeskWords();
  const { count } = useFormats();
  const number = wait.more ? t('many', { count: count(wait.count) }) : count(wait.count);
  return (
    <li className="sheet flex min-w-0 overflow-hidden">
      <AppLink
        href={wait.href}
        className="flex w-full flex-col p-3 text-ink no-underline hover:bg-accent-soft sm:p-4"
      >
        <span
          className={`text-3xl font-bold tabular-nums ${wait.late ? 'text-late' : 'text-accent'}`}
        >
          {number}
        </span>
        <span className="font-semibold">{wait.name}</span>
      </AppLink>
    </li>
  );
}

/** What waits for the account: each number is the length of the list that it opens. */
export function Waits() {
  const t = useDeskWords();
  const queue = useQueueWaits();
  const work = useWorkWaits();
  if (!queue || !work) return <Skeleton shape="figure" />;
  const some = [...queue, ...work].filter(({ count }) => count > 0);
  return (
    <section aria-labelledby="waits" className="pb-8">
      <h2 id="waits" className="pb-3">
        {t('waits')}
      </h2>
      {some.length === 0 ? (
        <EmptyState icon="check" title={t('nothingWaits')} />
      ) : (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
          {some.map((wait) => (
            <Tile key={wait.id} wait={wait} />
          ))}
        </ul>
      )}
    </section>
  );
}
