import { Type } from 'typebox';
import { CodeParams, permitPermissions, signedIn, visibleCase } from '../permits/index.ts';
import { type AnyEndpoint, endpoint } from '../platform/endpoint.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { MemberList } from './contract.ts';
import { coverRoutes } from './cover-routes.ts';
import { entryRoutes } from './entry-routes.ts';
import { supporterImportRoutes } from './import-routes.ts';
import { membersOfCase } from './show.ts';
import { supporterBookRoutes } from './supporter-routes.ts';

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
    handle: async ({ tx, principal, params }) => {
      const key = await visibleCase(tx, principal, params.code);
      return { members: await membersOfCase(tx, signedIn(principal), key) };
    },
  }),
  ...supporterBookRoutes,
  ...coverRoutes,
  ...entryRoutes,
  ...clusterRoutes,
  ...supporterImportRoutes,
];
