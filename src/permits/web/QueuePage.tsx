import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useMarked } from '../../web/form/use-marked.ts';
import { useFormats } from '../../web/format.ts';
import { casePath, queuePath, type Search } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Skeleton } from '../../web/ui/Blocks.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Loaded, LoadFailed } from '../../web/ui/Loaded.tsx';
import { useMedia } from '../../web/use-media.ts';
import { Batch } from './Batch.tsx';
import { Permit, Person } from './CasePage.tsx';
import { type Case, caseQuery } from './case.ts';
import { Duplicates } from './Duplicates.tsx';
import { Clearances } from './decision/Clearances.tsx';
import { History } from './History.tsx';
import { QueueFilterBar } from './QueueFilterBar.tsx';
import { QueueList } from './QueueList.tsx';
import { keepQueue } from './queue.ts';
import { filtersOf, type QueueLine, tabOf, useQueue } from './queue-data.ts';
import { SentApplication } from './Sent.tsx';
import { useClaims, useMayWork } from './use-claims.ts';
import { useKeys } from './use-keys.ts';
import { Where } from './Where.tsx';
import { useWords } from './words.ts';

/** Room for the list, the case and the act side by side. */
const sideBySide = '(min-width: 64rem)';

/**
 * The case that is looked at. When it leaves the list, because it was acted on, the one that took its place
 * follows, so that a decision leads on to the next.
 */
function useChosen(lines: readonly QueueLine[]) {
  const [code, setCode] = useState<string>();
  const place = useRef(0);
  const at = lines.findIndex((line) => line.code === code);
  if (at >= 0) place.current = at;
  const index = at >= 0 ? at : Math.min(place.current, lines.length - 1);
  const step = (by: 1 | -1) => setCode(lines[Math.max(0, index + by)]?.code ?? lines[index]?.code);
  return { chosen: lines[index], following: lines[index + 1], choose: setCode, step };
}

function Desk({ it }: { it: Case }) {
  const t = useWords();
  return (
    <>
      <div className="grid min-w-0 gap-6">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <h2>{it.person.name}</h2>
          <AppLink href={casePath(it.code)} className={buttonClass('quiet', true)}>
            {t('queue.open')} <kbd className="ltr font-sans text-xs text-soft">Enter</kbd>
          </AppLink>
        </div>
        <Duplicates code={it.code} />
        <Clearances it={it} />
        <SentApplication code={it.code} />
        <Person it={it} />
        <Permit it={it} />
        <History it={it} />
      </div>
      <Where it={it} />
    </>
  );
}

/** The case beside its queue; the next one is fetched before it is asked for. */
function Bench({ code, next }: { code: string; next: string | undefined }) {
  const queries = useQueryClient();
  const found = useQuery(caseQuery(code));
  useEffect(() => {
    if (next) void queries.prefetchQuery(caseQuery(next));
  }, [next, queries]);
  return (
    <Loaded query={found} shape="page">
      {(it) => <Desk key={it.code} it={it} />}
    </Loaded>
  );
}

function useQueueKeys(
  { chosen, step }: Pick<ReturnType<typeof useChosen>, 'chosen' | 'step'>,
  claims: ReturnType<typeof useClaims>,
  toggle: (code: string) => void,
) {
  const router = useRouter();
  const works = useMayWork();
  const keys = useMemo(() => {
    const on = (act: (line: QueueLine) => void) => (chosen ? () => act(chosen) : undefined);
    const go = (by: 1 | -1) => () => step(by);
    return {
      KeyJ: go(1),
      KeyK: go(-1),
      ...(works && {
        KeyX: on((line) => toggle(line.code)),
        KeyC: on((line) => claims.change(line)),
        KeyN: claims.next,
      }),
      Enter: on((line) => void router.navigate({ href: casePath(line.code) })),
    };
  }, [chosen, step, claims, toggle, router, works]);
  useKeys(keys);
}

/** The list, and beside it where there is room the case and the act. */
function Workbench({ search, queue }: { search: Search; queue: ReturnType<typeof useQueue> }) {
  const lines = useMemo(() => queue.data?.pages.flatMap((page) => page.items) ?? [], [queue.data]);
  const { chosen, following, choose, step } = useChosen(lines);
  const { held: marked, toggle, mark } = useMarked(lines);
  const claims = useClaims(filtersOf(search), choose);
  const wide = useMedia(sideBySide);
  useEffect(() => keepQueue(lines.map(({ code }) => code)), [lines]);
  useQueueKeys({ chosen, step }, claims, toggle);
  return (
    <>
      <div className="flex flex-wrap items-center gap-3 pb-3">
        <Batch marked={marked} onDone={() => mark([])} />
        <span role="status" className="text-soft">
          {claims.said}
        </span>
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-[19rem_minmax(0,1fr)_19rem]">
        <QueueList
          {...{ queue, lines, wide, marked, toggle, mark, claims, choose }}
          chosen={wide ? chosen?.code : undefined}
          total={queue.data?.pages[0]?.total ?? 0}
        />
        {wide && chosen ? <Bench code={chosen.code} next={following?.code} /> : null}
      </div>
    </>
  );
}

/** The officers' workbench: what waits, the case, and what to do about it, side by side. */
export function QueuePage() {
  const t = useWords();
  const { count } = useFormats();
  const router = useRouter();
  const search = useSearch({ from: '/office/queue' });
  const queue = useQueue(tabOf(search), filtersOf(search));
  const head = queue.data?.pages[0];
  useTitle(t('queue.title'));
  const go = (to: { [key: string]: string | undefined }) =>
    void router.navigate({ href: queuePath({ ...search, ...to }), replace: true });
  if (queue.error && !head) {
    return <LoadFailed error={queue.error} onRetry={() => void queue.refetch()} />;
  }
  return (
    <>
      <PageHead title={t('queue.title')}>
        <span role="status">
          {head ? t('queue.count', { total: count(head.total) }) : '\u00a0'}
        </span>
        <span className="hidden lg:inline"> {t('queue.keys')}</span>
      </PageHead>
      <QueueFilterBar search={search} counts={head?.counts} onChange={go} />
      {head === undefined ? (
        <Skeleton shape="table" />
      ) : head.total === 0 ? (
        <EmptyState icon="check" title={t('queue.empty')}>
          {t('queue.emptyNext')}
        </EmptyState>
      ) : (
        <Workbench search={search} queue={queue} />
      )}
    </>
  );
}
