import { useEffect, useRef } from 'react';
import { useFormats } from '../../web/format.ts';
import { Button } from '../../web/ui/Button.tsx';
import { useWords } from './words.ts';

/** The end of a list: how much of it is shown, and the next page, fetched before it is asked for. */
export function More({
  list,
  shown,
  total,
}: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  shown: number;
  total: number;
}) {
  const t = useWords();
  const { count } = useFormats();
  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each page that came moves the end
  useEffect(() => {
    if (!end.current || !hasNextPage || isFetchingNextPage) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting) fetchNextPage();
      },
      { rootMargin: '600px' },
    );
    seen.observe(end.current);
    return () => seen.disconnect();
  }, [hasNextPage, isFetchingNextPage, shown]);
  return (
    <div ref={end} className="flex flex-wrap items-center justify-center gap-4 py-6">
      <span className="text-soft">
        {t('list.shown', { shown: count(shown), total: count(total) })}
      </span>
      {hasNextPage ? (
        <Button
          look="secondary"
          compact
          pending={isFetchingNextPage}
          onPress={() => fetchNextPage()}
        >
          {t('list.more')}
        </Button>
      ) : null}
    </div>
  );
}
