import { useQuery } from '@tanstack/react-query';
import type { ComponentType, ReactNode } from 'react';
import { answer, api } from '../../../web/api.ts';
import { useFormats } from '../../../web/format.ts';
import { identityPath, myCasePath } from '../../../web/paths.ts';
import { useAccount } from '../../../web/session.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, PageHead, Sheet } from '../../../web/ui/Blocks.tsx';
import { buttonClass } from '../../../web/ui/Button.tsx';
import { Loaded } from '../../../web/ui/Loaded.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { State } from '../State.tsx';
import { draftsQuery, identityQuery, usePlaces } from './draft.ts';
import { useApplyWords } from './words.ts';

function Line({ href, title, children }: { href: string; title: string; children: ReactNode }) {
  return (
    <li className="border-b border-line last:border-b-0">
      <AppLink
        href={href}
        className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2 text-ink no-underline hover:bg-accent-soft"
      >
        <span className="link font-semibold">{title}</span>
        <span className="text-sm text-soft">{children}</span>
      </AppLink>
    </li>
  );
}

function Drafts({ otherwise }: { otherwise?: ReactNode }) {
  const t = useApplyWords();
  const { label, line, instant } = useFormats();
  const places = usePlaces();
  const query = useQuery(draftsQuery);
  return (
    <Loaded query={query} shape="line">
      {({ items }) =>
        items.length === 0 ? (
          otherwise
        ) : (
          <Sheet title={t('my.drafts')} id="drafts">
            <ul>
              {items.map((draft) => (
                <Line
                  key={draft.code}
                  href={places.draft(draft.code)}
                  title={line(label(draft.occupation?.label), draft.name) || t('my.unnamed')}
                >
                  {t('my.saved', instant(draft.savedAt))}
                </Line>
              ))}
            </ul>
          </Sheet>
        )
      }
    </Loaded>
  );
}

function Cases() {
  const t = useApplyWords();
  const { label } = useFormats();
  const query = useQuery({
    queryKey: ['my', 'cases'],
    queryFn: () => answer(api.GET('/api/cases', { params: { query: { limit: 50 } } })),
  });
  return (
    <Loaded query={query} shape="figure">
      {({ items }) =>
        items.length === 0 ? (
          <Drafts
            otherwise={
              <EmptyState icon="file" title={t('my.none')}>
                {t('my.noneHint')}
              </EmptyState>
            }
          />
        ) : (
          <>
            <Sheet title={t('my.cases')} id="cases">
              <ul>
                {items.map((one) => (
                  <Line
                    key={one.code}
                    href={myCasePath(one.code)}
                    title={label(one.occupation.label)}
                  >
                    <State state={one.state} />
                  </Line>
                ))}
              </ul>
            </Sheet>
            <Drafts />
          </>
        )
      }
    </Loaded>
  );
}

function Identity() {
  const t = useApplyWords();
  const { data } = useQuery(identityQuery);
  if (!data?.person) return null;
  const { firstName, lastName, state } = data.person;
  const meaning = state === 'differs' ? 'stopped' : state === 'unconfirmed' ? 'waiting' : 'done';
  const word = `identity.${state}` as 'identity.confirmed';
  return (
    <Sheet title={t('my.who')} id="who">
      <p className="flex flex-wrap items-center gap-3">
        <span className="font-semibold">{`${firstName} ${lastName}`}</span>
        {state && t.has(word) ? <Status meaning={meaning}>{t(word)}</Status> : null}
      </p>
      {state === 'unconfirmed' ? (
        <p className="text-soft">{t('identity.unconfirmedHint')}</p>
      ) : null}
      {state === 'differs' ? (
        <p>
          {t('identity.differsHint')}{' '}
          <AppLink className="link" href={identityPath()}>
            {t('my.whoEdit')}
          </AppLink>
        </p>
      ) : null}
    </Sheet>
  );
}

/** Everything of a citizen's on one page: what goes on, what is unfinished, and how to begin. */
export function MyPage({ panels }: { panels: { readonly [id: string]: ComponentType } }) {
  const t = useApplyWords();
  const { label } = useFormats();
  const account = useAccount();
  useTitle(t('my.title'));
  const places = usePlaces();
  const citizen = account?.role === 'citizen';
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead
        title={t('my.title')}
        end={
          <AppLink href={places.find} className={buttonClass('primary')}>
            {t('my.begin')}
          </AppLink>
        }
      >
        {label(account?.name)}
      </PageHead>
      {citizen ? Object.entries(panels).map(([id, Panel]) => <Panel key={id} />) : null}
      {citizen ? <Cases /> : null}
      {citizen ? <Identity /> : null}
    </div>
  );
}

/** A counter's unfinished applications for others, and how to begin one. */
export function CounterPage() {
  const t = useApplyWords();
  useTitle(t('my.counter'));
  const places = usePlaces();
  return (
    <div className="mx-auto grid max-w-2xl gap-6">
      <PageHead
        title={t('my.counter')}
        end={
          <AppLink href={places.find} className={buttonClass('primary')}>
            {t('my.beginOther')}
          </AppLink>
        }
      >
        {t('my.counterHint')}
      </PageHead>
      <Drafts />
    </div>
  );
}
