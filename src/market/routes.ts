import type { AnyEndpoint } from '../platform/endpoint.ts';
import { stallRoutes } from './stall-routes.ts';

/** Stalls and what they sell. */
export const marketRoutes: readonly AnyEndpoint[] = [...stallRoutes];
