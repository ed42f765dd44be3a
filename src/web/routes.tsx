import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  type RouteComponent,
  redirect,
} from '@tanstack/react-router';
import { parseSearch, searchText, signInPath } from './paths.ts';
import { sessionQuery } from './session.ts';
import { Crashed, NotFound } from './shell/Fallbacks.tsx';
import { Shell } from './shell/Shell.tsx';
import { Skeleton } from './ui/Blocks.tsx';

type Context = { readonly queries: QueryClient };
type AnySearch = { [key: string]: string };

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  validateSearch: (search: AnySearch): AnySearch => search,
});

/** Sends a visitor to sign in, and back to where they wanted to go. */
async function needsAccount({
  context,
  location,
}: {
  context: Context;
  location: { href: string };
}): Promise<void> {
  const account = await context.queries.ensureQueryData(sessionQuery);
  if (!account || account.confinedTo) throw redirect({ href: signInPath(location.href) });
}

/** A page for whoever is signed in. */
const signedInPage = <Path extends string>(path: Path, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, beforeLoad: needsAccount, component });

const overview = createRoute({
  getParentRoute: () => root,
  path: '/office',
  component: lazyRouteComponent(() => import('../figures/web/OverviewPage.tsx'), 'OverviewPage'),
});

const cases = signedInPage(
  '/office/cases',
  lazyRouteComponent(() => import('../permits/web/CasesPage.tsx'), 'CasesPage'),
);

const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/office/cases/$code',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(async () => {
    const [
      { CasePage },
      { SupporterPanel: supporter },
      { JobsPanel: jobs },
      { VisitsPanel: visits },
      { DeviationsPanel: deviations },
    ] = await Promise.all([
      import('../permits/web/CasePage.tsx'),
      import('../supporters/web/SupporterPanel.tsx'),
      import('../employment/web/JobsPanel.tsx'),
      import('../supervision/web/VisitsPanel.tsx'),
      import('../supervision/web/DeviationsPanel.tsx'),
    ]);
    return { default: () => <CasePage panels={{ supporter, visits, deviations, jobs }} /> };
  }),
});

const queue = signedInPage(
  '/office/queue',
  lazyRouteComponent(() => import('../permits/web/QueuePage.tsx'), 'QueuePage'),
);

const imports = signedInPage(
  '/office/import',
  lazyRouteComponent(() => import('../figures/web/ImportPage.tsx'), 'ImportPage'),
);

const referrals = signedInPage(
  '/office/referrals',
  lazyRouteComponent(() => import('../financing/web/ReferPage.tsx'), 'ReferPage'),
);

const allocations = signedInPage(
  '/office/allocations',
  lazyRouteComponent(() => import('../financing/web/AllocationsPage.tsx'), 'AllocationsPage'),
);

const bankFiles = signedInPage(
  '/office/bank-files',
  lazyRouteComponent(
    () => import('../financing/web/bank-files/BankFilesPage.tsx'),
    'BankFilesPage',
  ),
);

const books = signedInPage(
  '/office/books',
  lazyRouteComponent(() => import('../financing/web/bank-files/BooksPage.tsx'), 'BooksPage'),
);

const banks = signedInPage(
  '/office/banks',
  lazyRouteComponent(() => import('../financing/web/banks/BanksPage.tsx'), 'BanksPage'),
);

const visits = signedInPage(
  '/office/visits',
  lazyRouteComponent(() => import('../supervision/web/VisitsPage.tsx'), 'VisitsPage'),
);

const jobs = signedInPage(
  '/office/jobs',
  lazyRouteComponent(() => import('../employment/web/JobsPage.tsx'), 'JobsPage'),
);

const visit = signedInPage(
  '/office/visits/$code',
  lazyRouteComponent(() => import('../supervision/web/VisitPage.tsx'), 'VisitPage'),
);

const supporters = signedInPage(
  '/office/supporters',
  lazyRouteComponent(() => import('../supporters/web/SupportersPage.tsx'), 'SupportersPage'),
);

const supporter = lazyRouteComponent(
  () => import('../supporters/web/SupporterPage.tsx'),
  'SupporterPage',
);
const cover = lazyRouteComponent(() => import('../supporters/web/CoverPage.tsx'), 'CoverPage');
const work = lazyRouteComponent(() => import('../supporters/web/WorkPage.tsx'), 'WorkPage');

/** Supporters and the people whom they cover, for the office and for themselves. */
const supporting = [
  supporters,
  signedInPage('/office/supporters/$code', supporter),
  signedInPage('/office/covers/$code', cover),
  signedInPage('/my/supporters/$code', supporter),
  signedInPage('/my/covers/$code', cover),
  signedInPage('/my/work', work),
] as const;

const find = createRoute({
  getParentRoute: () => root,
  path: '/my/find',
  component: lazyRouteComponent(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage'),
});

const my = createRoute({
  getParentRoute: () => root,
  path: '/my',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(async () => {
    const [{ MyPage }, { MyJobsPanel: jobs }] = await Promise.all([
      import('../permits/web/apply/MyPage.tsx'),
      import('../employment/web/MyJobsPanel.tsx'),
    ]);
    return { default: () => <MyPage panels={{ jobs }} /> };
  }),
});

const who = signedInPage(
  '/my/who',
  lazyRouteComponent(() => import('../permits/web/apply/IdentityPage.tsx'), 'IdentityPage'),
);

const myCase = createRoute({
  getParentRoute: () => root,
  path: '/my/cases/$code',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(async () => {
    const [{ MyCasePage }, { SupporterPanel: supporter }, { DeviationsPanel: deviations }] =
      await Promise.all([
        import('../permits/web/apply/MyCasePage.tsx'),
        import('../supporters/web/SupporterPanel.tsx'),
        import('../supervision/web/DeviationsPanel.tsx'),
      ]);
    return { default: () => <MyCasePage panels={{ supporter, deviations }} /> };
  }),
});

const DraftPage = lazyRouteComponent(
  () => import('../permits/web/apply/DraftPage.tsx'),
  'DraftPage',
);
const StepPage = lazyRouteComponent(() => import('../permits/web/apply/StepPage.tsx'), 'StepPage');

const myDraft = signedInPage('/my/apply/$draft', DraftPage);

const myStep = signedInPage('/my/apply/$draft/$step', StepPage);

const counter = signedInPage(
  '/office/apply',
  lazyRouteComponent(() => import('../permits/web/apply/MyPage.tsx'), 'CounterPage'),
);

const counterFind = signedInPage(
  '/office/apply/find',
  lazyRouteComponent(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage'),
);

const counterDraft = signedInPage('/office/apply/$draft', DraftPage);

const counterStep = signedInPage('/office/apply/$draft/$step', StepPage);

/** Everything on which somebody applies, for themselves or at a counter. */
const applying = [
  find,
  my,
  who,
  myCase,
  myDraft,
  myStep,
  counter,
  counterFind,
  counterDraft,
  counterStep,
] as const;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../accounts/web/SignInPage.tsx'), 'SignInPage'),
});

const openAccount = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/open',
  component: lazyRouteComponent(() => import('../accounts/web/OpenPage.tsx'), 'OpenPage'),
});

const staff = signedInPage(
  '/office/staff',
  lazyRouteComponent(() => import('../accounts/web/StaffPage.tsx'), 'StaffPage'),
);

const returned = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/back',
  component: lazyRouteComponent(() => import('../accounts/web/ReturnPage.tsx'), 'ReturnPage'),
});

const account = signedInPage(
  '/my/account',
  lazyRouteComponent(() => import('../accounts/web/AccountPage.tsx'), 'AccountPage'),
);

/** The router; this file alone names every page. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...[overview, queue, cases, oneCase, imports, referrals, allocations],
      ...[bankFiles, books, banks, visits, visit, jobs],
      ...supporting,
      ...applying,
      ...[staff, account, signIn, openAccount, returned],
    ]),
    context: { queries },
    parseSearch,
    stringifySearch: (search) => searchText(search),
    defaultNotFoundComponent: NotFound,
    defaultErrorComponent: Crashed,
    defaultPendingComponent: () => <Skeleton shape="page" />,
    defaultPendingMs: 150,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}
