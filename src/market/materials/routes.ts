import type { AnyEndpoint } from '../../platform/endpoint.ts';
import { needRoutes } from './need-routes.ts';
import { purchaseRoutes } from './purchase-routes.ts';
import { supplierRoutes } from './supplier-routes.ts';

/** Raw materials that makers buy together. */
export const materialRoutes: readonly AnyEndpoint[] = [
  ...supplierRoutes,
  ...purchaseRoutes,
  ...needRoutes,
];
