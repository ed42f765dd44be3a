import { employmentRoutes } from '../src/employment/index.ts';
import {
  allocationRoutes,
  bankApiRoutes,
  bankFileRoutes,
  committeeRoutes,
  financingRoutes,
} from '../src/financing/index.ts';
import { applicationRoutes, paperRoutes, permitRoutes, queueRoutes } from '../src/permits/index.ts';
import { mayAct, type PolicyCase, permitPermissions, seesCase } from '../src/permits/policy.ts';
import type { ClientScope } from '../src/platform/client-token.ts';
import type { AnyEndpoint } from '../src/platform/endpoint.ts';
import { type Principal, type Role, reachesProvince } from '../src/platform/policy.ts';
import { fieldRoutes, supervisionRoutes } from '../src/supervision/index.ts';
import { supporterPaperRoutes, supporterRoutes } from '../src/supporters/index.ts';
import { mayStep, type PolicySupporter, sideOf } from '../src/supporters/policy.ts';

/** Where somebody stands towards one case: of agency AGRI, asked of HEALTH, at bank MELLAT, in province 04. */
export type Position = {
  readonly name: string;
  readonly role: Role;
  readonly province: number;
  readonly organisation: string | null;
  /** A citizen: whether the case is theirs. */
  readonly own?: boolean;
};

const here = 4;
const elsewhere = 7;

export const positions: readonly Position[] = [
  { name: 'citizen, own', role: 'citizen', province: here, organisation: null, own: true },
  { name: 'citizen, another', role: 'citizen', province: here, organisation: null },
  { name: 'citizen, elsewhere', role: 'citizen', province: elsewhere, organisation: null },
  ...ofOrganisation('expert', 'agency', 'AGRI', here),
  ...ofOrganisation('expert', 'clearing body', 'HEALTH', here),
  ...ofOrganisation('expert', 'other agency', 'SMT', here),
  ...ofOrganisation('expert', 'agency, elsewhere', 'AGRI', elsewhere),
  ...ofOrganisation('bank', 'own', 'MELLAT', here),
  ...ofOrganisation('bank', 'other', 'SADERAT', here),
  ...ofOrganisation('bank', 'own, elsewhere', 'MELLAT', elsewhere),
  ...(['officer', 'director', 'counter', 'admin', 'inspector', 'supporter'] as const).flatMap(
    (role) => [
      ...ofOrganisation(role, 'own province', 'DIRECTORATE', here),
      ...ofOrganisation(role, 'elsewhere', 'DIRECTORATE', elsewhere),
    ],
  ),
  ...(['ministry', 'auditor'] as const).flatMap((role) =>
    ofOrganisation(role, 'of the country', 'MINISTRY', 0),
  ),
];

function ofOrganisation(
  role: Role,
  name: string,
  organisation: string,
  province: number,
): Position[] {
  return [{ name: `${role}, ${name}`, role, province, organisation }];
}

/** The case that the positions are about, once its applicant has an id. */
export function theCase(personId: string): PolicyCase {
  return {
    provinceId: here,
    agencyId: 'AGRI',
    bankId: 'MELLAT',
    clearingIds: ['HEALTH'],
    personId,
  };
}

/** A position as the policies look at it. */
export function principalAt(position: Position, personId: string): Principal {
  return {
    accountId: personId,
    sessionId: personId,
    role: position.role,
    provinceId: position.province,
    organisationId: position.organisation,
    personId: position.own ? personId : null,
  };
}

/** Every endpoint whose code is a case's, reads, acts and downloads alike. */
export const caseEndpoints: readonly AnyEndpoint[] = [
  ...permitRoutes,
  ...paperRoutes(() => ''),
  ...applicationRoutes,
  ...queueRoutes,
  ...supporterRoutes,
  ...financingRoutes,
  ...employmentRoutes,
  ...supervisionRoutes,
].filter(({ url }) => /^\/api\/(?:cases|permits|plans)\/:code/.test(url));

/** Drafts, uploads and documents, which `test/permissions-beside.test.ts` judges. */
export const besideEndpoints: readonly AnyEndpoint[] = applicationRoutes.filter(({ url }) =>
  /^\/api\/(?:drafts|uploads|documents)\/:code/.test(url),
);

/** What an endpoint answers to somebody, as far as permission goes: `let` = neither 401, 403 nor 404. */
export type Verdict = 401 | 403 | 404 | 'let';

/** What the policies say of an endpoint about a case; nobody is `null`. */
export function verdictOf(
  { id, method, access }: AnyEndpoint,
  principal: Principal | null,
  it: PolicyCase,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (!seesCase(principal, it)) return 404;
  // A clearing body sees the case; the people at work in it are its agency's.
  if (id === 'employment.register' && clears(principal, it)) return 403;
  const isAct = method === 'POST' && access.permission === id && id in permitPermissions;
  return isAct && !mayAct(principal, id, it) ? 403 : 'let';
}

function clears({ role, organisationId }: Principal, it: PolicyCase): boolean {
  return role === 'expert' && organisationId !== it.agencyId;
}

/** Endpoints of financing that are about no case of their own. */
const ofNoCase: readonly string[] = ['financing.refer', 'financing.shareCost'];

/** Every endpoint about a province's allocations, the referral of many cases, and sittings; `:code` is an allocation's or a sitting's. */
export const allocationEndpoints: readonly AnyEndpoint[] = [
  ...allocationRoutes,
  ...financingRoutes.filter(({ id }) => ofNoCase.includes(id)),
  ...committeeRoutes(() => ''),
];

/** Endpoints whose body names cases of province 04. */
const namesCases: readonly string[] = [
  ...['financing.refer', 'financing.holdSitting', 'financing.callSitting'],
];

/** What the policies say of such an endpoint about province 04; one without a code is about the caller's own. */
export function allocationVerdict(
  { id, method, access, url }: AnyEndpoint,
  principal: Principal | null,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (!url.includes(':code') && !namesCases.includes(id)) return 'let';
  return reachesHere(method, principal) ? 'let' : 404;
}

/** Whether somebody reads here, or, for anything but a reading, is of here. */
function reachesHere(method: AnyEndpoint['method'], principal: Principal): boolean {
  return method === 'GET' ? reachesProvince(principal, here) : principal.provinceId === here;
}

/** Every endpoint about payment orders, banks' files and the books. */
export const bankFileEndpoints: readonly AnyEndpoint[] = bankFileRoutes(() => '');

/** What the policies say of such an endpoint about a batch or a file of the bank MELLAT in province 04. */
export function bankFileVerdict(
  { method, access, url }: AnyEndpoint,
  principal: Principal | null,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (!url.includes(':code')) return 'let';
  const own = principal.role !== 'bank' || principal.organisationId === 'MELLAT';
  return reachesHere(method, principal) && own ? 'let' : 404;
}

/** Every endpoint about jobs that is not a case's. */
export const jobEndpoints: readonly AnyEndpoint[] = employmentRoutes.filter(
  ({ url }) => !url.startsWith('/api/cases/'),
);

/** What the policies say of such an endpoint about a job of the case; what one was asked is one's own. */
export function jobVerdict(
  { method, access, url }: AnyEndpoint,
  principal: Principal | null,
  it: PolicyCase,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (!url.includes(':code') || url.startsWith('/api/my-jobs')) return 'let';
  return reachesHere(method, principal) && !clears(principal, it) ? 'let' : 404;
}

/** Every endpoint about visits, deviations, ways round the gate and checklists that is not a case's. */
export const visitEndpoints: readonly AnyEndpoint[] = supervisionRoutes.filter(
  ({ url }) => !url.startsWith('/api/cases/'),
);

const recording: readonly string[] = [
  'supervision.pass',
  'supervision.orderCorrection',
  'supervision.findDeviation',
];

/** What the policies say of such an endpoint about a visit or a deviation of the case; nobody's own visit. */
export function visitVerdict(
  { id, method, access, url }: AnyEndpoint,
  principal: Principal | null,
  it: PolicyCase,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (!url.includes(':code')) return 'let';
  if (url.startsWith('/api/my-visits')) return reachesHere(method, principal) ? 'let' : 404;
  if (reachesHere(method, principal) && url.includes('visit-samples')) return 'let';
  if (!reachesHere(method, principal) || clears(principal, it) || !seesCase(principal, it))
    return 404;
  return recording.includes(id) && principal.role === 'expert' ? 403 : 'let';
}

/** Every endpoint about supporters, the people whom they cover, and clusters, that is not a case's. */
export const supporterEndpoints: readonly AnyEndpoint[] = [
  // What a machine signs is open to no role.
  ...supporterRoutes.filter(({ url, signed }) => !signed && !url.startsWith('/api/cases/')),
  ...supporterPaperRoutes(() => ''),
];

/** What the policies say of such an endpoint about a supporter of province 04, or one of its people. */
export function supporterVerdict(
  { method, access, url }: AnyEndpoint,
  principal: Principal | null,
  it: PolicySupporter,
): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  if (!access.table[access.permission]?.includes(principal.role)) return 403;
  if (url.includes('clusters')) {
    return !url.includes(':code') || principal.provinceId === it.provinceId ? 'let' : 404;
  }
  // A table that comes names its supporter in a field.
  if (!url.includes(':code') && !url.includes('tables')) return 'let';
  if (sideOf(principal, it) === null) return 404;
  return method === 'GET' || mayStep(principal, access.permission, it) ? 'let' : 403;
}

/** Every endpoint about phones that go where there is no signal, their records and photos. */
export const fieldEndpoints: readonly AnyEndpoint[] = fieldRoutes;

/** What the policies say of such an endpoint about a phone and a record of province 04 that are somebody else's. */
export function fieldVerdict({ access }: AnyEndpoint, principal: Principal | null): Verdict {
  if (!('permission' in access)) return 'let';
  if (!principal) return 401;
  return access.table[access.permission]?.includes(principal.role) ? 'let' : 403;
}

/** Who may stand before the banks' doors, towards a plan of bank MELLAT in province 04. */
export type ClientPosition = {
  readonly name: string;
  readonly bankId: string;
  readonly province: number;
  /** Holds every scope, or every one but the endpoint's. */
  readonly scopes: 'all' | 'others';
};

export const clientPositions: readonly ClientPosition[] = [
  { name: 'own bank', bankId: 'MELLAT', province: here, scopes: 'all' },
  { name: 'own bank, other scopes', bankId: 'MELLAT', province: here, scopes: 'others' },
  { name: 'other bank', bankId: 'SADERAT', province: here, scopes: 'all' },
  { name: 'own bank, elsewhere', bankId: 'MELLAT', province: elsewhere, scopes: 'all' },
];

/** Every endpoint that is for banks' own systems alone. */
export const clientEndpoints: readonly (AnyEndpoint & { readonly clientScope: ClientScope })[] =
  bankApiRoutes.filter(
    (it): it is AnyEndpoint & { readonly clientScope: ClientScope } => it.clientScope !== undefined,
  );

/** What such an endpoint answers to a client; people and nobody are asked for a token (401). */
export function clientVerdict({ url }: AnyEndpoint, client: ClientPosition): Verdict {
  if (client.scopes === 'others') return 403;
  const own = client.bankId === 'MELLAT' && client.province === here;
  return own || !url.includes(':code') ? 'let' : 404;
}
