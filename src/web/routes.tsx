import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
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

/** Pages for whoever is signed in. */
const guarded = { getParentRoute: () => root, beforeLoad: needsAccount };

const overview = createRoute({
  getParentRoute: () => root,
  path: '/office',
  component: lazyRouteComponent(() => import('../figures/web/OverviewPage.tsx'), 'OverviewPage'),
});

const cases = createRoute({
  ...guarded,
  path: '/office/cases',
  component: lazyRouteComponent(() => import('../permits/web/CasesPage.tsx'), 'CasesPage'),
});

const oneCase = createRoute({
  ...guarded,
  path: '/office/cases/$code',
  component: lazyRouteComponent(async () => {
    const [
      { CasePage },
      { JobsPanel: jobs },
      { VisitsPanel: visits },
      { DeviationsPanel: deviations },
    ] = await Promise.all([
      import('../permits/web/CasePage.tsx'),
      import('../employment/web/JobsPanel.tsx'),
      import('../supervision/web/VisitsPanel.tsx'),
      import('../supervision/web/DeviationsPanel.tsx'),
    ]);
    return { default: () => <CasePage panels={{ visits, deviations, jobs }} /> };
  }),
});

const queue = createRoute({
  ...guarded,
  path: '/office/queue',
  component: lazyRouteComponent(() => import('../permits/web/QueuePage.tsx'), 'QueuePage'),
});

const imports = createRoute({
  ...guarded,
  path: '/office/import',
  component: lazyRouteComponent(() => import('../figures/web/ImportPage.tsx'), 'ImportPage'),
});

const referrals = createRoute({
  ...guarded,
  path: '/office/referrals',
  component: lazyRouteComponent(() => import('../financing/web/ReferPage.tsx'), 'ReferPage'),
});

const allocations = createRoute({
  ...guarded,
  path: '/office/allocations',
  component: lazyRouteComponent(
    () => import('../financing/web/AllocationsPage.tsx'),
    'AllocationsPage',
  ),
});

const bankFiles = createRoute({
  ...guarded,
  path: '/office/bank-files',
  component: lazyRouteComponent(
    () => import('../financing/web/bank-files/BankFilesPage.tsx'),
    'BankFilesPage',
  ),
});

const books = createRoute({
  ...guarded,
  path: '/office/books',
  component: lazyRouteComponent(
    () => import('../financing/web/bank-files/BooksPage.tsx'),
    'BooksPage',
  ),
});

const banks = createRoute({
  ...guarded,
  path: '/office/banks',
  component: lazyRouteComponent(() => import('../financing/web/banks/BanksPage.tsx'), 'BanksPage'),
});

const visits = createRoute({
  ...guarded,
  path: '/office/visits',
  component: lazyRouteComponent(() => import('../supervision/web/VisitsPage.tsx'), 'VisitsPage'),
});

const jobs = createRoute({
  ...guarded,
  path: '/office/jobs',
  component: lazyRouteComponent(() => import('../employment/web/JobsPage.tsx'), 'JobsPage'),
});

const visit = createRoute({
  ...guarded,
  path: '/office/visits/$code',
  component: lazyRouteComponent(() => import('../supervision/web/VisitPage.tsx'), 'VisitPage'),
});

const find = createRoute({
  getParentRoute: () => root,
  path: '/my/find',
  component: lazyRouteComponent(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage'),
});

const my = createRoute({
  ...guarded,
  path: '/my',
  component: lazyRouteComponent(async () => {
    const [{ MyPage }, { MyJobsPanel: jobs }] = await Promise.all([
      import('../permits/web/apply/MyPage.tsx'),
      import('../employment/web/MyJobsPanel.tsx'),
    ]);
    return { default: () => <MyPage panels={{ jobs }} /> };
  }),
});

const who = createRoute({
  ...guarded,
  path: '/my/who',
  component: lazyRouteComponent(
    () => import('../permits/web/apply/IdentityPage.tsx'),
    'IdentityPage',
  ),
});

const myCase = createRoute({
  ...guarded,
  path: '/my/cases/$code',
  component: lazyRouteComponent(async () => {
    const [{ MyCasePage }, { DeviationsPanel: deviations }] = await Promise.all([
      import('../permits/web/apply/MyCasePage.tsx'),
      import('../supervision/web/DeviationsPanel.tsx'),
    ]);
    return { default: () => <MyCasePage panels={{ deviations }} /> };
  }),
});

const DraftPage = lazyRouteComponent(
  () => import('../permits/web/apply/DraftPage.tsx'),
  'DraftPage',
);
const StepPage = lazyRouteComponent(() => import('../permits/web/apply/StepPage.tsx'), 'StepPage');

const myDraft = createRoute({
  ...guarded,
  path: '/my/apply/$draft',
  component: DraftPage,
});

const myStep = createRoute({
  ...guarded,
  path: '/my/apply/$draft/$step',
  component: StepPage,
});

const counter = createRoute({
  ...guarded,
  path: '/office/apply',
  component: lazyRouteComponent(() => import('../permits/web/apply/MyPage.tsx'), 'CounterPage'),
});

const counterFind = createRoute({
  ...guarded,
  path: '/office/apply/find',
  component: lazyRouteComponent(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage'),
});

const counterDraft = createRoute({
  ...guarded,
  path: '/office/apply/$draft',
  component: DraftPage,
});

const counterStep = createRoute({
  ...guarded,
  path: '/office/apply/$draft/$step',
  component: StepPage,
});

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

const returned = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/back',
  component: lazyRouteComponent(() => import('../accounts/web/ReturnPage.tsx'), 'ReturnPage'),
});

const account = createRoute({
  ...guarded,
  path: '/my/account',
  component: lazyRouteComponent(() => import('../accounts/web/AccountPage.tsx'), 'AccountPage'),
});

const staff = createRoute({
  ...guarded,
  path: '/office/staff',
  component: lazyRouteComponent(() => import('../accounts/web/StaffPage.tsx'), 'StaffPage'),
});

/** The router; this file alone names every page. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...[overview, queue, cases, oneCase, imports, referrals, allocations],
      ...[bankFiles, books, banks, visits, visit, jobs],
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
