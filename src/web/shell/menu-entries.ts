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
  staffPath,
  supplyPath,
  supportersPath,
  visitsPath,
  workPath,
} from '../paths.ts';
import type { Account } from '../session.ts';
import { useShellWords } from '../words.ts';

/** Any of these has something to see on the page about banks. */
const opensBanks = ['financing.closeEnquiry', 'financing.bankEvents', 'accounts.listClients'];

/** What stands behind one button of the menu, in its order; the sections of no group stand by themselves. */
const groups = ['money', 'field', 'figures', 'office'] as const;
type Group = (typeof groups)[number];

/** A place to go. */
export type Section = {
  readonly id: string;
  readonly href: string;
  readonly name: string;
  readonly group: Group | undefined;
};

/** An entry of the menu: a section, or a group of them behind a button. */
export type Entry = Section | { readonly id: Group; readonly name: string; readonly of: Section[] };

type May = (permission: string) => boolean;

/** Every section, and whether it is open to a role with certain permissions. */
const sectionsOf = (role: Account['role'] | undefined, may: May) =>
  [
    { id: 'desk', href: deskPath(), open: may('figures.desk') },
    { id: 'overview', href: overviewPath(), open: true },
    { id: 'queue', href: queuePath(), open: may('permits.queue') },
    { id: 'my', href: myPath(), open: role === 'citizen' },
    { id: 'work', href: workPath(), open: role === 'citizen' },
    { id: 'cases', href: casesPath(), open: may('permits.list') && role !== 'citizen' },
    ...moneySections(may),
    ...fieldSections(role, may),
    ...figureSections(may),
    ...officeSections(role, may),
  ] as const;

const moneySections = (may: May) =>
  [
    { group: 'money', id: 'referrals', href: referralsPath(), open: may('financing.refer') },
    {
      group: 'money',
      id: 'allocations',
      href: allocationsPath(),
      open: may('financing.allocations'),
    },
    { group: 'money', id: 'bankFiles', href: bankFilesPath(), open: may('financing.bankFiles') },
    { group: 'money', id: 'banks', href: banksPath(), open: opensBanks.some(may) },
  ] as const;

const fieldSections = (role: Account['role'] | undefined, may: May) =>
  [
    { group: 'field', id: 'supply', href: supplyPath(), open: role === 'supporter' },
    { group: 'field', id: 'visits', href: visitsPath(), open: may('supervision.list') },
    { group: 'field', id: 'field', href: fieldPath(), open: role === 'inspector' },
    { group: 'field', id: 'jobs', href: jobsPath(), open: may('employment.list') },
    { group: 'field', id: 'supporters', href: supportersPath(), open: may('supporters.list') },
    { group: 'field', id: 'market', href: marketPath(), open: may('market.listFairs') },
  ] as const;

const figureSections = (may: May) =>
  [
    { group: 'figures', id: 'nation', href: nationPath(), open: may('figures.nation') },
    { group: 'figures', id: 'ahead', href: aheadPath(), open: may('figures.targets') },
    { group: 'figures', id: 'reports', href: reportsPath(), open: may('figures.reports') },
    {
      group: 'figures',
      id: 'bulletins',
      href: bulletinsPath(),
      open: may('publishing.readBulletins'),
    },
  ] as const;

const officeSections = (role: Account['role'] | undefined, may: May) =>
  [
    { group: 'office', id: 'apply', href: counterPath(), open: mayApply(role, may) },
    { group: 'office', id: 'import', href: importPath(), open: may('figures.import') },
    { group: 'office', id: 'staff', href: staffPath(), open: may('accounts.listStaff') },
  ] as const;

/** For others: a citizen applies for themselves, elsewhere. */
const mayApply = (role: Account['role'] | undefined, may: May) =>
  role !== 'citizen' && may('permits.apply');

/** The sections that this account can open, in their order. */
export function useSections(account: Account | null | undefined): Section[] {
  const t = useShellWords();
  const may = (permission: string) => account?.permissions.includes(permission) ?? false;
  return sectionsOf(account?.role, may)
    .filter(({ open }) => open)
    .map((section) => ({
      ...{ id: section.id, href: section.href, name: t(`nav.${section.id}`) },
      group: 'group' in section ? section.group : undefined,
    }));
}

/** Whoever can open no more than this sees each by itself. */
const mostAlone = 6;

/** The menu's entries: first what stands by itself, then the groups; a group of one is that one. */
export function useEntries(sections: readonly Section[]): Entry[] {
  const t = useShellWords();
  if (sections.length <= mostAlone) return [...sections];
  return [
    ...sections.filter(({ group }) => group === undefined),
    ...groups.flatMap((id): Entry[] => {
      const of = sections.filter(({ group }) => group === id);
      return of.length < 2 ? of : [{ id, name: t(`nav.groups.${id}`), of }];
    }),
  ];
}
