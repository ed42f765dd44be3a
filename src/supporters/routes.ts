import { Type } from 'typebox';
import {
  CodeParams,
  caseKey,
  openCase,
  permitPermissions,
  recordOpenings,
  signedIn,
} from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { MemberList } from './contract.ts';
import { coverRoutes } from './cover-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { supporterImportRoutes } from './import-routes.ts';
import { membersOfCase } from './show.ts';
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
  ...supporterBookRoutes,
  ...coverRoutes,
  ...entryRoutes,
  ...clusterRoutes,
  ...supporterImportRoutes,
];
