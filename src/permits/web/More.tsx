import { type RefObject, useEffect, useRef } from 'react';
import { useFormats } from '../../web/format.ts';
import { Button } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

type List = {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
};

/** How far below the window the end may be when the next page is asked for. */
const reach = '600px';

/** Fetches the next page when the end of the list comes near. */
function useNearEnd(end: RefObject<HTMLElement | null>, list: List, shown: number): void {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that came moves the end
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) fetchNextPage();
      },
      { rootMargin: reach },
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [hasNextPage, isFetchingNextPage, shown]);
}

/** The end of a list: how much of it is shown, and the next page, fetched before it is asked for. */
export function More({ list, shown, total }: { list: List; shown: number; total: number }) {
  const t = useWords();
  const { count } = useFormats();
  const end = useRef<HTMLDivElement>(null);
  useNearEnd(end, list, shown);
  return (
    <div ref={end} className="flex flex-wrap items-center justify-center gap-4 py-6">
      <span className="text-soft">
        {t('list.shown', { shown: count(shown), total: count(total) })}
      </span>
      {list.hasNextPage ? (
        <Button
          look="secondary"
          compact
          pending={list.isFetchingNextPage}
          onPress={() => list.fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      ) : null}
    </div>
  );
}
