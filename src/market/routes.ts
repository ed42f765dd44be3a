import type { AnyEndpoint } from '../platform/endpoint.ts';
import { bazaarRoutes } from './bazaars/routes.ts';
import { materialRoutes } from './materials/routes.ts';
import { stallRoutes } from './stall-routes.ts';

/** Stalls and what they sell. */
export const marketRoutes: readonly AnyEndpoint[] = [
  ...stallRoutes,
  ...materialRoutes,
  ...bazaarRoutes,
];
