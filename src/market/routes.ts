import type { AnyEndpoint } from '../platform/endpoint.ts';
import type { Say } from '../platform/language.ts';
import { bazaarRoutes } from './bazaars/routes.ts';
import { materialRoutes } from './materials/routes.ts';
import { productRoutes } from './product-routes.ts';
import { stallRoutes } from './stall-routes.ts';

/** Stalls and what they sell, purchases and fairs; labels are set in Persian. */
export function marketRoutes(say: Say): readonly AnyEndpoint[] {
  return [...stallRoutes, ...productRoutes(say), ...materialRoutes, ...bazaarRoutes];
}
