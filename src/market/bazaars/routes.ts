import type { AnyEndpoint } from '../../platform/endpoint.ts';
import { applicationRoutes } from './application-routes.ts';
import { fairRoutes } from './fair-routes.ts';

/** Bazaars, fairs and market days. */
export const bazaarRoutes: readonly AnyEndpoint[] = [...fairRoutes, ...applicationRoutes];
