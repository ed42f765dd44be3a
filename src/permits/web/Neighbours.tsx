import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useFormats } from '../../web/format.ts';
import { casePath } from '../../web/paths.ts';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { buttonClass } from '../../web/ui/Button.tsx';
import { Icon } from '../../web/ui/Icon.tsx';
import { caseQuery } from './case.ts';
import { placeInQueue } from './queue.ts';
import { useKeys } from './use-keys.ts';
import { useWords } from './words.ts';

/** The case's place in the list it was opened from; the next one is fetched before it is asked for. */
function useNeighbours(code: string) {
  const router = useRouter();
  const queries = useQueryClient();
  const at = useMemo(() => placeInQueue(code), [code]);
  useEffect(() => {
    if (at.next) void queries.prefetchQuery(caseQuery(at.next));
  }, [at, queries]);
  const keys = useMemo(() => {
    const go = (to: string | undefined) =>
      to ? () => void router.navigate({ href: casePath(to) }) : undefined;
    return { KeyJ: go(at.next), KeyK: go(at.previous) };
  }, [at, router]);
  useKeys(keys);
  return at;
}

function Step({
  to,
  letter,
  children,
}: {
  to: string | undefined;
  letter: string;
  children: ReactNode;
}) {
  if (!to) return null;
  return (
    <AppLink href={casePath(to)} className={buttonClass('quiet', true)}>
      {children} <kbd className="ltr font-sans text-xs text-soft">{letter}</kbd>
    </AppLink>
  );
}

/** The way back to the list and to the cases before and after this one. */
export function Neighbours({ code }: { code: string }) {
  const t = useWords();
  const { count } = useFormats();
  const { place, total, previous, next, list } = useNeighbours(code);
  return (
    <nav className="no-print flex flex-wrap items-center gap-2">
      <AppLink href={list} className={buttonClass('quiet', true)}>
        <Icon name="back" size={16} />
        {t('case.back')}
      </AppLink>
      <Step to={previous} letter="k">
        {t('case.previous')}
      </Step>
      {total > 1 ? (
        <span className="text-sm text-soft">
          {t('case.place', { place: count(place), total: count(total) })}
        </span>
      ) : null}
      <Step to={next} letter="j">
        {t('case.next')}
      </Step>
    </nav>
  );
}
