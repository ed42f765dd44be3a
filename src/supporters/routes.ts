import { Type } from 'typebox';
import {
  CodeParams,
  caseKey,
  openCase,
  permitPermissions,
  recordOpenings,
  signedIn,
  visibleCase,
} from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { wholeProvince } from './acts.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { CoversOfCase, MemberList } from './contract.ts';
import { coverRoutes } from './cover-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { supporterImportRoutes } from './import-routes.ts';
import { coversOfCase, membersOfCase } from './show.ts';
import { inboundRoute } from './sms/inbound-route.ts';
import { supporterBookRoutes } from './supporter-routes.ts';

/** The cases of one's own that people under a supporter have. */
const idsOf = (people: readonly { caseCode: string | null }[]) =>
  people.flatMap(({ caseCode }) => (caseCode === null ? [] : [caseKey(caseCode).id]));

export const supporterRoutes: readonly AnyEndpoint[] = [
  endpoint({
    id: 'supporters.listMembers',
    method: 'GET',
    url: '/api/cases/:code/members',
    summary: 'The people named under a supporter’s plan',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: MemberList,
    problems: ['platform.not_found'],
    handle: async ({ tx, act, principal, params }) => {
      const key = await openCase(tx, act, principal, params.code);
      const members = await membersOfCase(tx, signedIn(principal), key);
      recordOpenings(tx, act, signedIn(principal), idsOf(members), 'supporter');
      return { members };
    },
  }),
  endpoint({
    id: 'supporters.listCovers',
    method: 'GET',
    url: '/api/cases/:code/covers',
    summary: 'Who covers the person of a case, and what became of it',
    access: { table: permitPermissions, permission: 'permits.list' },
    params: CodeParams,
    query: Type.Object({ lang: Type.Optional(Type.String()) }),
    response: CoversOfCase,
    wholeProvince,
    problems: ['platform.not_found'],
    handle: async ({ tx, principal, params }) => {
      const key = await visibleCase(tx, principal, params.code);
      return { items: await coversOfCase(tx, key) };
    },
  }),
  ...supporterBookRoutes,
  ...coverRoutes,
  ...entryRoutes,
  ...clusterRoutes,
  ...supporterImportRoutes,
  inboundRoute,
];
