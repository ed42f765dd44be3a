import { useEffect, useRef } from 'react';
import { answer, api, withKey } from '../../web/api.ts';
import { useWrite } from '../../web/form/use-write.ts';
import { signInPath } from '../../web/paths.ts';
import { useTitle } from '../../web/shell/Shell.tsx';
import { AppLink } from '../../web/ui/AppLink.tsx';
import { Skeleton } from '../../web/ui/Blocks.tsx';
import { PressFailed } from './account/PressFailed.tsx';
import { useAccountWords } from './account/words.ts';
import { useArrival } from './use-arrival.ts';

/** Where a browser comes back from the ministry's identity server. */
export function ReturnPage() {
  const t = useAccountWords();
  useTitle(t('returning'));
  const begun = useRef(false);
  const { mutate, error } = useWrite(
    (query: string, opId) =>
      answer(api.POST('/api/session/oidc/back', { body: { query }, headers: withKey(opId) })),
    useArrival(),
  );
  useEffect(() => {
    // What came back is good once.
    if (begun.current) return;
    begun.current = true;
    mutate(location.search || '?');
  }, [mutate]);
  if (!error) return <Skeleton shape="page" />;
  return (
    <div className="mx-auto grid max-w-xl gap-4">
      <PressFailed error={error} />
      <AppLink href={signInPath()} className="link">
        {t('startOver')}
      </AppLink>
    </div>
  );
}
