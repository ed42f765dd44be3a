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
  if (!account) throw redirect({ href: signInPath(location.href) });
}

const overview = createRoute({
  getParentRoute: () => root,
  path: '/office',
  component: lazyRouteComponent(() => import('../figures/web/OverviewPage.tsx'), 'OverviewPage'),
});

const cases = createRoute({
  getParentRoute: () => root,
  path: '/office/cases',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../permits/web/CasesPage.tsx'), 'CasesPage'),
});

const oneCase = createRoute({
  getParentRoute: () => root,
  path: '/office/cases/$code',
  beforeLoad: needsAccount,
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
  getParentRoute: () => root,
  path: '/office/queue',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../permits/web/QueuePage.tsx'), 'QueuePage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/office/import',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../figures/web/ImportPage.tsx'), 'ImportPage'),
});

const referrals = createRoute({
  getParentRoute: () => root,
  path: '/office/referrals',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../financing/web/ReferPage.tsx'), 'ReferPage'),
});

const allocations = createRoute({
  getParentRoute: () => root,
  path: '/office/allocations',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(
    () => import('../financing/web/AllocationsPage.tsx'),
    'AllocationsPage',
  ),
});

const bankFiles = createRoute({
  getParentRoute: () => root,
  path: '/office/bank-files',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(
    () => import('../financing/web/bank-files/BankFilesPage.tsx'),
    'BankFilesPage',
  ),
});

const books = createRoute({
  getParentRoute: () => root,
  path: '/office/books',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(
    () => import('../financing/web/bank-files/BooksPage.tsx'),
    'BooksPage',
  ),
});

const banks = createRoute({
  getParentRoute: () => root,
  path: '/office/banks',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../financing/web/banks/BanksPage.tsx'), 'BanksPage'),
});

const visits = createRoute({
  getParentRoute: () => root,
  path: '/office/visits',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../supervision/web/VisitsPage.tsx'), 'VisitsPage'),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/office/jobs',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../employment/web/JobsPage.tsx'), 'JobsPage'),
});

const visit = createRoute({
  getParentRoute: () => root,
  path: '/office/visits/$code',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../supervision/web/VisitPage.tsx'), 'VisitPage'),
});

const fieldPage = lazyRouteComponent(
  () => import('../supervision/web/field/FieldPage.tsx'),
  'FieldPage',
);
/** The inspector's app: opened by its PIN and not by a session, because there may be no network. */
const inField = [
  createRoute({ getParentRoute: () => root, path: '/field', component: fieldPage }),
  createRoute({ getParentRoute: () => root, path: '/field/$', component: fieldPage }),
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

const who = createRoute({
  getParentRoute: () => root,
  path: '/my/who',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(
    () => import('../permits/web/apply/IdentityPage.tsx'),
    'IdentityPage',
  ),
});

const myCase = createRoute({
  getParentRoute: () => root,
  path: '/my/cases/$code',
  beforeLoad: needsAccount,
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

const forDrafts = { getParentRoute: () => root, beforeLoad: needsAccount } as const;

const myDraft = createRoute({ ...forDrafts, path: '/my/apply/$draft', component: DraftPage });
const myStep = createRoute({ ...forDrafts, path: '/my/apply/$draft/$step', component: StepPage });

const counter = createRoute({
  getParentRoute: () => root,
  path: '/office/apply',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../permits/web/apply/MyPage.tsx'), 'CounterPage'),
});

const counterFind = createRoute({
  getParentRoute: () => root,
  path: '/office/apply/find',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage'),
});

const counterDraft = createRoute({
  ...forDrafts,
  path: '/office/apply/$draft',
  component: DraftPage,
});
const counterStep = createRoute({
  ...forDrafts,
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

const staff = createRoute({
  getParentRoute: () => root,
  path: '/office/staff',
  beforeLoad: needsAccount,
  component: lazyRouteComponent(() => import('../accounts/web/StaffPage.tsx'), 'StaffPage'),
});

/** The router; this file alone names every page. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...[overview, queue, cases, oneCase, imports, referrals, allocations],
      ...[bankFiles, books, banks, visits, visit, jobs],
      ...applying,
      ...inField,
      ...[staff, signIn, openAccount],
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
