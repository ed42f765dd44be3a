import type { AnyEndpoint } from '../../platform/endpoint.ts';
import { deviceRoutes } from './device-routes.ts';
import { recordRoutes } from './record-routes.ts';

/** The server's side of the inspector's app. */
export const fieldRoutes: readonly AnyEndpoint[] = [...deviceRoutes, ...recordRoutes];
