/**
 * Every address of the pages, built in one place. A scope (place, period, agency, …) keeps its names and
 * values from the overview to the list behind a number and into the API, so that all three count the same.
 */

/** The names of a scope in an address; the same as in `/api/figures`. */
export const scopeKeys = [
  'province',
  'from',
  'to',
  'view',
  'as_of',
  'county',
  'agency',
  'bank',
  'kind',
  'occupation',
  'sex',
  'area',
] as const;

export type ScopeKey = (typeof scopeKeys)[number];

/** What a page's address asks for; values are strings, as in the address. */
export type Search = { readonly [key: string]: string | undefined };

/** Reads an address's query into strings; numbers and codes with leading zeros stay as they are. */
export function parseSearch(query: string): { [key: string]: string } {
  const found: { [key: string]: string } = {};
  for (const [key, value] of new URLSearchParams(query)) if (value !== '') found[key] = value;
  return found;
}

/** Writes a query, leaving out what is empty; `?` included unless nothing is left. */
export function searchText(search: Search): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) if (value) query.set(key, value);
  const text = query.toString();
  return text ? `?${text}` : '';
}

/** The part of an address's query that is scope. */
export function scopeOf(search: Search): { [K in ScopeKey]?: string } {
  const scope: { [K in ScopeKey]?: string } = {};
  for (const key of scopeKeys) {
    const value = search[key];
    if (value) scope[key] = value;
  }
  return scope;
}

export const overviewPath = (search: Search = {}): string => `/office${searchText(search)}`;
/** What waits for whoever works here, and where it is stuck. */
export const deskPath = (): string => '/office/desk';
/** Targets, forecasts and what is out of the ordinary. */
export const nationPath = (search: Search = {}): string => `/office/nation${searchText(search)}`;
export const aheadPath = (search: Search = {}): string => `/office/ahead${searchText(search)}`;
/** Reports that are put together, kept and made into files. */
export const reportsPath = (search: Search = {}): string => `/office/reports${searchText(search)}`;
export const casesPath = (search: Search = {}): string => `/office/cases${searchText(search)}`;
export const casePath = (code: string): string => `/office/cases/${code}`;
export const importPath = (search: Search = {}): string => `/office/import${searchText(search)}`;
export const queuePath = (search: Search = {}): string => `/office/queue${searchText(search)}`;
export const allocationsPath = (search: Search = {}): string =>
  `/office/allocations${searchText(search)}`;
export const referralsPath = (search: Search = {}): string =>
  `/office/referrals${searchText(search)}`;
export const bankFilesPath = (search: Search = {}): string =>
  `/office/bank-files${searchText(search)}`;
export const booksPath = (): string => '/office/books';
/** Banks' own systems, and what borrowers say of payments. */
export const banksPath = (): string => '/office/banks';
/** What is to be looked at, and how far it has been. */
export const visitsPath = (search: Search = {}): string => `/office/visits${searchText(search)}`;
export const visitPath = (code: string): string => `/office/visits/${code}`;
/** The inspector's app, or one of its pages. */
export const fieldPath = (page = ''): string => `/field${page && `/${page}`}`;
/** Supporters of the office, one of them, and one of their people; citizens have theirs under `/my`. */
export const supportersPath = (search: Search = {}): string =>
  `/office/supporters${searchText(search)}`;
export const supporterPath = (code: string, office: boolean): string =>
  `${office ? '/office' : '/my'}/supporters/${code}`;
export const coverPath = (code: string, office: boolean): string =>
  `${office ? '/office' : '/my'}/covers/${code}`;
/** A citizen's work with a supporter. */
export const workPath = (): string => '/my/work';
/** Who is at work in the plans, and what shows it. */
export const jobsPath = (search: Search = {}): string => `/office/jobs${searchText(search)}`;
/** Accounts of staff. */
export const staffPath = (): string => '/office/staff';
/** Where the owner of a new account chooses a password. */
export const openAccountPath = (): string => '/sign-in/open';
/** One's own sessions, password and second factors. */
export const accountPath = (): string => '/my/account';
export const myPath = (): string => '/my';
export const identityPath = (): string => '/my/who';
export const myCasePath = (code: string): string => `/my/cases/${code}`;
/** Where an office fills in applications for others. */
export const counterPath = (): string => '/office/apply';
/** The finder of occupations, for a citizen or at a counter. */
export const findPath = (atCounter = false): string =>
  atCounter ? '/office/apply/find' : '/my/find';
/** An application that is being filled in, or one of its pages. */
export const draftPath = (code: string, step = '', atCounter = false): string =>
  `${atCounter ? '/office' : '/my'}/apply/${code}${step && `/${step}`}`;
/** A maker's stalls, one of them, a product of it; what a buyer orders and has ordered. */
export const myStallPath = (code?: string): string => `/my/stall${code ? `/${code}` : ''}`;
export const myProductPath = (stall: string, product: string): string =>
  `/my/stall/${stall}/${product}`;
export const boughtPath = (): string => '/my/orders';
/** Many of a product, of several makers: ask, what one asked, one of it; and what makers can fill. */
export const requestsPath = (): string => '/my/requests';
export const requestPath = (code: string): string => `/my/requests/${code}`;
export const fillPath = (): string => '/my/fill';
export const orderPath = (code: string): string => `/my/orders/${code}`;
/** The programme's bulletins in the office, and one of them. */
export const bulletinsPath = (): string => '/office/bulletins';
export const commentsPath = (): string => '/office/comments';
export const bulletinPath = (code: string): string => `/office/bulletins/${code}`;
/** A maker's needs and shares of raw materials, a supplier's offers, the fairs that one can apply for. */
export const materialsPath = (): string => '/my/materials';
export const supplyPath = (): string => '/my/supply';
export const myFairsPath = (): string => '/my/fairs';
/** The market of the office, a pooled purchase, and a fair. */
export const marketPath = (search: Search = {}): string => `/office/market${searchText(search)}`;
export const purchasePath = (code: string): string => `/office/purchases/${code}`;
export const fairPath = (code: string): string => `/office/fairs/${code}`;
export const signInPath = (next?: string): string => `/sign-in${searchText({ next })}`;

/** Whether an address leads nowhere but here: two slashes, or a backslash for one, would lead to another site. */
export const isOwnPath = (path: string): boolean =>
  /^\/(?![/\\])/.test(path) && !/[\p{Cc}\\]/u.test(path);
