import { type ReactNode, useEffect } from 'react';
import { useFormats } from '../../../web/format.ts';
import { fieldPath } from '../../../web/paths.ts';
import { useTitle } from '../../../web/shell/Shell.tsx';
import { AppLink } from '../../../web/ui/AppLink.tsx';
import { EmptyState, Skeleton } from '../../../web/ui/Blocks.tsx';
import { Button } from '../../../web/ui/Button.tsx';
import { Icon } from '../../../web/ui/Icon.tsx';
import { Status } from '../../../web/ui/Status.tsx';
import { isAble, lockApp, useAppState, useLive, usePhone } from './app-state.ts';
import { Enrol, Locked } from './Enter.tsx';
import { install, letIn, useInstalled } from './install.ts';
import type { Phone } from './shapes.ts';
import { unreceivedStates } from './shapes.ts';
import { database, type Vault } from './vault.ts';
import { useWords } from './words.ts';

/** What a page of the app is given once the PIN has opened it. */
export type Opened = { readonly vault: Vault; readonly phone: Phone };

/** How many records the server has not received whole, and how many wait for a person; seen without the PIN. */
function useCounts(): { unreceived: number; conflicts: number } {
  const rows = useLive(() => database.records.orderBy('seq').toArray(), database);
  const of = (states: readonly string[]) =>
    rows?.filter(({ state }) => states.includes(state)).length ?? 0;
  return {
    unreceived: of([...unreceivedStates, 'waits_photos', 'held']),
    conflicts: of(['conflict', 'refused']),
  };
}

/** What the server has not received, on top of every page. */
function Unsent() {
  const t = useWords();
  const { digits } = useFormats();
  const { unreceived, conflicts } = useCounts();
  return (
    <AppLink
      href={fieldPath('sent')}
      className="flex min-h-12 flex-wrap items-center gap-2 text-ink no-underline"
    >
      <Status meaning={unreceived > 0 ? 'waiting' : 'done'}>
        {unreceived > 0 ? t('unsent', { count: digits(unreceived) }) : t('allSent')}
      </Status>
      {conflicts > 0 ? (
        <Status meaning="late">{t('conflicts', { count: digits(conflicts) })}</Status>
      ) : null}
    </AppLink>
  );
}

function Update() {
  const t = useWords();
  const { update } = useInstalled();
  if (!update) return null;
  return (
    <div role="status" className="mb-4 grid gap-3 rounded-lg border-2 border-accent p-4">
      <p>{t('update')}</p>
      <Button look="secondary" onPress={() => letIn(update)}>
        {t('updateNow')}
      </Button>
    </div>
  );
}

function Bar({ open, back }: { open: boolean; back: string | undefined }) {
  const t = useWords();
  return (
    <header className="no-print sticky top-0 z-40 border-t-4 border-b border-t-accent border-b-line bg-sheet">
      <div className="mx-auto flex min-h-14 max-w-2xl items-center gap-2 px-3">
        {back === undefined ? null : (
          <AppLink
            href={back}
            aria-label={t('back')}
            className="inline-flex size-12 items-center justify-center text-ink"
          >
            <Icon name="back" size={24} />
          </AppLink>
        )}
        <span className="grow">
          <Unsent />
        </span>
        {open ? (
          <Button look="quiet" onPress={lockApp}>
            {t('lock')}
          </Button>
        ) : null}
      </div>
    </header>
  );
}

function Inside({ children }: { children: (opened: Opened) => ReactNode }) {
  const t = useWords();
  const phone = usePhone();
  const { vault } = useAppState();
  if (!isAble()) {
    return (
      <EmptyState icon="alert" title={t('notAble')} as="h1">
        {t('notAbleNext')}
      </EmptyState>
    );
  }
  if (phone === undefined) return <Skeleton shape="page" />;
  if (phone === null) return <Enrol />;
  return vault ? children({ vault, phone }) : <Locked phone={phone} />;
}

/** What is around every page of the app: what is unsent, the lock, a newer version; inside it the PIN. */
export function Frame({
  title,
  back,
  children,
}: {
  title: string;
  back?: string;
  children: (opened: Opened) => ReactNode;
}) {
  const { vault } = useAppState();
  useTitle(title);
  useEffect(() => void install(), []);
  return (
    <>
      <Bar open={vault !== null} back={vault ? back : undefined} />
      <div className="mx-auto max-w-2xl px-3 pt-4 pb-24">
        <Update />
        <Inside>{children}</Inside>
      </div>
    </>
  );
}
