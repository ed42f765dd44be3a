import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useFormats } from '../format.ts';
import { overviewPath, signInPath } from '../paths.ts';
import { type Account, useAccount } from '../session.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { buttonClass } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useShellWords } from '../words.ts';
import { Mark } from './Mark.tsx';
import { useEntries, useSections } from './menu-entries.ts';
import { inOneRow, Sections } from './Sections.tsx';
import { AccountMenu, LanguageButton, ThemeMenu } from './Settings.tsx';

function Brand({ account }: { account: Account | null | undefined }) {
  const t = useShellWords();
  const { label } = useFormats();
  return (
    <AppLink href={overviewPath()} className="flex items-center gap-3 text-ink no-underline">
      <Mark />
      <span className="grid">
        <span className="text-lg leading-6 font-bold">{t('product')}</span>
        <span className="text-xs text-soft">{label(account?.province.label) || t('tagline')}</span>
      </span>
    </AppLink>
  );
}

function Tools({ onPalette }: { onPalette: () => void }) {
  const t = useShellWords();
  return (
    <>
      <AriaButton className={`${buttonClass('quiet', true)} text-soft!`} onPress={onPalette}>
        <Icon name="search" />
        <span>{t('palette.open')}</span>
        <kbd className="ltr hidden rounded border border-line px-1.5 font-sans text-xs leading-5 lg:inline">
          Ctrl K
        </kbd>
      </AriaButton>
      <LanguageButton />
      <ThemeMenu />
    </>
  );
}

function Who({ account }: { account: Account | null | undefined }) {
  const t = useShellWords();
  if (account) return <AccountMenu account={account} />;
  if (account === undefined) return null;
  return (
    <AppLink href={signInPath()} className={buttonClass('secondary', true)}>
      {t('account.signIn')}
    </AppLink>
  );
}

function MenuButton({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const t = useShellWords();
  return (
    <AriaButton
      className={`${buttonClass('quiet', true)} ms-auto lg:hidden!`}
      aria-expanded={open}
      aria-controls="site-menu"
      onPress={() => onOpen(!open)}
    >
      <Icon name={open ? 'close' : 'menu'} />
      {t('nav.menu')}
    </AriaButton>
  );
}

/** The head of every page: the mark, the sections, search, language, theme and account. */
export function Header({ onPalette }: { onPalette: () => void }) {
  const account = useAccount();
  const sections = useSections(account);
  const many = useEntries(sections).length > inOneRow;
  const [open, setOpen] = useState(false);
  const at = useRouterState({ select: (state) => state.location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setOpen(false), [at]);
  return (
    <header className="no-print sticky top-0 z-40 border-t-4 border-b border-t-accent border-b-line bg-sheet">
      <div className="mx-auto flex min-h-16 max-w-7xl items-center gap-x-6 px-4">
        <Brand account={account} />
        <div className="hidden grow items-center gap-4 whitespace-nowrap lg:flex">
          {many ? null : <Sections sections={sections} tall />}
          <div className="ms-auto flex items-center gap-1">
            <Tools onPalette={onPalette} />
            <Who account={account} />
          </div>
        </div>
        <MenuButton open={open} onOpen={setOpen} />
      </div>
      {many ? (
        <div className="hidden border-t border-line whitespace-nowrap lg:block">
          <div className="mx-auto max-w-7xl px-1">
            <Sections sections={sections} tall={false} />
          </div>
        </div>
      ) : null}
      <div id="site-menu" hidden={!open} className="border-t border-line pb-4 lg:hidden">
        <Sections sections={sections} tall={false} />
        <div className="flex flex-wrap items-center gap-1 border-t border-line px-2 pt-2">
          <Tools onPalette={onPalette} />
        </div>
        <div className="px-2 pt-2">
          <Who account={account} />
        </div>
      </div>
    </header>
  );
}
