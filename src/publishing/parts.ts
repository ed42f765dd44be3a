import type { AnyEndpoint } from '../platform/endpoint.ts';
import type { Language, Say } from '../platform/language.ts';
import { bulletinPermissions } from './bulletins/policy.ts';
import { bulletinRoutes } from './bulletins/routes.ts';
import { commentEndpoints } from './comments/routes.ts';
import { publishingProblems } from './contract.ts';
import { verifyRoutes } from './verify-routes.ts';

/** What the house is told of this slice: who may do what, and its problem codes. */
export const publishingParts = { permissions: bulletinPermissions, problems: publishingProblems };

/** Everything of this slice that has an address under /api. */
export function publishingRoutes(
  sayers: Readonly<Record<Language, Say>>,
  homeProvince: number,
): readonly AnyEndpoint[] {
  return [...verifyRoutes(sayers, homeProvince), ...bulletinRoutes(sayers), ...commentEndpoints];
}
