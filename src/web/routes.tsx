import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent as lazy,
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

type Asked = { readonly context: Context; readonly location: { readonly href: string } };

/** Sends a visitor to sign in, and back to where they wanted to go. */
async function needsAccount({ context, location }: Asked): Promise<void> {
  const account = await context.queries.ensureQueryData(sessionQuery);
  if (!account || account.confinedTo) throw redirect({ href: signInPath(location.href) });
}

/** A page for whoever is signed in; its scripts come while the server is asked who that is. */
const signedInPage = <Path extends string>(path: Path, component: RouteComponent) => {
  const beforeLoad = (asked: Asked) => {
    void component.preload?.();
    return needsAccount(asked);
  };
  return createRoute({ getParentRoute: () => root, path, beforeLoad, component });
};

const overview = createRoute({
  getParentRoute: () => root,
  path: '/office',
  component: lazy(() => import('../figures/web/OverviewPage.tsx'), 'OverviewPage'),
});

const DeskPage = lazy(() => import('../figures/web/desk/DeskPage.tsx'), 'DeskPage');
const ReportsPage = lazy(() => import('../figures/web/reports/ReportsPage.tsx'), 'ReportsPage');
const AheadPage = lazy(() => import('../figures/web/ahead/AheadPage.tsx'), 'AheadPage');
const NationPage = lazy(() => import('../figures/web/nation/NationPage.tsx'), 'NationPage');
/** What waits, how the year goes, and where it will end. */
const looking = [
  signedInPage('/office/desk', DeskPage),
  signedInPage('/office/ahead', AheadPage),
  signedInPage('/office/nation', NationPage),
  signedInPage('/office/reports', ReportsPage),
] as const;

const CasesPage = lazy(() => import('../permits/web/CasesPage.tsx'), 'CasesPage');
const cases = signedInPage('/office/cases', CasesPage);

const oneCase = signedInPage(
  '/office/cases/$code',
  lazy(async () => {
    const [
      { CasePage },
      { PlanPanel: plan },
      { SupporterPanel: supporter },
      { JobsPanel: jobs },
      { VisitsPanel: visits },
      { DeviationsPanel: deviations },
      { LoanPanel: loan },
    ] = await Promise.all([
      import('../permits/web/CasePage.tsx'),
      import('../financing/web/loan/PlanPanel.tsx'),
      import('../supporters/web/SupporterPanel.tsx'),
      import('../employment/web/JobsPanel.tsx'),
      import('../supervision/web/VisitsPanel.tsx'),
      import('../supervision/web/DeviationsPanel.tsx'),
      import('../financing/web/loan/LoanPanel.tsx'),
    ]);
    const panels = { plan, supporter, visits, deviations, jobs, loan };
    const beside = ['visits', 'deviations', 'jobs'];
    return { default: () => <CasePage panels={panels} beside={beside} /> };
  }),
);

const QueuePage = lazy(() => import('../permits/web/QueuePage.tsx'), 'QueuePage');
const queue = signedInPage('/office/queue', QueuePage);

const ImportPage = lazy(() => import('../figures/web/ImportPage.tsx'), 'ImportPage');
const imports = signedInPage('/office/import', ImportPage);

const ReferPage = lazy(() => import('../financing/web/ReferPage.tsx'), 'ReferPage');
const referrals = signedInPage('/office/referrals', ReferPage);

const allocations = signedInPage(
  '/office/allocations',
  lazy(() => import('../financing/web/AllocationsPage.tsx'), 'AllocationsPage'),
);

const bankFiles = signedInPage(
  '/office/bank-files',
  lazy(() => import('../financing/web/bank-files/BankFilesPage.tsx'), 'BankFilesPage'),
);

const BooksPage = lazy(() => import('../financing/web/bank-files/BooksPage.tsx'), 'BooksPage');
const books = signedInPage('/office/books', BooksPage);

const BanksPage = lazy(() => import('../financing/web/banks/BanksPage.tsx'), 'BanksPage');
const banks = signedInPage('/office/banks', BanksPage);

const VisitsPage = lazy(() => import('../supervision/web/VisitsPage.tsx'), 'VisitsPage');
const visits = signedInPage('/office/visits', VisitsPage);

const JobsPage = lazy(() => import('../employment/web/JobsPage.tsx'), 'JobsPage');
const jobs = signedInPage('/office/jobs', JobsPage);

const visit = signedInPage(
  '/office/visits/$code',
  lazy(() => import('../supervision/web/VisitPage.tsx'), 'VisitPage'),
);

const supporters = lazy(() => import('../supporters/web/SupportersPage.tsx'), 'SupportersPage');
const supporter = lazy(() => import('../supporters/web/SupporterPage.tsx'), 'SupporterPage');
const cover = lazy(() => import('../supporters/web/CoverPage.tsx'), 'CoverPage');
const work = lazy(() => import('../supporters/web/WorkPage.tsx'), 'WorkPage');

/** Supporters and the people whom they cover, for the office and for themselves. */
const supporting = [
  signedInPage('/office/supporters', supporters),
  signedInPage('/office/supporters/$code', supporter),
  signedInPage('/office/covers/$code', cover),
  signedInPage('/my/supporters/$code', supporter),
  signedInPage('/my/covers/$code', cover),
  signedInPage('/my/work', work),
] as const;

const fieldPage = lazy(() => import('../supervision/web/field/FieldPage.tsx'), 'FieldPage');
/** The inspector's app: opened by its PIN and not by a session, because there may be no network. */
const inField = [
  createRoute({ getParentRoute: () => root, path: '/field', component: fieldPage }),
  createRoute({ getParentRoute: () => root, path: '/field/$', component: fieldPage }),
] as const;

const FindPage = lazy(() => import('../permits/web/apply/FindPage.tsx'), 'FindPage');
const find = createRoute({ getParentRoute: () => root, path: '/my/find', component: FindPage });

const my = signedInPage(
  '/my',
  lazy(async () => {
    const [{ MyPage }, { MyJobsPanel: jobs }, { MarketPanel: market }] = await Promise.all([
      import('../permits/web/apply/MyPage.tsx'),
      import('../employment/web/MyJobsPanel.tsx'),
      import('../market/web/MarketPanel.tsx'),
    ]);
    return { default: () => <MyPage panels={{ jobs, market }} /> };
  }),
);

const who = signedInPage(
  '/my/who',
  lazy(() => import('../permits/web/apply/IdentityPage.tsx'), 'IdentityPage'),
);

const myCase = signedInPage(
  '/my/cases/$code',
  lazy(async () => {
    const [
      { MyCasePage },
      { SupporterPanel: supporter },
      { MySupervisionPanel: supervision },
      { MyLoanPanel: loan },
    ] = await Promise.all([
      import('../permits/web/apply/MyCasePage.tsx'),
      import('../supporters/web/SupporterPanel.tsx'),
      import('../supervision/web/MySupervisionPanel.tsx'),
      import('../financing/web/loan/MyLoanPanel.tsx'),
    ]);
    return { default: () => <MyCasePage panels={{ supervision, supporter, loan }} /> };
  }),
);

const DraftPage = lazy(() => import('../permits/web/apply/DraftPage.tsx'), 'DraftPage');
const StepPage = lazy(() => import('../permits/web/apply/StepPage.tsx'), 'StepPage');

const myDraft = signedInPage('/my/apply/$draft', DraftPage);
const myStep = signedInPage('/my/apply/$draft/$step', StepPage);

const counter = signedInPage(
  '/office/apply',
  lazy(() => import('../permits/web/apply/MyPage.tsx'), 'CounterPage'),
);

const counterFind = signedInPage('/office/apply/find', FindPage);

const counterDraft = signedInPage('/office/apply/$draft', DraftPage);
const counterStep = signedInPage('/office/apply/$draft/$step', StepPage);

/** Everything on which somebody applies, for themselves or at a counter. */
const applying = [
  ...[find, my, who, myCase, myDraft, myStep],
  ...[counter, counterFind, counterDraft, counterStep],
] as const;

/** A page of the market for whoever is signed in: the one that its file exports. */
const trade = <Path extends string>(path: Path, load: () => Promise<object>) =>
  signedInPage(
    path,
    lazy(async () => {
      const exported = Object.entries(await load());
      return { default: exported.find(([name]) => name.endsWith('Page'))?.[1] as RouteComponent };
    }),
  );

const trading = [
  trade('/my/stall', () => import('../market/web/MyStallsPage.tsx')),
  trade('/my/stall/$code', () => import('../market/web/MyStallPage.tsx')),
  trade('/my/stall/$code/$product', () => import('../market/web/MyProductPage.tsx')),
  trade('/my/buy/$product', () => import('../market/web/BuyPage.tsx')),
  trade('/my/orders', () => import('../market/web/OrdersPage.tsx')),
  trade('/my/orders/$code', () => import('../market/web/OrderPage.tsx')),
  trade('/office/market', () => import('../market/web/MarketPage.tsx')),
  trade('/office/purchases/$code', () => import('../market/web/materials/PurchasePage.tsx')),
  trade('/office/fairs/$code', () => import('../market/web/bazaars/FairPage.tsx')),
  trade('/my/materials', () => import('../market/web/materials/MyMaterialsPage.tsx')),
  trade('/my/supply', () => import('../market/web/materials/MySupplyPage.tsx')),
  trade('/my/fairs', () => import('../market/web/bazaars/MyFairsPage.tsx')),
  trade('/my/ask/$product', () => import('../market/web/requests/AskPage.tsx')),
  trade('/my/requests', () => import('../market/web/requests/RequestsPage.tsx')),
  trade('/my/requests/$code', () => import('../market/web/requests/RequestPage.tsx')),
  trade('/my/fill', () => import('../market/web/requests/FillPage.tsx')),
] as const;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazy(() => import('../accounts/web/SignInPage.tsx'), 'SignInPage'),
});

const openAccount = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/open',
  component: lazy(() => import('../accounts/web/OpenPage.tsx'), 'OpenPage'),
});

const staff = signedInPage(
  '/office/staff',
  lazy(() => import('../accounts/web/StaffPage.tsx'), 'StaffPage'),
);

const BulletinsPage = lazy(() => import('../publishing/web/BulletinsPage.tsx'), 'BulletinsPage');
const BulletinPage = lazy(() => import('../publishing/web/BulletinPage.tsx'), 'BulletinPage');
const CommentsPage = lazy(() => import('../publishing/web/CommentsPage.tsx'), 'CommentsPage');
/** The programme's account, and what its readers say. */
const telling = [
  signedInPage('/office/bulletins', BulletinsPage),
  signedInPage('/office/bulletins/$code', BulletinPage),
  signedInPage('/office/comments', CommentsPage),
] as const;

const returned = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/back',
  component: lazy(() => import('../accounts/web/ReturnPage.tsx'), 'ReturnPage'),
});

const account = signedInPage(
  '/my/account',
  lazy(() => import('../accounts/web/AccountPage.tsx'), 'AccountPage'),
);

/** This file alone names every page. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([
      ...[overview, queue, cases, oneCase, imports, referrals, allocations],
      ...[bankFiles, books, banks, visits, visit, jobs],
      ...[...looking, ...supporting, ...telling, ...applying, ...trading, ...inField],
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
