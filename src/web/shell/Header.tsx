import { useRouterState } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { useFormats } from '../format.ts';
import {
  aheadPath,
  allocationsPath,
  bankFilesPath,
  banksPath,
  bulletinsPath,
  casesPath,
  counterPath,
  deskPath,
  fieldPath,
  importPath,
  jobsPath,
  marketPath,
  myPath,
  nationPath,
  overviewPath,
  queuePath,
  referralsPath,
  reportsPath,
  signInPath,
  staffPath,
  supplyPath,
  supportersPath,
  visitsPath,
  workPath,
} from '../paths.ts';
import { type Account, useAccount } from '../session.ts';
import { AppLink } from '../ui/AppLink.tsx';
import { buttonClass } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { useShellWords } from '../words.ts';
import { Mark } from './Mark.tsx';
import { AccountMenu, LanguageButton, ThemeMenu } from './Settings.tsx';

/** Any of these has something to see on the page about banks. */
const opensBanks = ['financing.closeEnquiry', 'financing.bankEvents', 'accounts.listClients'];

/** The sections that this account can open, in their order. */
export function useSections(account: Account | null | undefined) {
  const t = useShellWords();
  const citizen = account?.role === 'citizen';
  const may = (permission: string) => account?.permissions.includes(permission) ?? false;
  const office = !citizen && may('permits.apply');
  const all = [
    { id: 'desk', href: deskPath(), open: may('figures.desk') },
    { id: 'overview', href: overviewPath(), open: true },
    { id: 'nation', href: nationPath(), open: may('figures.nation') },
    { id: 'ahead', href: aheadPath(), open: may('figures.targets') },
    { id: 'queue', href: queuePath(), open: may('permits.queue') },
    { id: 'my', href: myPath(), open: citizen },
    { id: 'work', href: workPath(), open: citizen },
    { id: 'cases', href: casesPath(), open: may('permits.list') && !citizen },
    { id: 'referrals', href: referralsPath(), open: may('financing.refer') },
    { id: 'allocations', href: allocationsPath(), open: may('financing.allocations') },
    { id: 'bankFiles', href: bankFilesPath(), open: may('financing.bankFiles') },
    { id: 'supply', href: supplyPath(), open: account?.role === 'supporter' },
    { id: 'supporters', href: supportersPath(), open: may('supporters.list') },
    { id: 'visits', href: visitsPath(), open: may('supervision.list') },
    { id: 'field', href: fieldPath(), open: account?.role === 'inspector' },
    { id: 'jobs', href: jobsPath(), open: may('employment.list') },
    { id: 'banks', href: banksPath(), open: opensBanks.some(may) },
    { id: 'bulletins', href: bulletinsPath(), open: may('publishing.readBulletins') },
    { id: 'staff', href: staffPath(), open: may('accounts.listStaff') },
    { id: 'market', href: marketPath(), open: may('market.listFairs') },
    { id: 'apply', href: counterPath(), open: office },
    { id: 'reports', href: reportsPath(), open: may('figures.reports') },
    { id: 'import', href: importPath(), open: may('figures.import') },
  ] as const;
  return all
    .filter((section) => section.open)
    .map((section) => ({ ...section, name: t(`nav.${section.id}`) }));
}

/** More sections than this have a row of their own on a desktop. */
const inOneRow = 4;

function Sections({ sections }: { sections: ReturnType<typeof useSections> }) {
  const t = useShellWords();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const current = sections.find(
    ({ href }) => path === href || (href !== overviewPath() && path.startsWith(`${href}/`)),
  )?.id;
  return (
    <nav aria-label={t('nav.label')}>
      <ul className="flex flex-col lg:flex-row lg:flex-wrap">
        {sections.map((section) => (
          <li key={section.id}>
            <AppLink
              href={section.href}
              {...(section.id === current ? { 'aria-current': 'page' as const } : {})}
              className={`flex min-h-12 items-center border-s-4 border-transparent px-3 text-ink no-underline hover:bg-sunk aria-[current=page]:border-accent aria-[current=page]:font-semibold lg:border-s-0 lg:border-b-4 ${sections.length > inOneRow ? '' : 'lg:min-h-16'}`}
            >
              {section.name}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

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
  const many = sections.length > inOneRow;
  const [open, setOpen] = useState(false);
  const at = useRouterState({ select: (state) => state.location.href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: going to another page closes the menu
  useEffect(() => setOpen(false), [at]);
  return (
    <header className="no-print sticky top-0 z-40 border-t-4 border-b border-t-accent border-b-line bg-sheet">
      <div className="mx-auto flex min-h-16 max-w-7xl items-center gap-x-6 px-4">
        <Brand account={account} />
        <div className="hidden grow items-center gap-4 whitespace-nowrap lg:flex">
          {many ? null : <Sections sections={sections} />}
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
            <Sections sections={sections} />
          </div>
        </div>
      ) : null}
      <div id="site-menu" hidden={!open} className="border-t border-line pb-4 lg:hidden">
        <Sections sections={sections} />
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
