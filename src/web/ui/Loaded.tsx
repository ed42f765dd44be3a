import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useProblemWords } from '../form/ErrorSummary.tsx';
import { problemOf } from '../problem.ts';
import { useShellWords } from '../words.ts';
import { Skeleton } from './Blocks.tsx';
import { Button } from './Button.tsx';
import { Icon } from './Icon.tsx';

/** A part that is not there: what happened, what to do, and the button that does it. */
export function Missing({
  title,
  next,
  onRetry,
}: {
  title: string;
  next: string | undefined;
  onRetry: () => void;
}) {
  const t = useShellWords();
  return (
    <div role="alert" className="rounded-lg border-2 border-stopped p-4">
      <p className="flex items-center gap-2 font-bold text-stopped">
        <Icon name="alert" />
        {title || t('load.failed')}
      </p>
      {next ? <p className="pb-3 text-soft">{next}</p> : null}
      <Button look="secondary" compact onPress={onRetry}>
        {t('form.retry')}
      </Button>
    </div>
  );
}

/** A part whose data did not come. */
export function LoadFailed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { title, next } = useProblemWords(problemOf(error));
  return <Missing title={title} next={next} onRetry={onRetry} />;
}

/** Shows what a query brought, its place while it is on the way, or why it did not come. */
export function Loaded<T>({
  query,
  shape,
  children,
}: {
  query: UseQueryResult<T>;
  shape: 'line' | 'figure' | 'chart' | 'table' | 'page';
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <Skeleton shape={shape} />;
}
