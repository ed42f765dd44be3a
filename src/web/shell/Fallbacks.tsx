import { overviewPath } from '../paths.ts';
import { RequestFailed } from '../problem.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { EmptyState } from '../ui/Blocks.tsx';
import { buttonClass } from '../ui/Button.tsx';
import { LoadFailed } from '../ui/Loaded.tsx';
import { useShellWords } from '../words.ts';
import { useTitle } from './Shell.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const t = useShellWords();
  useTitle(t('load.notFound'));
  return (
    <EmptyState icon="search" title={t('load.notFound')} as="h1">
      <p className="pb-4">{t('load.notFoundNext')}</p>
      <AppLink href={overviewPath()} className={buttonClass('secondary')}>
        {t('load.home')}
      </AppLink>
    </EmptyState>
  );
}

/** A page that could not be shown: the server's reason if it gave one, else what to do. */
export function Crashed({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useShellWords();
  if (error instanceof RequestFailed) return <LoadFailed error={error} onRetry={reset} />;
  return (
    <EmptyState icon="alert" title={t('load.crashed')} as="h1">
      <p>{t('load.crashedNext')}</p>
    </EmptyState>
  );
}
