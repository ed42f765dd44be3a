import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type Answer, answer, api, withKey } from '../../../web/api.ts';
import { useWrite } from '../../../web/form/use-write.ts';
import { useFormats } from '../../../web/format.ts';
import { Sheet } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { useAccountWords } from './words.ts';

/** `Mozilla/5.0 (X11; …) … Firefox/128.0` → Firefox: enough to know one's own again. */
function browserName(agent: string | null): string | undefined {
  const known = ['Edg', 'OPR', 'SamsungBrowser', 'Firefox', 'Chrome', 'Safari'];
  const found = known.find((name) => agent?.includes(`${name}/`));
  return found === 'Edg' ? 'Edge' : found === 'OPR' ? 'Opera' : found;
}

type Session = Answer<'/api/my/sessions'>['sessions'][number];

function useEnding() {
  const queries = useQueryClient();
  const fresh = () => queries.invalidateQueries({ queryKey: ['sessions'] });
  const one = useWrite(
    (code: string, opId) =>
      answer(
        api.POST('/api/my/sessions/{code}/end', {
          params: { path: { code } },
          headers: withKey(opId),
        }),
      ),
    fresh,
  );
  const others = useWrite(
    (_: string, opId) =>
      answer(api.POST('/api/my/sessions/end-others', { headers: withKey(opId) })),
    fresh,
  );
  return { one, others };
}

function OneSession({ session, onEnd }: { session: Session; onEnd: () => void }) {
  const t = useAccountWords();
  const { instant } = useFormats();
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-b border-line py-3 last:border-b-0">
      <span>
        <span className="font-semibold">{browserName(session.browser) ?? t('unknownBrowser')}</span>
        <span className="block text-sm text-soft">{t('opened', instant(session.openedAt))}</span>
      </span>
      {session.current ? (
        <Status meaning="done">{t('thisOne')}</Status>
      ) : (
        <Button look="quiet" onPress={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  );
}

/** Where one is signed in, and the end of it. */
export function Sessions() {
  const t = useAccountWords();
  const query = useQuery({
    queryKey: ['sessions'],
    queryFn: () => answer(api.GET('/api/my/sessions')),
  });
  const { one, others } = useEnding();
  return (
    <Sheet title={t('sessions')} id="sessions">
      <Loaded query={query} shape="line">
        {({ sessions }) => (
          <div className="grid gap-3">
            <ul>
              {sessions.map((session) => (
                <OneSession
                  key={session.code}
                  session={session}
                  onEnd={() => one.mutate(session.code)}
                />
              ))}
            </ul>
            {sessions.length > 1 ? (
              <Button look="secondary" onPress={() => others.mutate('')}>
                {t('endOthers')}
              </Button>
            ) : null}
          </div>
        )}
      </Loaded>
    </Sheet>
  );
}
